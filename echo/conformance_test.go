package corsecho_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/concors/concors/conformance"
	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
)

func TestConformance(t *testing.T) {
	conformance.Run(t, func(t *testing.T, policies []*concors.Policy) string {
		e := echo.New()
		e.Logger.SetOutput(io.Discard) // Recover prints the stack
		e.Use(middleware.Recover())
		for _, policy := range policies {
			e.Use(corsecho.Middleware(policy))
		}
		routes(e)
		server := httptest.NewServer(e)
		t.Cleanup(server.Close)
		return server.Listener.Addr().String()
	})
}

func routes(e *echo.Echo) {
	e.Any("/error", ran(func(echo.Context) error { return echo.NewHTTPError(http.StatusInternalServerError) }))
	e.Any("/panic", ran(func(echo.Context) error { panic("asked for by a case") }))
	e.Any("/stream", ran(func(c echo.Context) error {
		for range 3 {
			io.WriteString(c.Response(), "piece\n")
			c.Response().Flush()
		}
		return nil
	}))
	e.Any("/vary", ran(func(c echo.Context) error {
		c.Response().Header().Add(echo.HeaderVary, "Accept-Encoding")
		return ok(c)
	}))
	e.Any("/notmodified", ran(func(c echo.Context) error { return c.NoContent(http.StatusNotModified) }))
	e.Any("/redirect", ran(func(c echo.Context) error { return c.Redirect(http.StatusFound, "/elsewhere") }))
	e.OPTIONS("/options", ran(func(c echo.Context) error { return c.String(http.StatusOK, "own") }))
	e.RouteNotFound("/*", ran(ok))
}

func ran(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set("Handler-Ran", "yes")
		return next(c)
	}
}

// ok is a handler that has nothing to do with CORS.
func ok(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }
