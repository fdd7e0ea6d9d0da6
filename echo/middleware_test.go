package corsecho_test

import (
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
)

func TestNilPolicyPanics(t *testing.T) {
	adaptertest.WantPanic(t, "Middleware(nil)", "corsecho: Middleware needs a policy", func() { corsecho.Middleware(nil) })
}

// root is an instance with the middleware, and h on "/" and "/a".
func root(t *testing.T, h echo.HandlerFunc) *echo.Echo {
	t.Helper()
	e := echo.New()
	e.Use(corsecho.Middleware(adaptertest.AppPolicy(t)))
	e.GET("/", h)
	e.GET("/a", h)
	return e
}

func TestHandlersOfTheStandardLibrary(t *testing.T) {
	adaptertest.Handlers(t, func(policy *concors.Policy, h http.Handler) http.Handler {
		e := echo.New()
		e.Use(corsecho.Middleware(policy))
		e.GET("/*", echo.WrapHandler(h))
		return e
	})
}

func TestAnswersOfEchoKeepTheFields(t *testing.T) {
	for _, test := range []struct {
		name    string
		handler echo.HandlerFunc
		status  int
	}{
		{"NewHTTPError", func(echo.Context) error { return echo.NewHTTPError(http.StatusTeapot, "no") }, 418},
		{"any error", func(echo.Context) error { return errors.New("no") }, 500},
		{"Redirect", func(c echo.Context) error { return c.Redirect(http.StatusFound, "/b") }, 302},
		{"File", func(c echo.Context) error { return c.File("none") }, 404},
	} {
		server := adaptertest.Serve(t, root(t, test.handler))
		adaptertest.WantReadable(t, test.name, adaptertest.Fetch(t, server, "GET", "/a"), test.status)
	}
	e := root(t, ok)
	adaptertest.WantReadable(t, "no such route", adaptertest.Ask(e, "GET", "/none"), http.StatusNotFound)
	adaptertest.WantReadable(t, "no such method", adaptertest.Ask(e, "PUT", "/a"), http.StatusMethodNotAllowed)
	adaptertest.WantReadable(t, "OPTIONS that is no preflight", adaptertest.Ask(e, "OPTIONS", "/a"), http.StatusNoContent)
}

// README echo: an `HTTPErrorHandler` that counts on preflights
func TestErrorHandlersHearNoPreflight(t *testing.T) {
	e := root(t, func(echo.Context) error { return echo.NewHTTPError(http.StatusConflict) })
	heard := 0
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		heard++
		c.NoContent(http.StatusTeapot)
	}
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(e, "/a"), http.StatusNoContent)
	denied := adaptertest.Preflight(e, "/a", "Origin", "https://other.example.org")
	adaptertest.WantUnreadable(t, "denied preflight", denied, http.StatusForbidden)
	if heard != 0 {
		t.Errorf("the error handler heard %d preflights, want none", heard)
	}
	adaptertest.WantReadable(t, "an error", adaptertest.Ask(e, "GET", "/a"), http.StatusTeapot)
}

// README echo: `Recover`, `Gzip` and `ContextTimeout` may stand on either side
func TestPanicsKeepTheFields(t *testing.T) {
	cors := corsecho.Middleware(adaptertest.AppPolicy(t))
	for name, order := range map[string][]echo.MiddlewareFunc{
		"Recover before": {middleware.Recover(), cors}, "Recover after": {cors, middleware.Recover()},
	} {
		e := echo.New()
		e.Logger.SetOutput(io.Discard)
		e.Use(order...)
		e.GET("/", func(echo.Context) error { panic("asked for") })
		adaptertest.WantReadable(t, name, adaptertest.Ask(e, "GET", "/"), http.StatusInternalServerError)
	}
}
