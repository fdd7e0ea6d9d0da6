package traps

import (
	"net/http"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	corshttp "github.com/concors/concors/stdlib"
)

// The routers are handlers of net/http, so its middleware goes round them, and
// sees what they answer by themselves.

func TestRoundAGinEngine(t *testing.T) {
	r := gin.New()
	r.RedirectFixedPath = true
	r.GET("/items", func(c *gin.Context) { c.String(http.StatusOK, "ok\n") })
	r.OPTIONS("/items", func(c *gin.Context) { c.String(http.StatusOK, "own\n") })
	server := serve(t, corshttp.Middleware(appPolicy(t))(r))

	wantReadable(t, "slash", ask(t, server, "GET", "/items/"), http.StatusMovedPermanently)
	wantReadable(t, "fixed path", ask(t, server, "GET", "/ITEMS"), http.StatusMovedPermanently)
	for _, path := range []string{"/items", "/items/", "/ITEMS", "/none"} {
		wantReadable(t, "preflight of "+path, preflight(t, server, path), http.StatusNoContent)
	}
	wantReadable(t, "404", ask(t, server, "GET", "/none"), http.StatusNotFound)
	wantReadable(t, "GET", ask(t, server, "GET", "/items"), http.StatusOK)
	wantReadable(t, "OPTIONS that is no preflight", ask(t, server, "OPTIONS", "/items"), http.StatusOK)
}

func TestRoundAnEchoInstance(t *testing.T) {
	e := echo.New()
	e.Pre(middleware.RemoveTrailingSlashWithConfig(middleware.TrailingSlashConfig{RedirectCode: http.StatusMovedPermanently}))
	e.GET("/items", func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") })
	server := serve(t, corshttp.Middleware(appPolicy(t))(e))

	wantReadable(t, "slash", ask(t, server, "GET", "/items/"), http.StatusMovedPermanently)
	for _, path := range []string{"/items", "/items/", "/none"} {
		wantReadable(t, "preflight of "+path, preflight(t, server, path), http.StatusNoContent)
	}
	wantReadable(t, "404", ask(t, server, "GET", "/none"), http.StatusNotFound)
	wantReadable(t, "405", ask(t, server, "PUT", "/items"), http.StatusMethodNotAllowed)
	wantReadable(t, "GET", ask(t, server, "GET", "/items"), http.StatusOK)
}
