package corsfiber

import (
	"sync"

	"github.com/gofiber/fiber/v2"

	concors "github.com/concors/concors/core"
)

// visit is one run of the middleware. It holds what the decision refers to, in
// memory of its own: fasthttp's buffers may change while the handler runs, and
// the decision may have to be written again after it.
type visit struct {
	buf                     []byte
	origin, method, headers []string // parts of buf

	decision concors.Decision
	began    bool // the fields were written and a handler was called
}

var visits = sync.Pool{New: func() any { return new(visit) }}

// lastPolicy is the key of a user value: the policy that wrote last to the
// response. Policies do not stack, so no other may write again.
type lastPolicy struct{}

// begin writes the decision before the handler runs.
func (v *visit) begin(c *fiber.Ctx, policy *concors.Policy, d concors.Decision) {
	if write(c, d) {
		v.decision, v.began = d, true
		c.Context().SetUserValue(lastPolicy{}, policy)
	} else {
		// No policy applies here. What an outer one wrote stays, but is not
		// written again over what the handler does.
		c.Context().SetUserValue(lastPolicy{}, nil)
	}
}

// end runs when the handler has returned or panics. It must not touch a
// context whose handler goes on after a timeout, nor reuse its memory.
func (v *visit) end(c *fiber.Ctx, policy *concors.Policy) {
	if c.Context().LastTimeoutErrorResponse() != nil {
		return
	}
	if v.began {
		isLast := c.Context().UserValue(lastPolicy{}) == policy
		rewrite(c, v.decision, isLast)
	}
	v.release()
}

func (v *visit) release() {
	const largest = 16 << 10 // bytes; what hostile requests need is not kept
	if cap(v.buf) > largest || cap(v.headers) > 64 || cap(v.origin) > 64 || cap(v.method) > 64 {
		return
	}
	v.buf, v.origin, v.method, v.headers = v.buf[:0], v.origin[:0], v.method[:0], v.headers[:0]
	v.decision, v.began = concors.Decision{}, false
	visits.Put(v)
}
