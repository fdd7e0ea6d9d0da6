package corsfiber

import (
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"
)

// visit is one run of the middleware, in memory that serves one run after the
// other.
type visit struct {
	// The request's field lines, in fasthttp's buffers: they hold until the
	// next handler runs, which may change the request.
	origin, method, headers []string

	// What was decided before a handler was called, which may lose it. The
	// values are parts of buf.
	fields []field
	vary   string
	buf    []byte
}

type field struct{ name, value string }

var visits = sync.Pool{New: func() any { return new(visit) }}

// lastVisit is the key of a user value: the run that wrote last to the
// response, if it granted something. Policies do not stack, so no other run may
// write again, not even one of the same policy, which may have decided
// otherwise.
type lastVisit struct{}

// keep copies a field to where no handler reaches, and returns the copy.
func (v *visit) keep(name, value string) string {
	start := len(v.buf)
	v.buf = append(v.buf, value...)
	value = utils.UnsafeString(v.buf[start:])
	if name == fiber.HeaderVary {
		v.vary = value
		return value
	}
	v.fields = append(v.fields, field{name, value})
	return value
}

// begin leaves the mark, as the last thing before the handler runs.
func (v *visit) begin(c *fiber.Ctx) {
	if len(v.fields) == 0 {
		// Nothing is granted, or no policy applies. What an outer one wrote
		// may be there still, but is not written again over what the handler
		// does.
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
	v.rewrite(c)
	v.release()
}

func (v *visit) release() {
	const maxLines, maxBytes = 4096, 64 << 10 // what odd requests need beyond is not kept
	if max(cap(v.origin), cap(v.method), cap(v.headers)) > maxLines || cap(v.buf) > maxBytes {
		return
	}
	if len(v.origin)+len(v.method)+len(v.headers) > 0 {
		// Lines that stay would keep fasthttp's buffers alive.
		forget(v.origin)
		forget(v.method)
		forget(v.headers)
	}
	v.origin, v.method, v.headers = v.origin[:0], v.method[:0], v.headers[:0]
	v.fields, v.vary, v.buf = v.fields[:0], "", v.buf[:0]
	visits.Put(v)
}

// forget clears lines, of which there is mostly one.
func forget(lines []string) {
	if len(lines) == 1 {
		lines[0] = ""
		return
	}
	clear(lines)
}
