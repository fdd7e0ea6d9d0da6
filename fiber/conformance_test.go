package corsfiber_test

import (
	"bufio"
	"net/http"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/proxy"
	"github.com/gofiber/fiber/v2/middleware/recover"

	"github.com/concors/concors/conformance"
	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

func TestConformance(t *testing.T) {
	conformance.Run(t, suiteServer(t, fiber.Config{}))
}

// Names of fields then reach the adapter as the client spelled them.
func TestConformanceWithoutNormalizing(t *testing.T) {
	conformance.Run(t, suiteServer(t, fiber.Config{DisableHeaderNormalizing: true}))
}

// suiteServer starts the server of the suite with policies as middleware.
func suiteServer(t *testing.T, cfg fiber.Config) func(*testing.T, []*concors.Policy) string {
	t.Helper()
	upstream := adaptertest.Serve(t, http.HandlerFunc(conformance.Upstream)).URL
	// Fiber's 4 KiB would refuse long heads with 431 before any middleware.
	cfg.ReadBufferSize = 2 << 20
	return func(t *testing.T, policies []*concors.Policy) string {
		t.Helper()
		app := newApp(cfg)
		app.Use(recover.New())
		for _, policy := range policies {
			app.Use(corsfiber.Middleware(policy))
		}
		// Before the routes that say that a handler ran: the upstream says so.
		app.All("/upstream", func(c *fiber.Ctx) error {
			if err := proxy.Do(c, upstream); err != nil {
				return err
			}
			return corsfiber.StripUpstream(c)
		})
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
	app.Use("/private", func(c *fiber.Ctx) error {
		if c.Get(fiber.HeaderAuthorization) == "" {
			return fiber.ErrUnauthorized
		}
		return c.SendString("ok\n")
	})
	app.Use("/notmodified", func(c *fiber.Ctx) error {
		c.Status(fiber.StatusNotModified)
		return nil
	})
	app.Use("/redirect", func(c *fiber.Ctx) error { return c.Redirect("/elsewhere", fiber.StatusFound) })
	app.Options("/options", func(c *fiber.Ctx) error { return c.SendString("own") })
	app.Get("/getonly", func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	app.Use(func(c *fiber.Ctx) error {
		switch c.Path() {
		case "/missing", "/getonly": // fiber answers 404 or 405 itself
			return c.Next()
		}
		return c.SendString("ok\n")
	})
}
