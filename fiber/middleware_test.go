package corsfiber_test

import (
	"testing"

	"github.com/gofiber/fiber/v2"

	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

func TestMiddlewareNeedsAPolicy(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Middleware(nil) does not panic")
		}
	}()
	corsfiber.Middleware(nil)
}

func TestPreflight(t *testing.T) {
	app := newApp()
	app.Use(corsfiber.Middleware(newPolicy(t, config())))
	app.Use(func(*fiber.Ctx) error {
		t.Error("a handler ran")
		return nil
	})
	addr := listen(t, app)
	tests := []struct {
		name   string
		lines  []string
		status int
		fields []string
	}{
		{"allowed", preflight(page), 204, granted},
		{"origin refused", preflight(stranger), 403, []string{varyOptions}},
		{"header refused", preflight(page, "Access-Control-Request-Headers: baggage"), 403, []string{varyOptions}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := ask(t, addr, "OPTIONS", "/", test.lines...)
			a.want(t, test.status, test.fields...)
			length, has := a.header["Content-Length"]
			if test.status == 204 && has || test.status == 403 && (!has || length[0] != "0") {
				t.Errorf("Content-Length is %q", length)
			}
			if typ := a.header["Content-Type"]; typ != nil || a.body != "" {
				t.Errorf("Content-Type is %q, body %q, want neither", typ, a.body)
			}
		})
	}
}

// A status other than 204 comes with Content-Length: 0, which fasthttp adds.
func TestPreflightStatus(t *testing.T) {
	app := newApp()
	app.Use(corsfiber.Middleware(newPolicy(t, concors.Config{AllowOrigins: []string{"*"}, PreflightStatus: 200})))
	a := ask(t, listen(t, app), "OPTIONS", "/", "Origin: "+page, "Access-Control-Request-Method: GET")
	a.want(t, 200, "Access-Control-Allow-Origin: *", "Vary: Access-Control-Request-Headers, Access-Control-Request-Method")
	if got := a.header.Get("Content-Length"); got != "0" || a.body != "" {
		t.Errorf("Content-Length is %q, body %q, want 0 and none", got, a.body)
	}
}

func TestActual(t *testing.T) {
	app := newApp()
	app.Use(corsfiber.Middleware(newPolicy(t, config())))
	app.Get("/", func(c *fiber.Ctx) error { return c.SendString("ok") })
	addr := listen(t, app)
	for _, v := range visitors {
		t.Run(v.name, func(t *testing.T) {
			ask(t, addr, "GET", "/", v.lines...).want(t, 200, plus(v.fields, "Vary: Origin")...)
			ask(t, addr, "HEAD", "/", v.lines...).want(t, 200, plus(v.fields, "Vary: Origin")...)
			ask(t, addr, "GET", "/nowhere", v.lines...).want(t, 404, plus(v.fields, "Vary: Origin")...)
			ask(t, addr, "DELETE", "/", v.lines...).want(t, 405, plus(v.fields, "Vary: Origin")...)
		})
	}
}

// A browser checks the answer that redirects before it follows it (Fetch, HTTP
// fetch).
func TestRedirect(t *testing.T) {
	app := newApp()
	app.Use(corsfiber.Middleware(newPolicy(t, config())))
	app.Get("/old", func(c *fiber.Ctx) error { return c.Redirect("/new") })
	app.Put("/old", func(c *fiber.Ctx) error { return c.Redirect("/new", fiber.StatusPermanentRedirect) })
	addr := listen(t, app)
	for _, v := range visitors {
		for method, status := range map[string]int{"GET": 302, "PUT": 308} {
			t.Run(method+" "+v.name, func(t *testing.T) {
				a := ask(t, addr, method, "/old", v.lines...)
				a.want(t, status, plus(v.fields, "Vary: Origin")...)
				if got := a.header.Get("Location"); got != "/new" {
					t.Errorf("Location is %q, want /new", got)
				}
			})
		}
	}
}

// What a handler sets itself stays, whatever the policy says.
func TestHandlersFieldsStay(t *testing.T) {
	app := newApp()
	app.Use(corsfiber.Middleware(newPolicy(t, config())))
	app.Get("/set", func(c *fiber.Ctx) error {
		c.Set("Access-Control-Allow-Origin", "https://own.example")
		return nil
	})
	app.Get("/reset", func(c *fiber.Ctx) error {
		c.Response().Reset()
		c.Set("Access-Control-Allow-Origin", "https://own.example")
		return nil
	})
	addr := listen(t, app)
	const own = "Access-Control-Allow-Origin: https://own.example"
	for _, v := range visitors {
		t.Run(v.name, func(t *testing.T) {
			ask(t, addr, "GET", "/reset", v.lines...).want(t, 200, own, "Vary: Origin")
			want := []string{own, "Vary: Origin"}
			if v.name == "allowed" {
				want = []string{"Access-Control-Allow-Credentials: true", own, "Access-Control-Expose-Headers: X-Request-Id", "Vary: Origin"}
			}
			ask(t, addr, "GET", "/set", v.lines...).want(t, 200, want...)
		})
	}
}

// Only the six fields that a policy writes tell that a handler has a mind of its
// own. Others that begin alike say nothing about who may read the answer.
func TestOtherFieldsDoNotCount(t *testing.T) {
	app := newApp()
	app.Use(corsfiber.Middleware(newPolicy(t, config())))
	app.Get("/", func(c *fiber.Ctx) error {
		c.Response().Reset()
		c.Set("Access-Control-Allow-Private-Network", "true")
		return nil
	})
	addr := listen(t, app)
	const private = "Access-Control-Allow-Private-Network: true"
	ask(t, addr, "GET", "/", "Origin: "+page).want(t, 200,
		"Access-Control-Allow-Credentials: true",
		"Access-Control-Allow-Origin: "+page,
		private,
		"Access-Control-Expose-Headers: X-Request-Id",
		"Vary: Origin")
	ask(t, addr, "GET", "/", "Origin: "+stranger).want(t, 200, private, "Vary: Origin")
}

// An outer middleware's fields go, in whatever spelling and however often they
// come; what an outer middleware names in Vary stays.
func TestOuterFieldsAreReplaced(t *testing.T) {
	for _, disabled := range []bool{false, true} {
		app := newApp(fiber.Config{DisableHeaderNormalizing: disabled})
		app.Use(func(c *fiber.Ctx) error {
			h := &c.Response().Header
			h.Add("Access-Control-Allow-Origin", "https://one.example")
			h.Add("Access-Control-Allow-Origin", "https://two.example")
			h.SetCanonical([]byte("access-control-max-age"), []byte("5"))
			h.SetCanonical([]byte("ACCESS-CONTROL-ALLOW-METHODS"), []byte("PUT"))
			h.Add("Vary", "Accept-Language")
			return c.Next()
		}, corsfiber.Middleware(newPolicy(t, config())))
		addr := listen(t, app)
		for _, v := range visitors {
			ask(t, addr, "GET", "/", v.lines...).want(t, 404, plus(v.fields, "Vary: Accept-Language, Origin")...)
		}
		ask(t, addr, "OPTIONS", "/", preflight(page)...).want(t, 204, plus(granted[:5],
			"Vary: Accept-Language, Access-Control-Request-Headers, Access-Control-Request-Method, Origin")...)
	}
}

// Fiber's normalization is as before, once an outer field was deleted.
func TestNormalizationStays(t *testing.T) {
	for disabled, want := range map[bool]string{false: "X-Lower", true: "x-lower"} {
		app := newApp(fiber.Config{DisableHeaderNormalizing: disabled})
		app.Use(func(c *fiber.Ctx) error {
			c.Set("Access-Control-Allow-Origin", "https://outer.example")
			return c.Next()
		}, corsfiber.Middleware(newPolicy(t, config())))
		app.Use(func(c *fiber.Ctx) error {
			c.Set("x-lower", "set")
			got := ""
			c.Response().Header.VisitAll(func(name, value []byte) {
				if string(value) == "set" {
					got = string(name)
				}
			})
			return c.SendString(got)
		})
		if got := ask(t, listen(t, app), "GET", "/").body; got != want {
			t.Errorf("the name became %q, want %q", got, want)
		}
	}
}
