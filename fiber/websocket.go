package corsfiber

import (
	"github.com/gofiber/fiber/v2"

	concors "github.com/concors/concors/core"
)

// CheckOrigin returns a check to make before a WebSocket upgrade: whether
// policy admits the one Origin of a request by a pattern that names a host, or
// by the origin function. CORS does not guard WebSockets: a browser lets every
// page open one, cookies included, so "*", patterns of any host, "null" and a
// request without Origin are refused, and pages of the server's own origin must
// be listed. A nil policy panics.
func CheckOrigin(policy *concors.Policy) func(*fiber.Ctx) bool {
	if policy == nil {
		panic("corsfiber: CheckOrigin needs a policy, got nil")
	}
	return func(c *fiber.Ctx) bool {
		v := visits.Get().(*visit)
		defer v.release()
		var r concors.Request
		ctx := v.describe(c, &r, policy.Retains())
		return policy.AllowsOrigin(ctx, r)
	}
}
