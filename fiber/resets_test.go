package corsfiber_test

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/proxy"
	"github.com/gofiber/fiber/v2/middleware/recover"

	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

// A reset is a handler that loses what the middleware wrote, or could.
type reset struct {
	name, target string
	lines        []string
	status       int
	body         string
	vary         string // what the handler names in Vary
	own          string // a field that it brings along
}

const upstreamOrigin = "Access-Control-Allow-Origin: https://upstream.example"

var resets = []reset{
	{name: "Static 200", target: "/static/a.txt", status: 200, body: "abc"},
	{name: "Static 206", target: "/static/a.txt", lines: []string{"Range: bytes=0-1"}, status: 206, body: "ab"},
	{name: "Static 304", target: "/static/a.txt", lines: []string{unmodified}, status: 304},
	{name: "Static 404", target: "/static/b.txt", status: 404, body: "Cannot GET"},
	{name: "Static 416", target: "/static/a.txt", lines: []string{"Range: bytes=7-9"}, status: 416, body: "Range Not Satisfiable"},
	{name: "SendFile 304", target: "/sendfile", lines: []string{unmodified}, status: 304},
	{name: "proxy.Do", target: "/do/plain", status: 201, body: "upstream", vary: "Accept, "},
	{name: "proxy.Do, fields of the upstream", target: "/do/own", status: 201, body: "upstream", own: upstreamOrigin},
	{name: "proxy.Balancer", target: "/balancer/plain", status: 201, body: "upstream", vary: "Accept, "},
	{name: "proxy.Balancer, fields of the upstream", target: "/balancer/own", status: 201, body: "upstream", own: upstreamOrigin},
	{name: "Context().Error", target: "/error", status: 503, body: "down"},
	{name: "Context().NotModified", target: "/notmodified", status: 304},
	{name: "Context().NotFound", target: "/notfound", status: 404, body: "404 Page not found"},
	{name: "Response().Reset", target: "/reset", status: 200, body: "ok"},
	{name: "Response().Reset, then Vary", target: "/vary", status: 200, vary: "Accept, "},
	{name: "Response().Header.Reset", target: "/header", status: 200},
	{name: "Response().Reset, then an error", target: "/fail", status: 502, body: "failed"},
	{name: "Response().Reset, then a panic", target: "/panic", status: 500, body: "panicked"},
	{name: "Response().Reset, then a stream", target: "/stream", status: 200, body: "piece\npiece\n"},
}

const unmodified = "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT"

// handle registers the handlers of resets.
func handle(t *testing.T, r fiber.Router) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "a.txt")
	if err := os.WriteFile(file, []byte("abc"), 0o600); err != nil {
		t.Fatal(err)
	}
	up := upstream(t)
	r.Static("/static", dir, fiber.Static{ByteRange: true})
	r.Get("/sendfile", func(c *fiber.Ctx) error { return c.SendFile(file) })
	r.Get("/do/:name", func(c *fiber.Ctx) error { return proxy.Do(c, up+"/"+c.Params("name")) })
	r.Get("/balancer/:name", proxy.Balancer(proxy.Config{Servers: []string{up}}))
	r.Get("/error", func(c *fiber.Ctx) error {
		c.Context().Error("down", fiber.StatusServiceUnavailable)
		return nil
	})
	r.Get("/notmodified", func(c *fiber.Ctx) error {
		c.Context().NotModified()
		return nil
	})
	r.Get("/notfound", func(c *fiber.Ctx) error {
		c.Context().NotFound()
		return nil
	})
	r.Get("/header", func(c *fiber.Ctx) error {
		c.Response().Header.Reset()
		return nil
	})
	afterReset(r)
}

// afterReset registers the handlers that go on after they reset the response.
func afterReset(r fiber.Router) {
	add := func(path string, next fiber.Handler) {
		r.Get(path, func(c *fiber.Ctx) error {
			c.Response().Reset()
			return next(c)
		})
	}
	add("/reset", func(c *fiber.Ctx) error { return c.SendString("ok") })
	add("/vary", func(c *fiber.Ctx) error {
		c.Set("Vary", "Accept")
		return nil
	})
	add("/fail", func(*fiber.Ctx) error { return fiber.NewError(fiber.StatusBadGateway, "failed") })
	add("/panic", func(*fiber.Ctx) error { panic("panicked") })
	add("/stream", func(c *fiber.Ctx) error {
		c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
			for range 2 {
				w.WriteString("piece\n")
				w.Flush()
			}
		})
		return nil
	})
}

// upstream is a server behind the proxy, at a loopback address. Where the path
// ends with "own", it speaks CORS itself.
func upstream(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "own") {
			w.Header().Set("Access-Control-Allow-Origin", "https://upstream.example")
		} else {
			w.Header().Set("Vary", "Accept")
		}
		w.WriteHeader(http.StatusCreated)
		w.Write([]byte("upstream"))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// Every way to mount the policy answers alike, whatever the handler resets.
//
// README fiber: empty the response, the fields of the policy among it
func TestResets(t *testing.T) {
	outer := concors.Config{AllowOrigins: []string{"*"}, ExposeHeaders: []string{"X-Outer"}}
	mounts := []struct {
		name  string
		mount func(t *testing.T, app *fiber.App, r fiber.Router)
	}{
		{"recover outside", func(t *testing.T, app *fiber.App, _ fiber.Router) {
			app.Use(recover.New(), corsfiber.Middleware(newPolicy(t, config())))
		}},
		{"recover inside", func(t *testing.T, app *fiber.App, _ fiber.Router) {
			app.Use(corsfiber.Middleware(newPolicy(t, config())), recover.New())
		}},
		{"below another policy, recover outside", func(t *testing.T, app *fiber.App, r fiber.Router) {
			app.Use(recover.New(), corsfiber.Middleware(newPolicy(t, outer)))
			r.Use(corsfiber.Middleware(newPolicy(t, config())))
		}},
		{"below another policy, recover between", func(t *testing.T, app *fiber.App, r fiber.Router) {
			app.Use(corsfiber.Middleware(newPolicy(t, outer)), recover.New())
			r.Use(corsfiber.Middleware(newPolicy(t, config())))
		}},
		{"without normalizing, by Group", func(t *testing.T, app *fiber.App, r fiber.Router) {
			r.Use(recover.New(), corsfiber.Middleware(newPolicy(t, config())))
		}},
	}
	for _, m := range mounts {
		t.Run(m.name, func(t *testing.T) {
			app := newApp(fiber.Config{DisableHeaderNormalizing: strings.HasPrefix(m.name, "without")})
			r := app.Group("/in")
			m.mount(t, app, r)
			handle(t, r)
			askResets(t, listen(t, app), func(v visitor, r reset) []string {
				if r.own != "" {
					return []string{r.own, "Vary: Origin"}
				}
				return plus(v.fields, "Vary: "+r.vary+"Origin")
			})
		})
	}
}

func askResets(t *testing.T, addr string, want func(visitor, reset) []string) {
	t.Helper()
	for _, r := range resets {
		for _, v := range visitors {
			t.Run(r.name+", "+v.name, func(t *testing.T) {
				a := ask(t, addr, "GET", "/in"+r.target, plus(v.lines, r.lines...)...)
				a.want(t, r.status, want(v, r)...)
				if !strings.HasPrefix(a.body, r.body) {
					t.Errorf("body is %q, want %q", a.body, r.body)
				}
			})
		}
	}
}

// Under {} nothing is written, nor written again: not by the policy itself, and
// not by one that is mounted outside. That one still names Origin in Vary, on
// which its decision depends.
func TestResetsUnderNoPolicy(t *testing.T) {
	t.Run("alone", func(t *testing.T) {
		app := newApp()
		app.Use(recover.New(), corsfiber.Middleware(passing(t)))
		handle(t, app.Group("/in"))
		askResets(t, listen(t, app), func(_ visitor, r reset) (want []string) {
			if r.own != "" {
				want = append(want, r.own)
			}
			if r.vary != "" {
				want = append(want, "Vary: "+strings.TrimSuffix(r.vary, ", "))
			}
			return want
		})
	})
	t.Run("below a policy", func(t *testing.T) {
		app := newApp()
		app.Use(recover.New(), corsfiber.Middleware(newPolicy(t, config())), corsfiber.Middleware(passing(t)))
		handle(t, app.Group("/in"))
		askResets(t, listen(t, app), func(v visitor, r reset) []string {
			switch {
			case r.own != "":
				return []string{r.own, "Vary: Origin"}
			case r.status == 206 || r.name == "Static 200" || r.name == "Static 404":
				return plus(v.fields, "Vary: Origin") // they reset nothing: what the outer policy wrote stays
			}
			return []string{"Vary: " + r.vary + "Origin"}
		})
	})
}
