package peers

import (
	"bufio"
	"net/url"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/proxy"
	"github.com/gofiber/fiber/v2/middleware/recover"

	corsfiber "github.com/concors/concors/fiber"
)

// onFiber has the routes on fiber.
func onFiber(upstream *url.URL, cors ...fiber.Handler) *fiber.App {
	// Its own 4 KiB would refuse long heads with 431 before any middleware.
	app := fiber.New(fiber.Config{DisableStartupMessage: true, ReadBufferSize: 2 << 20})
	app.Use(recover.New())
	for _, c := range cors {
		app.Use(c)
	}
	app.Use(func(c *fiber.Ctx) error {
		c.Set("Handler-Ran", "yes")
		return c.Next()
	})
	if upstream != nil {
		app.All("/upstream", func(c *fiber.Ctx) error {
			if err := proxy.Do(c, upstream.String()); err != nil {
				return err
			}
			return corsfiber.StripUpstream(c)
		})
	}
	app.Get("/getonly", fiberOK)
	app.Use(fiberAnswer)
	return app
}

func fiberAnswer(c *fiber.Ctx) error {
	switch c.Path() {
	case "/missing", "/getonly": // fiber answers 404 or 405 itself
		return c.Next()
	case "/error":
		return fiber.NewError(fiber.StatusInternalServerError, "asked for by a case")
	case "/panic":
		panic("asked for by a case")
	case "/stream":
		c.Context().SetBodyStreamWriter(stream)
		return nil
	case "/vary":
		c.Vary("Accept-Encoding")
	case "/private":
		if c.Get(fiber.HeaderAuthorization) == "" {
			return fiber.ErrUnauthorized
		}
	case "/notmodified":
		c.Status(fiber.StatusNotModified)
		return nil
	case "/redirect":
		return c.Redirect("/elsewhere", fiber.StatusFound)
	case "/options":
		if c.Method() == fiber.MethodOptions {
			return c.SendString("own")
		}
	}
	return fiberOK(c)
}

func fiberOK(c *fiber.Ctx) error { return c.SendString("ok\n") }

func stream(w *bufio.Writer) {
	for range 3 {
		// An error means that the client has left.
		if _, err := w.WriteString("piece\n"); err != nil {
			return
		}
		if err := w.Flush(); err != nil {
			return
		}
	}
}
