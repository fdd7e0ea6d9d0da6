package corsfiber_test

import (
	"testing"

	"github.com/gofiber/fiber/v2"

	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

// Policies do not stack: the outermost answers a preflight, the innermost that
// runs any other request.
//
// README fiber: two policies on one request do not add up
func TestNested(t *testing.T) {
	app := newApp()
	app.Use(corsfiber.Middleware(newPolicy(t, concors.Config{
		AllowOrigins: []string{"*"}, AllowMethods: []string{"PATCH"}, ExposeHeaders: []string{"X-Outer"},
	})))
	app.Use("/in", corsfiber.Middleware(newPolicy(t, config())))
	addr := listen(t, app)
	ask(t, addr, "GET", "/", "Origin: "+page).want(t, 404,
		"Access-Control-Allow-Origin: *", "Access-Control-Expose-Headers: X-Outer")
	for _, v := range visitors {
		t.Run(v.name, func(t *testing.T) {
			ask(t, addr, "GET", "/in", v.lines...).want(t, 404, plus(v.fields, "Vary: Origin")...)
		})
	}
	const vary = "Vary: Access-Control-Request-Headers, Access-Control-Request-Method"
	ask(t, addr, "OPTIONS", "/in", preflight(page)...).want(t, 403, vary)
	ask(t, addr, "OPTIONS", "/in", "Origin: "+page, "Access-Control-Request-Method: PATCH").want(t, 204,
		"Access-Control-Allow-Methods: PATCH", "Access-Control-Allow-Origin: *", vary)
}

// Under {} inside, what the outer policy wrote stays, preflights included.
func TestNestedNoPolicy(t *testing.T) {
	app := newApp()
	app.Use(corsfiber.Middleware(newPolicy(t, config())))
	app.Use(corsfiber.Middleware(passing(t)))
	addr := listen(t, app)
	for _, v := range visitors {
		ask(t, addr, "GET", "/in/", v.lines...).want(t, 404, plus(v.fields, "Vary: Origin")...)
	}
	ask(t, addr, "OPTIONS", "/in/", preflight(page)...).want(t, 204, granted...)
}

// Under {} outside, the inner policy answers everything.
func TestNestedInsideNoPolicy(t *testing.T) {
	app := newApp()
	app.Use(corsfiber.Middleware(passing(t)))
	app.Use(corsfiber.Middleware(newPolicy(t, config())))
	app.Get("/in/reset", func(c *fiber.Ctx) error {
		c.Response().Reset()
		return nil
	})
	addr := listen(t, app)
	for _, v := range visitors {
		ask(t, addr, "GET", "/in/", v.lines...).want(t, 404, plus(v.fields, "Vary: Origin")...)
		ask(t, addr, "GET", "/in/reset", v.lines...).want(t, 200, plus(v.fields, "Vary: Origin")...)
	}
	ask(t, addr, "OPTIONS", "/in/", preflight(page)...).want(t, 204, granted...)
}

// One policy may run twice for a request and decide differently. The inner run
// has the last word even if it grants nothing.
func TestSamePolicyTwice(t *testing.T) {
	policy := newPolicy(t, config())
	app := newApp()
	app.Use(corsfiber.Middleware(policy))
	app.Use("/other", func(c *fiber.Ctx) error {
		c.Request().Header.Set("Origin", stranger)
		return c.Next()
	})
	app.Use("/reload", func(c *fiber.Ctx) error {
		if err := policy.Reload(concors.Config{AllowOrigins: []string{stranger}}); err != nil {
			return err
		}
		return c.Next()
	})
	app.Use(corsfiber.Middleware(policy))
	app.Get("/same/reset", func(c *fiber.Ctx) error {
		c.Response().Reset()
		return nil
	})
	addr := listen(t, app)
	allowed := plus(visitors[0].fields, "Vary: Origin")
	ask(t, addr, "GET", "/same", "Origin: "+page).want(t, 404, allowed...)
	ask(t, addr, "GET", "/same/reset", "Origin: "+page).want(t, 200, allowed...)
	ask(t, addr, "GET", "/other", "Origin: "+page).want(t, 404, "Vary: Origin")
	ask(t, addr, "GET", "/reload", "Origin: "+page).want(t, 404, "Vary: Origin")
}

// A handler may start the routing over, below another path.
//
// README fiber: `c.RestartRouting()` is safe: the policy decides again
func TestRestartRouting(t *testing.T) {
	app := newApp()
	app.Use(corsfiber.Middleware(newPolicy(t, concors.Config{Paths: map[string]concors.Config{
		"/old/": config(),
		"/new/": {AllowOrigins: []string{stranger}},
	}})))
	app.Get("/old/", func(c *fiber.Ctx) error {
		c.Path("/new/")
		return c.RestartRouting()
	})
	app.Get("/new/", func(c *fiber.Ctx) error { return c.SendString("new") })
	addr := listen(t, app)
	ask(t, addr, "GET", "/old/", "Origin: "+page).want(t, 200, "Vary: Origin")
	ask(t, addr, "GET", "/old/", "Origin: "+stranger).want(t, 200, "Access-Control-Allow-Origin: "+stranger, "Vary: Origin")
}
