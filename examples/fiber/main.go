// Command fiber serves the example API with Fiber.
package main

import (
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/internal/demo"
	corsfiber "github.com/concors/concors/fiber"
)

func main() { demo.Main("fiber", serve) }

func serve(policy *concors.Policy) demo.Server {
	app := fiber.New(fiber.Config{
		DisableStartupMessage: true,
		CaseSensitive:         true,    // /HELLO is another path, as in the other routers
		StrictRouting:         true,    // and so is /hello/
		ReadBufferSize:        2 << 20, // Fiber's 4 KiB refuse long header fields before any middleware runs
		ReadTimeout:           10 * time.Second,
		IdleTimeout:           time.Minute,
	})
	// An access logger belongs here, first: behind the policy it sees no
	// preflight. Take one that quotes the path, which Fiber's own does not.
	//
	// The policy comes before the routes: it does not run for a route that is
	// registered earlier, and a single route never sees a preflight.
	app.Use(recover.New(), corsfiber.Middleware(policy))

	app.Get("/hello", hello)
	app.Post("/hello", hello)
	app.Put("/hello", hello)
	app.Patch("/hello", hello)
	app.Delete("/hello", hello)
	app.All("/error", func(*fiber.Ctx) error {
		return fiber.NewError(fiber.StatusInternalServerError, "the handler failed")
	})
	app.All("/panic", func(*fiber.Ctx) error { panic("the handler panicked") })
	app.Options("/options", func(c *fiber.Ctx) error { return c.SendString("own") })

	return demo.Server{Serve: app.Listener, Shutdown: app.ShutdownWithContext}
}

func hello(c *fiber.Ctx) error {
	c.Set("X-Request-Id", demo.NewRequestID())
	c.Set("ETag", demo.ETag)
	c.Vary("Accept-Encoding") // added: c.Set would remove the Origin that caches need
	return c.JSON(fiber.Map{"message": "hello from fiber"})
}
