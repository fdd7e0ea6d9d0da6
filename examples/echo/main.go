// Command echo serves the example API with Echo.
package main

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
	"github.com/concors/concors/examples/internal/demo"
)

func main() { demo.Main("echo", serve) }

func serve(policy *concors.Policy) demo.Server {
	e := echo.New()
	// The policy is on the Echo instance: a single route never sees a preflight,
	// and a group answers other methods differently once it has middleware.
	e.Use(middleware.RequestLogger(), middleware.Recover(), corsecho.Middleware(policy))

	e.Match([]string{"GET", "POST", "PUT", "PATCH", "DELETE"}, "/hello", hello)
	e.Any("/error", func(echo.Context) error {
		return echo.NewHTTPError(http.StatusInternalServerError, "the handler failed")
	})
	e.Any("/panic", func(echo.Context) error { panic("the handler panicked") })
	e.OPTIONS("/options", func(c echo.Context) error { return c.String(http.StatusOK, "own") })

	server := &http.Server{Handler: e, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: time.Minute}
	return demo.Server{Serve: server.Serve, Shutdown: server.Shutdown}
}

func hello(c echo.Context) error {
	h := c.Response().Header()
	h.Set("X-Request-Id", demo.NewRequestID())
	h.Set("ETag", demo.ETag)
	h.Add("Vary", "Accept-Encoding") // added: Set would remove the Origin that caches need
	return c.JSON(http.StatusOK, map[string]string{"message": "hello from echo"})
}
