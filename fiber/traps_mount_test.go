package corsfiber_test

import (
	"fmt"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/rewrite"

	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

func ok(c *fiber.Ctx) error { return c.SendString("ok") }

// A trap is shown first, then its remedy.

// README fiber: `app.Use` behind a route does not run for that route
func TestMiddlewareBehindTheRoutes(t *testing.T) {
	mw := corsfiber.Middleware(newPolicy(t, config()))
	trap := newApp()
	trap.Get("/items", ok)
	trap.Use(mw)
	addr := listen(t, trap)
	ask(t, addr, "OPTIONS", "/items", preflight(page)...).want(t, 204, granted...)
	ask(t, addr, "GET", "/items", "Origin: "+page).want(t, 200) // the page cannot read it

	remedy := newApp()
	remedy.Use(mw)
	remedy.Get("/items", ok)
	addr = listen(t, remedy)
	ask(t, addr, "OPTIONS", "/items", preflight(page)...).want(t, 204, granted...)
	ask(t, addr, "GET", "/items", "Origin: "+page).want(t, 200, plus(visitors[0].fields, "Vary: Origin")...)
}

// README fiber: `app.Put("/items", cors, handler)`, on a route
func TestMiddlewareOfOneRoute(t *testing.T) {
	trap := newApp()
	trap.Put("/items", corsfiber.Middleware(newPolicy(t, config())), ok)
	ask(t, listen(t, trap), "OPTIONS", "/items", preflight(page)...).want(t, 405)

	remedy := newApp()
	remedy.Use(corsfiber.Middleware(newPolicy(t, concors.Config{Paths: map[string]concors.Config{"/items": config()}})))
	remedy.Put("/items", ok)
	remedy.Put("/others", ok)
	addr := listen(t, remedy)
	ask(t, addr, "OPTIONS", "/items", preflight(page)...).want(t, 204, granted...)
	ask(t, addr, "PUT", "/items", "Origin: "+page).want(t, 200, plus(visitors[0].fields, "Vary: Origin")...)
	ask(t, addr, "OPTIONS", "/others", preflight(page)...).want(t, 405)
}

// A prefix of Fiber is a prefix of the text: it covers siblings too, and with
// StrictRouting most of them still.
//
// README fiber: prefixes leak: `app.Use("/api", …)`
func TestPrefixLeaks(t *testing.T) {
	allowed := plus(visitors[0].fields, "Vary: Origin")
	mw := corsfiber.Middleware(newPolicy(t, config()))
	traps := []struct {
		name        string
		mount       func(app *fiber.App)
		leaksStrict bool
	}{
		{"Use", func(app *fiber.App) { app.Use("/api", mw) }, true},
		{"Group", func(app *fiber.App) { app.Group("/api", mw) }, true},
		{"Group.Use", func(app *fiber.App) { app.Group("/api").Use(mw) }, true},
		{"Group with a slash", func(app *fiber.App) { app.Group("/api/", mw) }, false},
		{"Mount", func(app *fiber.App) {
			sub := newApp()
			sub.Use(mw)
			app.Mount("/api", sub)
		}, false},
	}
	for _, trap := range traps {
		for _, strict := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, strict %t", trap.name, strict), func(t *testing.T) {
				app := newApp(fiber.Config{StrictRouting: strict})
				trap.mount(app)
				app.Get("/apix", ok)
				addr := listen(t, app)
				if strict && !trap.leaksStrict {
					ask(t, addr, "GET", "/apix", "Origin: "+page).want(t, 200)
					ask(t, addr, "OPTIONS", "/api", preflight(page)...).want(t, 404) // but the prefix itself is lost
					return
				}
				ask(t, addr, "GET", "/apix", "Origin: "+page).want(t, 200, allowed...)
				ask(t, addr, "OPTIONS", "/apix", preflight(page)...).want(t, 204, granted...)
			})
		}
	}

	remedy := newApp()
	remedy.Use(corsfiber.Middleware(newPolicy(t, concors.Config{Paths: map[string]concors.Config{"/api/": config()}})))
	remedy.Use(ok)
	addr := listen(t, remedy)
	ask(t, addr, "GET", "/apix", "Origin: "+page).want(t, 200)
	ask(t, addr, "OPTIONS", "/apix", preflight(page)...).want(t, 200)
	for _, target := range []string{"/api", "/api/", "/api/items"} {
		ask(t, addr, "GET", target, "Origin: "+page).want(t, 200, allowed...)
		ask(t, addr, "OPTIONS", target, preflight(page)...).want(t, 204, granted...)
	}
}

// The middleware of a mounted app sees preflights below its prefix. The server
// is the outer app's, and so are the settings that count.
//
// README fiber: CORS in a mounted app sees the preflights below its prefix
func TestMountedApp(t *testing.T) {
	for _, disabled := range []bool{false, true} {
		sub := newApp(fiber.Config{DisableHeaderNormalizing: !disabled})
		sub.Use(corsfiber.Middleware(newPolicy(t, config())))
		sub.Get("/items", ok)
		sub.Get("/reset", func(c *fiber.Ctx) error {
			c.Response().Reset()
			return nil
		})
		app := newApp(fiber.Config{DisableHeaderNormalizing: disabled})
		app.Mount("/sub", sub)
		addr := listen(t, app)
		ask(t, addr, "OPTIONS", "/sub/items", "ORIGIN: "+page, "access-control-request-method: PUT").want(t, 204, granted...)
		for _, v := range visitors {
			ask(t, addr, "GET", "/sub/items", v.lines...).want(t, 200, plus(v.fields, "Vary: Origin")...)
			ask(t, addr, "GET", "/sub/reset", v.lines...).want(t, 200, plus(v.fields, "Vary: Origin")...)
		}
		ask(t, addr, "OPTIONS", "/items", preflight(page)...).want(t, 404)
	}
}

// Keys of Paths are whole paths, in a mounted app too.
//
// README fiber: Keys are whole paths, in groups and mounted apps too
func TestPathsInAMountedApp(t *testing.T) {
	sub := newApp()
	sub.Use(corsfiber.Middleware(newPolicy(t, concors.Config{Paths: map[string]concors.Config{"/sub/items": config(), "/items": {}}})))
	sub.Get("/items", ok)
	app := newApp()
	app.Mount("/sub", sub)
	ask(t, listen(t, app), "OPTIONS", "/sub/items", preflight(page)...).want(t, 204, granted...)
}

// Fiber takes /API/items for /api/items unless it is told otherwise. A policy
// with Paths grants such a spelling nothing: another router would not agree.
//
// README fiber: other spellings of a path: Fiber takes
func TestPathsAndOtherSpellings(t *testing.T) {
	policy := newPolicy(t, concors.Config{AllowOrigins: []string{"*"}, Paths: map[string]concors.Config{"/api/": config()}})
	odd := []string{"/API/items", "/%61pi/items", "/api%2Fitems", "//api/items", "/x/../api/items", "/api//items", `/api\items`}
	for _, cfg := range []fiber.Config{{}, {CaseSensitive: true}, {UnescapePath: true}, {StrictRouting: true}} {
		app := newApp(cfg)
		app.Use(corsfiber.Middleware(policy))
		app.Get("/api/items", ok)
		app.Use("*", ok)
		addr := listen(t, app)
		for _, target := range odd {
			ask(t, addr, "GET", target, "Origin: "+page).want(t, 200, "Vary: Origin")
			ask(t, addr, "OPTIONS", target, preflight(page)...).want(t, 403, varyOptions)
		}
		ask(t, addr, "GET", "/api/items", "Origin: "+page).want(t, 200, plus(visitors[0].fields, "Vary: Origin")...)
	}
	// The remedy is to link the one spelling; CaseSensitive makes the others 404.
	app := newApp(fiber.Config{CaseSensitive: true})
	app.Use(corsfiber.Middleware(policy))
	app.Get("/api/items", ok)
	ask(t, listen(t, app), "GET", "/API/items", "Origin: "+page).want(t, 404, "Vary: Origin")
}

// A rewrite behind the policy leads to a handler that the policy did not decide
// about; one in front of it is what the policy decides about.
//
// README fiber: rewriting, by Fiber's middleware or `c.Path(…)`, behind CORS
func TestRewrite(t *testing.T) {
	rewriting := rewrite.New(rewrite.Config{Rules: map[string]string{"/old/*": "/new/$1"}})
	policy := corsfiber.Middleware(newPolicy(t, concors.Config{Paths: map[string]concors.Config{
		"/old/": config(), "/new/": {AllowOrigins: []string{stranger}},
	}}))
	serve := func(use ...fiber.Handler) string {
		app := newApp()
		for _, handler := range use {
			app.Use(handler)
		}
		app.Get("/new/items", ok)
		return listen(t, app)
	}
	trap := serve(policy, rewriting)
	ask(t, trap, "GET", "/old/items", "Origin: "+page).want(t, 200, plus(visitors[0].fields, "Vary: Origin")...)

	remedy := serve(rewriting, policy)
	ask(t, remedy, "GET", "/old/items", "Origin: "+page).want(t, 200, "Vary: Origin")
	ask(t, remedy, "GET", "/old/items", "Origin: "+stranger).want(t, 200, "Access-Control-Allow-Origin: "+stranger, "Vary: Origin")
	ask(t, remedy, "OPTIONS", "/old/items", preflight(page)...).want(t, 403, varyOptions)
}
