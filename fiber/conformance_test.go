package corsfiber_test

import (
	"bufio"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"

	"github.com/concors/concors/conformance"
	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

func TestConformance(t *testing.T) {
	conformance.Run(t, suiteServer(fiber.Config{}))
}

// Names of fields then reach the adapter as the client spelled them.
func TestConformanceWithoutNormalizing(t *testing.T) {
	conformance.Run(t, suiteServer(fiber.Config{DisableHeaderNormalizing: true}))
}

// suiteServer starts the server of the suite with policies as middleware.
func suiteServer(cfg fiber.Config) func(*testing.T, []*concors.Policy) string {
	// Fiber's 4 KiB would refuse long heads with 431 before any middleware.
	cfg.ReadBufferSize = 2 << 20
	return func(t *testing.T, policies []*concors.Policy) string {
		t.Helper()
		app := newApp(cfg)
		app.Use(recover.New())
		for _, policy := range policies {
			app.Use(corsfiber.Middleware(policy))
		}
		suiteRoutes(app)
		return listen(t, app)
	}
}

func suiteRoutes(app *fiber.App) {
	app.Use(func(c *fiber.Ctx) error {
		c.Set("Handler-Ran", "yes")
		return c.Next()
	})
	app.Use("/error", func(*fiber.Ctx) error { return fiber.NewError(fiber.StatusInternalServerError, "asked for by a case") })
	app.Use("/panic", func(*fiber.Ctx) error { panic("asked for by a case") })
	app.Use("/stream", func(c *fiber.Ctx) error {
		c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
			for range 3 {
				// An error means that the client has left.
				if _, err := w.WriteString("piece\n"); err != nil {
					return
				}
				if err := w.Flush(); err != nil {
					return
				}
			}
		})
		return nil
	})
	app.Use("/vary", func(c *fiber.Ctx) error {
		c.Vary("Accept-Encoding")
		return c.SendString("ok\n")
	})
	app.Use("/notmodified", func(c *fiber.Ctx) error {
		c.Status(fiber.StatusNotModified)
		return nil
	})
	app.Use("/redirect", func(c *fiber.Ctx) error { return c.Redirect("/elsewhere", fiber.StatusFound) })
	app.Options("/options", func(c *fiber.Ctx) error { return c.SendString("own") })
	app.Use(func(c *fiber.Ctx) error { return c.SendString("ok\n") })
}
