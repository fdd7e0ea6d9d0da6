package peers

import (
	"io"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// onEcho has the routes on echo.
func onEcho(upstream *url.URL, cors ...echo.MiddlewareFunc) http.Handler {
	e := echo.New()
	e.Logger.SetOutput(io.Discard) // Recover prints the stack
	e.Use(middleware.Recover())
	e.Use(cors...)
	// Echo's own answers, 404 and 405 among them, count as handlers.
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		c.Response().Header().Set("Handler-Ran", "yes")
		e.DefaultHTTPErrorHandler(err, c)
	}
	if upstream != nil {
		e.Any("/upstream", echo.WrapHandler(proxyTo(upstream)))
	}
	e.RouteNotFound("/missing", echo.NotFoundHandler)
	e.GET("/getonly", echoRan(echoOK))
	e.Match([]string{"HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}, "/getonly", echo.MethodNotAllowedHandler)
	e.RouteNotFound("/*", echoRan(echoAnswer))
	return e
}

func echoAnswer(c echo.Context) error {
	switch c.Request().URL.Path {
	case "/error":
		return echo.NewHTTPError(http.StatusInternalServerError)
	case "/panic":
		panic("asked for by a case")
	case "/stream":
		for range 3 {
			io.WriteString(c.Response(), "piece\n")
			c.Response().Flush()
		}
		return nil
	case "/vary":
		c.Response().Header().Add(echo.HeaderVary, "Accept-Encoding")
	case "/private":
		if c.Request().Header.Get(echo.HeaderAuthorization) == "" {
			return echo.ErrUnauthorized
		}
	case "/notmodified":
		return c.NoContent(http.StatusNotModified)
	case "/redirect":
		return c.Redirect(http.StatusFound, "/elsewhere")
	case "/options":
		if c.Request().Method == http.MethodOptions {
			return c.String(http.StatusOK, "own")
		}
	}
	return echoOK(c)
}

func echoOK(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

func echoRan(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set("Handler-Ran", "yes")
		return next(c)
	}
}
