package traps

import (
	"net/http"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/concors/concors/conformance/adaptertest"
	corshttp "github.com/concors/concors/stdlib"
)

// The routers are handlers of net/http, so its middleware goes round them, and
// sees what they answer by themselves.

// README gin: or [corshttp](../stdlib/README.md) round the engine, instead of this middleware
func TestRoundAGinEngine(t *testing.T) {
	r := gin.New()
	r.RedirectFixedPath = true
	r.GET("/items", func(c *gin.Context) { c.String(http.StatusOK, "ok\n") })
	r.OPTIONS("/items", func(c *gin.Context) { c.String(http.StatusOK, "own\n") })
	server := adaptertest.Serve(t, corshttp.Middleware(adaptertest.AppPolicy(t))(r))

	adaptertest.WantReadable(t, "slash", adaptertest.Fetch(t, server, "GET", "/items/"), http.StatusMovedPermanently)
	adaptertest.WantReadable(t, "fixed path", adaptertest.Fetch(t, server, "GET", "/ITEMS"), http.StatusMovedPermanently)
	for _, path := range []string{"/items", "/items/", "/ITEMS", "/none"} {
		adaptertest.WantReadable(t, "preflight of "+path, preflight(t, server, path), http.StatusNoContent)
	}
	adaptertest.WantReadable(t, "404", adaptertest.Fetch(t, server, "GET", "/none"), http.StatusNotFound)
	adaptertest.WantReadable(t, "GET", adaptertest.Fetch(t, server, "GET", "/items"), http.StatusOK)
	adaptertest.WantReadable(t, "OPTIONS that is no preflight", adaptertest.Fetch(t, server, "OPTIONS", "/items"), http.StatusOK)
}

// README echo: or [corshttp](../stdlib/README.md) round the instance, instead of this middleware
func TestRoundAnEchoInstance(t *testing.T) {
	e := echo.New()
	e.Pre(middleware.RemoveTrailingSlashWithConfig(middleware.TrailingSlashConfig{RedirectCode: http.StatusMovedPermanently}))
	e.GET("/items", func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") })
	server := adaptertest.Serve(t, corshttp.Middleware(adaptertest.AppPolicy(t))(e))

	adaptertest.WantReadable(t, "slash", adaptertest.Fetch(t, server, "GET", "/items/"), http.StatusMovedPermanently)
	for _, path := range []string{"/items", "/items/", "/none"} {
		adaptertest.WantReadable(t, "preflight of "+path, preflight(t, server, path), http.StatusNoContent)
	}
	adaptertest.WantReadable(t, "404", adaptertest.Fetch(t, server, "GET", "/none"), http.StatusNotFound)
	adaptertest.WantReadable(t, "405", adaptertest.Fetch(t, server, "PUT", "/items"), http.StatusMethodNotAllowed)
	adaptertest.WantReadable(t, "GET", adaptertest.Fetch(t, server, "GET", "/items"), http.StatusOK)
}
