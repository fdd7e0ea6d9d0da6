package corsecho

import (
	"github.com/labstack/echo/v4"

	concors "github.com/concors/concors/core"
)

// Middleware returns a middleware for Use, or Pre, of the Echo instance: it
// answers preflights by policy and gives every other response its CORS header
// fields before the next handler runs. It is safe for concurrent use. A nil
// policy panics.
//
// It is not inlined, since the compiler inlines nothing into the copy of the
// handler that the caller's package would get.
//
//go:noinline
func Middleware(policy *concors.Policy) echo.MiddlewareFunc {
	if policy == nil {
		panic("corsecho: Middleware needs a policy, got nil")
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if status := policy.Answer(c.Response().Header(), c.Request()); status != 0 {
				return c.NoContent(status)
			}
			return next(c)
		}
	}
}
