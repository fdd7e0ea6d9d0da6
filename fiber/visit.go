package corsfiber

import (
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"

	concors "github.com/concors/concors/core"
)

// visit is one run of the middleware, in memory that serves one run after the
// other.
type visit struct {
	// The request's field lines, in fasthttp's buffers: they hold until the
	// next handler runs, which may change the request.
	origin, method, headers []string

	// What was decided, if a policy applies and a handler was called: it may
	// have to be written again. Values are parts of buf.
	fields []field
	buf    []byte
}

type field struct{ name, value string }

var visits = sync.Pool{New: func() any { return new(visit) }}

// lastVisit is the key of a user value: the run that wrote last to the
// response. Policies do not stack, so no other run may write again, not even
// one of the same policy, which may have decided otherwise.
type lastVisit struct{}

// begin keeps the decision while the handler runs.
func (v *visit) begin(c *fiber.Ctx, d concors.Decision) {
	for name, value := range d.Fields() {
		start := len(v.buf)
		v.buf = append(v.buf, value...)
		v.fields = append(v.fields, field{name, utils.UnsafeString(v.buf[start:])})
	}
	if len(v.fields) == 0 {
		// No policy applies here. What an outer one wrote stays, but is not
		// written again over what the handler does.
		c.Context().SetUserValue(lastVisit{}, nil)
		return
	}
	c.Context().SetUserValue(lastVisit{}, v)
}

// end runs when the handler has returned or panics. It must not touch a
// context whose handler goes on after a timeout, nor reuse its memory.
func (v *visit) end(c *fiber.Ctx) {
	if c.Context().LastTimeoutErrorResponse() != nil {
		return
	}
	if len(v.fields) > 0 {
		rewrite(c, v.fields, c.Context().UserValue(lastVisit{}) == v)
	}
	v.release()
}

func (v *visit) release() {
	const maxLines, maxBytes = 4096, 64 << 10 // what odd requests need beyond is not kept
	if max(cap(v.origin), cap(v.method), cap(v.headers)) > maxLines || cap(v.buf) > maxBytes {
		return
	}
	if len(v.origin)+len(v.method)+len(v.headers) > 0 {
		// Lines that stay would keep fasthttp's buffers alive.
		clear(v.origin)
		clear(v.method)
		clear(v.headers)
	}
	v.origin, v.method, v.headers = v.origin[:0], v.method[:0], v.headers[:0]
	v.fields, v.buf = v.fields[:0], v.buf[:0]
	visits.Put(v)
}
