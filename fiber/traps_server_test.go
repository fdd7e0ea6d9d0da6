package corsfiber_test

import (
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

// What the server refuses before any middleware carries no fields.

// A preflight for an unknown method is answered, the request itself is not.
//
// README fiber: a method that is not in `RequestMethods`
func TestUnknownMethods(t *testing.T) {
	policy := newPolicy(t, concors.Config{AllowOrigins: []string{page}, AllowMethods: []string{"PURGE"}})
	purge := []string{"Origin: " + page, "Access-Control-Request-Method: PURGE"}
	allowed := []string{"Access-Control-Allow-Methods: PURGE", "Access-Control-Allow-Origin: " + page, varyOptions}
	trap := newApp()
	trap.Use(corsfiber.Middleware(policy), ok)
	addr := listen(t, trap)
	ask(t, addr, "OPTIONS", "/", purge...).want(t, 204, allowed...)
	ask(t, addr, "PURGE", "/", purge...).want(t, 400)

	remedy := newApp(fiber.Config{RequestMethods: plus(fiber.DefaultMethods, "PURGE")})
	remedy.Use(corsfiber.Middleware(policy), ok)
	addr = listen(t, remedy)
	ask(t, addr, "OPTIONS", "/", purge...).want(t, 204, allowed...)
	ask(t, addr, "PURGE", "/", purge...).want(t, 200, "Access-Control-Allow-Origin: "+page, "Vary: Origin")
}

// A server that takes no OPTIONS answers no preflight.
//
// README fiber: `RequestMethods` without OPTIONS, or `GETOnly`
func TestServerWithoutOptions(t *testing.T) {
	for _, trap := range []struct {
		cfg    fiber.Config
		status int
	}{
		{fiber.Config{RequestMethods: []string{"GET", "PUT"}}, 400},
		{fiber.Config{GETOnly: true}, 405},
	} {
		app := newApp(trap.cfg)
		app.Use(corsfiber.Middleware(newPolicy(t, config())))
		ask(t, listen(t, app), "OPTIONS", "/", preflight(page)...).want(t, trap.status)
	}
	remedy := newApp(fiber.Config{RequestMethods: []string{"GET", "PUT", "OPTIONS"}})
	remedy.Use(corsfiber.Middleware(newPolicy(t, config())))
	ask(t, listen(t, remedy), "OPTIONS", "/", preflight(page)...).want(t, 204, granted...)
}

// The head of a request must fit into the read buffer, 4 KiB by default.
//
// README fiber: a request head beyond `ReadBufferSize`
func TestReadBuffer(t *testing.T) {
	long := requestHeaders + ": " + strings.Repeat("authorization,", 1000)
	trap := newApp()
	trap.Use(corsfiber.Middleware(newPolicy(t, config())))
	ask(t, listen(t, trap), "OPTIONS", "/", preflight(page, long)...).want(t, 431)

	remedy := newApp(fiber.Config{ReadBufferSize: 32 << 10})
	remedy.Use(corsfiber.Middleware(newPolicy(t, config())))
	ask(t, listen(t, remedy), "OPTIONS", "/", preflight(page, long)...).want(t, 204, granted...)
}

// A body beyond the limit is refused before any middleware; what a middleware
// behind the policy refuses itself can be read by the page.
//
// README fiber: a body beyond `BodyLimit` gets a 413
func TestBodyLimit(t *testing.T) {
	body := []string{"Origin: " + page, "Content-Length: 2048"}
	trap := newApp(fiber.Config{BodyLimit: 1024})
	trap.Use(corsfiber.Middleware(newPolicy(t, config())))
	ask(t, listen(t, trap), "PUT", "/", body...).want(t, 413)

	remedy := newApp()
	remedy.Use(corsfiber.Middleware(newPolicy(t, config())), func(c *fiber.Ctx) error {
		if c.Request().Header.ContentLength() > 1024 {
			return fiber.ErrRequestEntityTooLarge
		}
		return c.Next()
	})
	c := dial(t, listen(t, remedy))
	c.ask("PUT", "/", "Origin: "+page, "Content-Length: 2048", "X-Padding: none\r\n\r\n"+strings.Repeat("x", 2044)).
		want(t, 413, plus(visitors[0].fields, "Vary: Origin")...)
}
