package corsfiber_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

const requestMethod, requestHeaders = "Access-Control-Request-Method", "Access-Control-Request-Headers"

// A preflight by its field lines, and what is decided about it.
type preflightLines struct {
	name                    string
	origin, method, headers []string
	reason                  concors.Reason
	detail                  string
}

var fieldLines = []preflightLines{
	{"one each", []string{page}, []string{"PUT"}, []string{"authorization"}, concors.ReasonAllowed, ""},
	{"two origins", []string{page, stranger}, []string{"PUT"}, nil, concors.ReasonSeveralOrigins, stranger},
	{"the same origin twice", []string{page, page}, []string{"PUT"}, nil, concors.ReasonSeveralOrigins, page},
	{"an empty origin", []string{""}, []string{"PUT"}, nil, concors.ReasonOriginMalformed, ""},
	{"two methods", []string{page}, []string{"PUT", "DELETE"}, nil, concors.ReasonMethodMalformed, "DELETE"},
	{"an empty method", []string{page}, []string{""}, nil, concors.ReasonMethodMalformed, ""},
	{"headers on three lines", []string{page}, []string{"PUT"}, []string{"authorization", "", "content-type,"}, concors.ReasonAllowed, ""},
	{"a refused header on the last line", []string{page}, []string{"PUT"}, []string{"authorization", "content-type,baggage"}, concors.ReasonHeaderNotAllowed, "baggage"},
	{"white space behind", []string{page + " \t "}, []string{"PUT\t"}, []string{"authorization \t, content-type \t"}, concors.ReasonAllowed, ""},
	{"white space before", []string{" \t" + page}, []string{" \tPUT"}, []string{"\t authorization"}, concors.ReasonAllowed, ""},
}

// lines are the field lines with their names spelled by spell.
func (p preflightLines) lines(spell func(string) string) []string {
	var lines []string
	add := func(name string, values []string) {
		for _, value := range values {
			lines = append(lines, spell(name)+": "+value)
		}
	}
	add("Origin", p.origin)
	add(requestMethod, p.method)
	add(requestHeaders, p.headers)
	return lines
}

// wantHeard compares what the observer heard. White space round a value may
// have gone.
func (p preflightLines) wantHeard(t *testing.T, r concors.Request, d concors.Decision) {
	t.Helper()
	if d.Reason() != p.reason || d.Detail() != p.detail {
		t.Errorf("%s %q, want %s %q", d.Reason(), d.Detail(), p.reason, p.detail)
	}
	for _, got := range []struct{ got, want []string }{
		{r.Origin, p.origin}, {r.RequestMethod, p.method}, {r.RequestHeaders, p.headers},
	} {
		if !slices.EqualFunc(got.got, got.want, func(a, b string) bool { return strings.Trim(a, " \t") == strings.Trim(b, " \t") }) {
			t.Errorf("lines %q, want %q", got.got, got.want)
		}
	}
}

// Each field line is an element of its own, however its name is spelled and
// whether Fiber normalizes names or not.
func TestFieldLines(t *testing.T) {
	spell := map[string]func(string) string{
		"as in the standard": func(s string) string { return s },
		"lower case":         strings.ToLower,
		"upper case":         strings.ToUpper,
	}
	for _, disabled := range []bool{false, true} {
		option, next := hear(t)
		app := newApp(fiber.Config{DisableHeaderNormalizing: disabled})
		app.Use(corsfiber.Middleware(newPolicy(t, config(), option)))
		addr := listen(t, app)
		for _, test := range fieldLines {
			for spelling, spell := range spell {
				t.Run(fmt.Sprintf("%s, %s, not normalized %t", test.name, spelling, disabled), func(t *testing.T) {
					a := ask(t, addr, "OPTIONS", "/", test.lines(spell)...)
					if test.reason == concors.ReasonAllowed {
						a.want(t, 204, granted...)
					} else {
						a.want(t, 403, varyOptions)
					}
					r, d := next()
					test.wantHeard(t, r, d)
				})
			}
		}
	}
}

// As with net/http, the fields of a preflight are read on OPTIONS alone.
func TestFieldsOfPreflightsElsewhere(t *testing.T) {
	for _, disabled := range []bool{false, true} {
		option, next := hear(t)
		app := newApp(fiber.Config{DisableHeaderNormalizing: disabled})
		app.Use(corsfiber.Middleware(newPolicy(t, config(), option)))
		addr := listen(t, app)
		ask(t, addr, "GET", "/", preflight(page, requestHeaders+": baggage")...).want(t, 404, plus(visitors[0].fields, "Vary: Origin")...)
		if r, _ := next(); r.RequestMethod != nil || r.RequestHeaders != nil {
			t.Errorf("lines %q and %q, want none", r.RequestMethod, r.RequestHeaders)
		}
	}
}

// Long fields are answered, if Fiber's buffer lets them in at all.
func TestLongFields(t *testing.T) {
	app := newApp(fiber.Config{ReadBufferSize: 2 << 20})
	app.Use(corsfiber.Middleware(newPolicy(t, config())))
	addr := listen(t, app)
	c := dial(t, addr)
	long := strings.Repeat("content-type,", 1_000_000/len("content-type,"))
	c.ask("OPTIONS", "/", preflight(page, requestHeaders+": "+long)...).want(t, 204, granted...)
	c.ask("OPTIONS", "/", preflight(page, requestHeaders+": "+strings.Repeat(",", 1_000_000))...).want(t, 204, granted...)
	c.ask("OPTIONS", "/", preflight(page, requestHeaders+": "+strings.Repeat("a", 1_000_000))...).want(t, 403, varyOptions)
	c.ask("GET", "/", "Origin: https://"+strings.Repeat("a.", 32<<10)+"com").want(t, 404, "Vary: Origin")
	c.ask("OPTIONS", "/", preflight("https://"+strings.Repeat("a", 64<<10))...).want(t, 403, varyOptions)
	// The connection, and the memory behind it, serve ordinary requests on.
	c.ask("OPTIONS", "/", preflight(page)...).want(t, 204, granted...)
	c.ask("GET", "/", "Origin: "+page).want(t, 404, plus(visitors[0].fields, "Vary: Origin")...)
}

type contextKey struct{}

// The functions of a policy get the context that was set on the request, and
// fasthttp's own, which is used again, never.
func TestContext(t *testing.T) {
	var got []context.Context
	policy := newPolicy(t, config(), concors.WithObserver(func(ctx context.Context, _ concors.Request, _ concors.Decision) {
		got = append(got, ctx)
	}))
	app := newApp()
	app.Use("/with", func(c *fiber.Ctx) error {
		c.SetUserContext(context.WithValue(context.Background(), contextKey{}, "set"))
		return c.Next()
	})
	app.Use(corsfiber.Middleware(policy))
	addr := listen(t, app)
	ask(t, addr, "GET", "/with", "Origin: "+page)
	ask(t, addr, "GET", "/other", "Origin: "+page)
	if got[0].Value(contextKey{}) != "set" || got[1] != context.Background() {
		t.Errorf("contexts %v, want one with the value and the background", got)
	}
}

// A context that is done makes the origin function too late.
func TestOriginFunction(t *testing.T) {
	option, next := hear(t)
	policy := newPolicy(t, concors.Config{}, option, concors.WithOriginFunc(
		func(_ context.Context, o concors.Origin, r concors.Request) bool {
			return o.Host == "app.example.com" && r.Method == "GET" && r.Path == "/a b" && r.Host == "api.example.com"
		}))
	app := newApp()
	app.Use(func(c *fiber.Ctx) error {
		if c.Get("X-Late") != "" {
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			c.SetUserContext(ctx)
		}
		return c.Next()
	}, corsfiber.Middleware(policy))
	addr := listen(t, app)
	tests := []struct {
		target string
		lines  []string
		reason concors.Reason
	}{
		{"/a%20b", []string{"Origin: " + page}, concors.ReasonAllowed},
		{"/a%20b", []string{"Origin: " + page, "X-Late: yes"}, concors.ReasonOriginFuncLate},
		{"/a", []string{"Origin: " + page}, concors.ReasonOriginNotAllowed},
		{"/a%20b", []string{"Origin: " + stranger}, concors.ReasonOriginNotAllowed},
	}
	for _, test := range tests {
		ask(t, addr, "GET", test.target, test.lines...)
		if _, d := next(); d.Reason() != test.reason {
			t.Errorf("GET %s with %q: %s, want %s", test.target, test.lines, d.Reason(), test.reason)
		}
	}
}
