package corsfiber_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/proxy"

	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

// kept is everything that a policy's functions are handed.
type kept struct {
	request  concors.Request
	decision concors.Decision
	origin   concors.Origin
}

// What the functions of a policy are handed about one request.
type wantKept struct {
	request      concors.Request
	reason       concors.Reason
	detail, path string
	fields       map[string]string
	origin       concors.Origin
	isAsked      bool
}

var wantsKept = []wantKept{
	{
		concors.Request{
			Method: "OPTIONS", Host: "api.example.com", Path: "/one/two", RawPath: "/one%2Ftwo",
			Origin: []string{"https://first.example"}, RequestMethod: []string{"PUT"}, RequestHeaders: []string{"baggage"},
		},
		concors.ReasonHeaderNotAllowed, "baggage", "", map[string]string{"Vary": "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"},
		concors.Origin{Scheme: "https", Host: "first.example"}, true,
	},
	{
		concors.Request{Method: "GET", Host: "api.example.com", Path: "/in/x", Origin: []string{"https://other.example"}},
		concors.ReasonOriginNotAllowed, "https://other.example", "/in/", map[string]string{"Vary": "Origin"},
		concors.Origin{Scheme: "https", Host: "other.example"}, true,
	},
	{
		concors.Request{Method: "GET", Host: "api.example.com", Path: "//third/", Origin: []string{"https://third.example"}},
		concors.ReasonPathAmbiguous, "//third/", "", map[string]string{"Vary": "Origin"}, concors.Origin{}, false,
	},
}

func (want wantKept) ofDecision(t *testing.T, got kept) {
	t.Helper()
	sameRequest(t, got.request, want.request)
	d, fields := got.decision, maps.Collect(got.decision.Fields())
	maps.DeleteFunc(fields, func(_, value string) bool { return value == "" })
	if d.Reason() != want.reason || d.Detail() != want.detail || d.Path() != want.path || !maps.Equal(fields, want.fields) {
		t.Errorf("%s %q under %q with %q, want %s %q under %q with %q",
			d.Reason(), d.Detail(), d.Path(), fields, want.reason, want.detail, want.path, want.fields)
	}
}

// fasthttp overwrites its buffers with the next request of a connection. What
// an observer or an origin function keeps stays as it was.
func TestKeptValuesStay(t *testing.T) {
	for _, disabled := range []bool{false, true} {
		var observed, asked []kept
		policy := newPolicy(t,
			concors.Config{AllowMethods: []string{"PUT"}, Paths: map[string]concors.Config{"/in/": {AllowOrigins: []string{stranger}}}},
			concors.WithObserver(func(_ context.Context, r concors.Request, d concors.Decision) {
				observed = append(observed, kept{request: r, decision: d})
			}),
			concors.WithOriginFunc(func(_ context.Context, o concors.Origin, r concors.Request) bool {
				asked = append(asked, kept{request: r, origin: o})
				return o.Host == "first.example"
			}))
		app := newApp(fiber.Config{DisableHeaderNormalizing: disabled})
		app.Use(corsfiber.Middleware(policy))
		c := dial(t, listen(t, app))
		c.ask("OPTIONS", "/one%2Ftwo", preflight("https://first.example", requestHeaders+": baggage")...)
		c.ask("GET", "/in/x?y", "Origin: https://other.example")
		c.ask("GET", "//third/", "Origin: https://third.example")
		c.ask("GET", "/%77rong/wrong/wrong", "Origin: https://wrong.example", requestMethod+": WRONG", requestHeaders+": wrong,wrong,wrong")

		for i, want := range wantsKept {
			want.ofDecision(t, observed[i])
			if !want.isAsked {
				continue
			}
			sameRequest(t, asked[0].request, want.request)
			if asked[0].origin != want.origin {
				t.Errorf("origin %d: %v, want %v", i, asked[0].origin, want.origin)
			}
			asked = asked[1:]
		}
	}
}

func sameRequest(t *testing.T, got, want concors.Request) {
	t.Helper()
	if got.Method != want.Method || got.Host != want.Host || got.Path != want.Path || got.RawPath != want.RawPath ||
		!slices.Equal(got.Origin, want.Origin) || !slices.Equal(got.RequestMethod, want.RequestMethod) ||
		!slices.Equal(got.RequestHeaders, want.RequestHeaders) {
		t.Errorf("request %+v, want %+v", got, want)
	}
}

// A handler may change the request before it loses the response, as the proxy
// does: what is written again was decided before.
func TestHandlerChangesTheRequest(t *testing.T) {
	up := upstream(t)
	change := func(c *fiber.Ctx) {
		h := &c.Request().Header
		h.Set("Origin", "https://changed.example")
		h.SetMethod("POST")
		h.SetHost("changed.example")
		c.Request().SetRequestURI("/changed")
	}
	app := newApp()
	app.Use(corsfiber.Middleware(newPolicy(t, config())))
	app.Get("/set", func(c *fiber.Ctx) error {
		change(c)
		c.Response().Reset()
		return nil
	})
	// In place, where the view of a buffer would show it.
	app.Get("/overwrite", func(c *fiber.Ctx) error {
		for _, value := range c.Request().Header.PeekAll("Origin") {
			copy(value, strings.Repeat("x", len(value)))
		}
		c.Response().Reset()
		return nil
	})
	app.Get("/delete", func(c *fiber.Ctx) error {
		c.Request().Reset()
		c.Request().Header.Set("X-Other", strings.Repeat("x", 100))
		c.Response().Reset()
		return nil
	})
	app.Get("/proxy", func(c *fiber.Ctx) error {
		change(c)
		return proxy.Do(c, up+"/plain")
	})
	c := dial(t, listen(t, app))
	for _, v := range visitors {
		for _, target := range []string{"/set", "/overwrite", "/delete"} {
			t.Run(target+" "+v.name, func(t *testing.T) {
				c.ask("GET", target, v.lines...).want(t, 200, plus(v.fields, "Vary: Origin")...)
			})
		}
		t.Run("/proxy "+v.name, func(t *testing.T) {
			c.ask("GET", "/proxy", v.lines...).want(t, 201, plus(v.fields, "Vary: Accept, Origin")...)
		})
	}
}

// overwrite overwrites every field of the response in place, if the request
// asks for it. Content-Type is none of the middleware's: fasthttp hands out one
// default for all responses.
func overwrite(c *fiber.Ctx) {
	if c.Get("X-Overwrite") == "" {
		return
	}
	c.Response().Header.VisitAll(func(name, value []byte) {
		if string(name) != "Content-Type" {
			copy(value, strings.Repeat("x", len(value)))
		}
	})
}

// overwriting is an app that overwrites what it sees, before the policy's
// middleware has returned and after.
func overwriting(policy *concors.Policy) *fiber.App {
	app := newApp()
	app.Use(func(c *fiber.Ctx) error {
		err := c.Next()
		overwrite(c)
		return err
	}, corsfiber.Middleware(policy))
	app.Get("/", func(c *fiber.Ctx) error {
		overwrite(c)
		return nil
	})
	app.Get("/reset", func(c *fiber.Ctx) error {
		c.Response().Reset()
		return nil
	})
	return app
}

// allowedAnswers are the fields of every answer that one of the two policies
// can give.
func allowedAnswers() []string {
	actual := func(expose string) string {
		return strings.Join([]string{"Access-Control-Allow-Credentials: true", "Access-Control-Allow-Origin: " + page,
			"Access-Control-Expose-Headers: " + expose, "Vary: Origin"}, "\n")
	}
	ofPreflight := strings.Join(granted, "\n")
	return []string{actual("X-Request-Id"), actual("X-Other, X-Another"),
		ofPreflight, strings.Replace(ofPreflight, "Age: 600", "Age: 60", 1), "Vary: Origin"}
}

// askOverwriting has two answers overwritten, and looks at others.
func askOverwriting(t *testing.T, c *client, allowed []string) {
	t.Helper()
	for range 5 {
		c.raw("GET", "/", "Origin: "+page, "X-Overwrite: yes")
		c.raw("OPTIONS", "/", preflight(page, "X-Overwrite: yes")...)
		for _, a := range []answer{
			c.raw("GET", "/", "Origin: "+page), c.raw("OPTIONS", "/", preflight(page)...),
			c.raw("GET", "/reset", "Origin: "+page), c.raw("GET", "/", "Origin: "+stranger),
		} {
			if got := strings.Join(a.fields(), "\n"); !slices.Contains(allowed, got) {
				t.Errorf("answer %d with\n%s", a.status, got)
			}
		}
	}
}

// Handlers overwrite every response field that they see, in place, while the
// policy is reloaded. Every answer is wholly that of one policy, and none shows
// what a handler of another request wrote.
func TestOverwrittenFieldsHarmNobody(t *testing.T) {
	one, two := config(), config()
	two.ExposeHeaders, two.MaxAge = []string{"X-Other", "X-Another"}, 60
	policy := newPolicy(t, one)
	addr, allowed := listen(t, overwriting(policy)), allowedAnswers()
	var wg sync.WaitGroup
	for range 100 {
		c := dial(t, addr)
		wg.Go(func() { askOverwriting(t, c, allowed) })
	}
	wg.Go(func() {
		for range 50 {
			for _, cfg := range []concors.Config{two, one} {
				if err := policy.Reload(cfg); err != nil {
					t.Error(err)
				}
			}
		}
	})
	wg.Wait()
}
