package corsecho_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/concors/concors/conformance"
	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
	corshttp "github.com/concors/concors/stdlib"
)

func TestConformance(t *testing.T) {
	upstream, err := url.Parse(adaptertest.Serve(t, http.HandlerFunc(conformance.Upstream)).URL)
	if err != nil {
		t.Fatal(err)
	}
	conformance.Run(t, func(t *testing.T, policies []*concors.Policy) string {
		e := echo.New()
		e.Logger.SetOutput(io.Discard) // Recover prints the stack
		e.Use(middleware.Recover())
		for _, policy := range policies {
			e.Use(corsecho.Middleware(policy))
		}
		routes(e)
		e.Any("/upstream", echo.WrapHandler(&httputil.ReverseProxy{
			Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(upstream) },
			ModifyResponse: corshttp.StripUpstream,
		}))
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
	e.Any("/private", ran(func(c echo.Context) error {
		if c.Request().Header.Get(echo.HeaderAuthorization) == "" {
			return echo.ErrUnauthorized
		}
		return ok(c)
	}))
	e.Any("/notmodified", ran(func(c echo.Context) error { return c.NoContent(http.StatusNotModified) }))
	e.Any("/redirect", ran(func(c echo.Context) error { return c.Redirect(http.StatusFound, "/elsewhere") }))
	e.OPTIONS("/options", ran(func(c echo.Context) error { return c.String(http.StatusOK, "own") }))
	e.RouteNotFound("/*", ran(ok))
	ownAnswers(e)
}

// ownAnswers has echo's own handlers answer 404 and 405. Which of them is said by
// routes, since a RouteNotFound for everything takes both away.
func ownAnswers(e *echo.Echo) {
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		c.Response().Header().Set("Handler-Ran", "yes")
		e.DefaultHTTPErrorHandler(err, c)
	}
	e.RouteNotFound("/missing", echo.NotFoundHandler)
	e.GET("/getonly", ran(ok))
	e.Match([]string{"HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}, "/getonly", echo.MethodNotAllowedHandler)
}

func ran(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set("Handler-Ran", "yes")
		return next(c)
	}
}

// ok is a handler that has nothing to do with CORS.
func ok(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }
