//go:build !race

package corsecho_test

import (
	"net/http"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
)

// Echo asks every middleware for a function on each request: 24 bytes.
func TestAllocations(t *testing.T) {
	adaptertest.Budget(t, func(policy *concors.Policy) http.Handler {
		noContent := func(c echo.Context) error { return c.NoContent(http.StatusNoContent) }
		e := echo.New()
		if policy != nil {
			e.Use(corsecho.Middleware(policy))
		}
		e.GET("/a/b", noContent)
		e.OPTIONS("/a/b", noContent)
		return e
	}, adaptertest.Cost{Allocations: 1, Bytes: 24})
}
