//go:build !race

package corsgin_test

import (
	"net/http"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corsgin "github.com/concors/concors/gin"
)

func TestAllocations(t *testing.T) {
	adaptertest.Budget(t, func(policy *concors.Policy) http.Handler {
		middleware := preflightless
		if policy != nil {
			middleware = corsgin.Middleware(policy)
		}
		r := gin.New()
		r.Use(middleware)
		r.GET("/a/b", func(c *gin.Context) { c.Status(http.StatusNoContent) })
		return r
	}, adaptertest.Cost{})
}

// preflightless is the least that ends an OPTIONS request before routing, as
// the middleware does.
func preflightless(c *gin.Context) {
	if c.Request.Method == http.MethodOptions {
		c.AbortWithStatus(http.StatusNoContent)
	}
}
