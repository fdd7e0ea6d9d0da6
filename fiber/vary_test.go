package corsfiber_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

// Vary is added to what a handler or an outer middleware says, and no name
// comes twice.
//
// README fiber: `c.Set("Vary", …)` drops what others wrote
func TestVary(t *testing.T) {
	app := newApp()
	app.Use("/outer", func(c *fiber.Ctx) error {
		c.Response().Header.Add("Vary", "Accept")
		c.Response().Header.Add("Vary", "Accept-Language, origin")
		c.Set("X-Outer", "behind Vary")
		return c.Next()
	})
	app.Use(corsfiber.Middleware(newPolicy(t, config())))
	handleVary(app)
	app.Use("/outer", func(c *fiber.Ctx) error { return nil })
	addr := listen(t, app)
	tests := []struct{ target, vary string }{
		{"/add", "Vary: Accept-Encoding, Origin"},
		{"/append", "Vary: Accept-Encoding, Origin"},
		{"/set", "Vary: Accept-Encoding, Origin"},
		{"/lines", "Vary: Accept, Accept-Encoding, Accept-Language, ORIGIN"},
		{"/star", "Vary: *, Origin"},
		{"/delete", "Vary: Origin"},
		{"/outer", "Vary: Accept, Accept-Language, origin"},
	}
	for _, test := range tests {
		for _, v := range visitors {
			t.Run(test.target+" "+v.name, func(t *testing.T) {
				ask(t, addr, "GET", test.target, v.lines...).want(t, 200, plus(v.fields, test.vary)...)
			})
		}
	}
}

// handleVary registers handlers that have a Vary of their own, or none.
func handleVary(app *fiber.App) {
	app.Use("/add", func(c *fiber.Ctx) error {
		c.Response().Header.Add("Vary", "Accept-Encoding")
		return nil
	})
	app.Use("/append", func(c *fiber.Ctx) error {
		c.Vary("Accept-Encoding", "Origin")
		return nil
	})
	app.Use("/set", func(c *fiber.Ctx) error {
		c.Set("Vary", "Accept-Encoding")
		return nil
	})
	app.Use("/lines", func(c *fiber.Ctx) error {
		c.Response().Reset()
		c.Response().Header.Add("Vary", "Accept-Encoding")
		c.Response().Header.Add("Vary", "Accept, ORIGIN ,Accept-Language")
		return nil
	})
	app.Use("/star", func(c *fiber.Ctx) error {
		c.Response().Reset()
		c.Set("Vary", "*")
		return nil
	})
	app.Use("/delete", func(c *fiber.Ctx) error {
		c.Response().Header.Del("Vary")
		return nil
	})
}

// The middleware itself writes one line or none, whatever comes between. A set
// of names would not show an empty line.
func TestVaryIsOneLine(t *testing.T) {
	app := newApp()
	app.Use(corsfiber.Middleware(newPolicy(t, concors.Config{Paths: map[string]concors.Config{
		"/one/": config(), "/any/": {AllowOrigins: []string{"*"}}, "/none/": {},
	}})))
	app.Use(func(c *fiber.Ctx) error {
		if strings.HasSuffix(c.Path(), "/reset") {
			c.Response().Reset()
		}
		return nil
	})
	c := dial(t, listen(t, app))
	const options = "Access-Control-Request-Method, Access-Control-Request-Headers"
	for target, want := range map[string][2]string{
		"/one/": {"Origin", "Origin, " + options}, "/any/": {"", options}, "/none/": {},
	} {
		for _, v := range visitors {
			for _, end := range []string{"", "reset"} {
				wantVary(t, c.ask("GET", target+end, v.lines...), want[0])
				wantVary(t, c.ask("OPTIONS", target+end, v.lines...), want[1])
				wantVary(t, c.ask("OPTIONS", target+end, plus(v.lines, requestMethod+": PUT")...), want[1])
			}
		}
	}
}

// wantVary wants one line of Vary, or none if line is empty.
func wantVary(t *testing.T, a answer, line string) {
	t.Helper()
	var want []string
	if line != "" {
		want = []string{line}
	}
	if got := a.header["Vary"]; !slices.Equal(got, want) {
		t.Errorf("status %d with the Vary lines %q, want %q", a.status, got, want)
	}
}

// An OPTIONS that is no preflight may be kept by a cache as well.
func TestVaryOfOptions(t *testing.T) {
	app := newApp()
	app.Use(corsfiber.Middleware(newPolicy(t, config())))
	app.Options("/", func(c *fiber.Ctx) error {
		c.Set("Vary", "Access-Control-Request-Method")
		return nil
	})
	a := ask(t, listen(t, app), "OPTIONS", "/", "Origin: "+stranger)
	a.want(t, 200, varyOptions)
	if lines := a.header["Vary"]; !slices.Contains(lines, "Access-Control-Request-Method") {
		t.Errorf("Vary is %q, want the handler's line among it", lines)
	}
}

// A layer in front, such as compress, may have said already what its answers
// vary by.
func TestVaryBeforeAPreflight(t *testing.T) {
	for outer, want := range map[string]string{
		"Accept-Encoding": "Vary: Accept-Encoding, Access-Control-Request-Headers, Access-Control-Request-Method, Origin",
		"*":               "Vary: *, Access-Control-Request-Headers, Access-Control-Request-Method, Origin",
	} {
		app := newApp()
		app.Use(func(c *fiber.Ctx) error {
			c.Response().Header.Add("Vary", outer)
			c.Set("X-Outer", "behind Vary")
			return c.Next()
		})
		app.Use(corsfiber.Middleware(newPolicy(t, config())))
		addr := listen(t, app)
		ask(t, addr, "OPTIONS", "/", preflight(stranger)...).want(t, 403, want)
		a := ask(t, addr, "OPTIONS", "/", preflight(page)...)
		if got := a.fields(); a.status != 204 || !slices.Contains(got, want) || !slices.Contains(got, "Access-Control-Allow-Origin: "+page) {
			t.Errorf("behind Vary: %s: %d %q, want 204, the origin and %s", outer, a.status, got, want)
		}
	}
}
