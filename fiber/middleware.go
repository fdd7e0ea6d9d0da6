package corsfiber

import (
	"github.com/gofiber/fiber/v2"

	concors "github.com/concors/concors/core"
)

// Middleware returns a middleware for Use, before the routes: it answers
// preflights by policy and gives every other response its CORS header fields
// before the next handler runs. Where a handler resets the response, as the
// static file server, the proxy and Context().Error do, the fields are written
// again when it returns or panics. It is safe for concurrent use. A nil policy
// panics.
func Middleware(policy *concors.Policy) fiber.Handler {
	if policy == nil {
		panic("corsfiber: Middleware needs a policy, got nil")
	}
	return func(c *fiber.Ctx) error {
		v := visits.Get().(*visit)
		defer v.end(c)
		var r concors.Request
		ctx := v.describe(c, &r, policy.Retains())
		d := policy.Decide(ctx, r)
		v.write(c, d)
		if d.Preflight() {
			c.Status(d.Status())
			return nil
		}
		v.begin(c)
		return c.Next()
	}
}
