package corsgin

import (
	"github.com/gin-gonic/gin"

	concors "github.com/concors/concors/core"
)

// Middleware returns a middleware for Use of the engine, before its routes: it
// answers preflights by policy and gives every other response its CORS header
// fields before the next handler runs. It is safe for concurrent use. A nil
// policy panics.
//
// It is not inlined, since the compiler inlines nothing into the copy of the
// handler that the caller's package would get.
//
//go:noinline
func Middleware(policy *concors.Policy) gin.HandlerFunc {
	if policy == nil {
		panic("corsgin: Middleware needs a policy, got nil")
	}
	return func(c *gin.Context) {
		if status := policy.Answer(c.Writer.Header(), c.Request); status != 0 {
			c.AbortWithStatus(status)
			return
		}
		c.Next()
	}
}
