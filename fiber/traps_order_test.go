package corsfiber_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/compress"
	"github.com/gofiber/fiber/v2/middleware/logger"
	"github.com/gofiber/fiber/v2/middleware/recover"

	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

// A logger in front of the policy sees preflights, one behind it never.
//
// README fiber: A logger behind CORS sees no preflight
func TestLogger(t *testing.T) {
	var outside, inside bytes.Buffer
	log := func(w *bytes.Buffer) fiber.Handler {
		return logger.New(logger.Config{Format: "${method} ${status}\n", Output: w, DisableColors: true})
	}
	app := newApp()
	app.Use(log(&outside), corsfiber.Middleware(newPolicy(t, config())), log(&inside))
	app.Get("/", ok)
	c := dial(t, listen(t, app))
	c.ask("OPTIONS", "/", preflight(page)...)
	c.ask("OPTIONS", "/", preflight(stranger)...)
	c.ask("GET", "/", "Origin: "+page)
	if got, want := outside.String(), "OPTIONS 204\nOPTIONS 403\nGET 200\n"; got != want {
		t.Errorf("outside: logged %q, want %q", got, want)
	}
	if got, want := inside.String(), "GET 200\n"; got != want {
		t.Errorf("inside: logged %q, want %q", got, want)
	}
}

// A preflight carries no credentials: authentication in front of the policy
// turns every one away, and its 401 carries no fields that a page could read.
//
// README fiber: Authentication in front turns every preflight away
func TestAuthentication(t *testing.T) {
	auth := func(c *fiber.Ctx) error {
		if c.Get("Authorization") == "" {
			return fiber.ErrUnauthorized
		}
		return c.Next()
	}
	mw := corsfiber.Middleware(newPolicy(t, config()))
	trap := newApp()
	trap.Use(auth, mw)
	addr := listen(t, trap)
	ask(t, addr, "OPTIONS", "/", preflight(page)...).want(t, 401)
	ask(t, addr, "GET", "/", "Origin: "+page).want(t, 401)

	remedy := newApp()
	remedy.Use(mw, auth)
	addr = listen(t, remedy)
	ask(t, addr, "OPTIONS", "/", preflight(page)...).want(t, 204, granted...)
	ask(t, addr, "GET", "/", "Origin: "+page).want(t, 401, plus(visitors[0].fields, "Vary: Origin")...)
}

// A panic of the origin function or of the observer comes from the middleware
// itself, so only recovery in front of it helps. Nothing is granted then.
//
// README fiber: in front it also covers a panic of your origin function or observer
func TestRecoverInFront(t *testing.T) {
	policy := newPolicy(t, config(), concors.WithObserver(func(context.Context, concors.Request, concors.Decision) { panic("observer") }))
	app := newApp()
	app.Use(recover.New(), corsfiber.Middleware(policy))
	c := dial(t, listen(t, app))
	for range 2 {
		c.ask("GET", "/", "Origin: "+page).want(t, 500)
		c.ask("OPTIONS", "/", preflight(page)...).want(t, 500)
	}
	c.ask("GET", "/").want(t, 404, "Vary: Origin") // which it does not hear
}

// An error handler runs when all middleware is done. One that resets the
// response loses the fields for good, unless a middleware behind the policy
// calls it.
//
// README fiber: an `ErrorHandler` that calls `c.Response().Reset()`
func TestErrorHandlerThatResets(t *testing.T) {
	resetting := func(c *fiber.Ctx, err error) error {
		c.Response().Reset()
		return c.Status(fiber.StatusBadGateway).SendString(err.Error())
	}
	mw := corsfiber.Middleware(newPolicy(t, config()))
	fail := func(*fiber.Ctx) error { return fiber.ErrTeapot }

	trap := newApp(fiber.Config{ErrorHandler: resetting})
	trap.Use(mw)
	trap.Get("/", fail)
	ask(t, listen(t, trap), "GET", "/", "Origin: "+page).want(t, 502)

	remedy := newApp(fiber.Config{ErrorHandler: resetting})
	remedy.Use(mw, func(c *fiber.Ctx) error {
		if err := c.Next(); err != nil {
			return c.App().ErrorHandler(c, err)
		}
		return nil
	})
	remedy.Get("/", fail)
	addr := listen(t, remedy)
	for _, v := range visitors {
		ask(t, addr, "GET", "/", v.lines...).want(t, 502, plus(v.fields, "Vary: Origin")...)
		ask(t, addr, "GET", "/nowhere", v.lines...).want(t, 502, plus(v.fields, "Vary: Origin")...)
	}

	// An error handler that sets status and body only does no harm.
	plain := newApp(fiber.Config{ErrorHandler: func(c *fiber.Ctx, err error) error {
		return c.Status(fiber.StatusBadGateway).JSON(fiber.Map{"error": err.Error()})
	}})
	plain.Use(mw)
	plain.Get("/", fail)
	addr = listen(t, plain)
	for _, v := range visitors {
		ask(t, addr, "GET", "/", v.lines...).want(t, 502, plus(v.fields, "Vary: Origin")...)
	}
}

// Compression adds its own name to Vary, in front of the policy or behind it.
//
// README fiber: Compression may stand on either side
func TestCompress(t *testing.T) {
	mw := corsfiber.Middleware(newPolicy(t, config()))
	for name, use := range map[string][]any{"in front": {compress.New(), mw}, "behind": {mw, compress.New()}} {
		t.Run(name, func(t *testing.T) {
			app := newApp()
			app.Use(use...)
			app.Get("/", func(c *fiber.Ctx) error { return c.SendString(strings.Repeat("long ", 1000)) })
			app.Get("/reset", func(c *fiber.Ctx) error {
				c.Response().Reset()
				return c.SendString(strings.Repeat("long ", 1000))
			})
			addr := listen(t, app)
			for _, v := range visitors {
				for _, target := range []string{"/", "/reset"} {
					a := ask(t, addr, "GET", target, plus(v.lines, "Accept-Encoding: gzip")...)
					a.want(t, 200, plus(v.fields, "Vary: Accept-Encoding, Origin")...)
					if got := a.header.Get("Content-Encoding"); got != "gzip" {
						t.Errorf("Content-Encoding is %q", got)
					}
				}
			}
			a := ask(t, addr, "OPTIONS", "/", preflight(page, "Accept-Encoding: gzip")...)
			a.want(t, 204, granted...)
			if got := a.header.Get("Content-Encoding"); got != "" || a.body != "" {
				t.Errorf("preflight: Content-Encoding %q, body %q, want neither", got, a.body)
			}
		})
	}
}
