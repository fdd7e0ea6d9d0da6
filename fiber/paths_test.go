package corsfiber_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

// hear returns a policy option and the requests that it hears; each call of
// the function returns the next.
func hear(t *testing.T) (concors.Option, func() (concors.Request, concors.Decision)) {
	t.Helper()
	type heard struct {
		r concors.Request
		d concors.Decision
	}
	queue := make(chan heard, 100)
	option := concors.WithObserver(func(_ context.Context, r concors.Request, d concors.Decision) { queue <- heard{r, d} })
	return option, func() (concors.Request, concors.Decision) {
		t.Helper()
		select {
		case h := <-queue:
			return h.r, h.d
		default:
			t.Fatal("the observer heard nothing")
			panic("unreachable")
		}
	}
}

// A request target and what net/url makes of its path.
var targets = []struct{ target, path, raw string }{
	{"/", "/", ""},
	{"/a", "/a", ""},
	{"/a/", "/a/", ""},
	{"/a/b?x=/c%2Fd", "/a/b", ""},
	{"/a?b://c/d", "/a", ""},
	{"/-._~$&+,/:;=@", "/-._~$&+,/:;=@", ""},
	{"/a%20b", "/a b", ""},
	{"/a%252Fb", "/a%2Fb", ""},
	{"/a%2Fb", "/a/b", "/a%2Fb"},
	{"/a%2fb", "/a/b", "/a%2fb"},
	{"/%61", "/a", "/%61"},
	{"/A/%41", "/A/A", "/A/%41"},
	{"/a%5Cb", `/a\b`, ""},
	{`/a\b`, `/a\b`, `/a\b`},
	{"/a//b", "/a//b", ""},
	{"//a/b", "//a/b", ""},
	{"/a/../b", "/a/../b", ""},
	{"/a/./b", "/a/./b", ""},
	{"/a/%2e%2e/b", "/a/../b", "/a/%2e%2e/b"},
	{`/a"b`, `/a"b`, `/a"b`},
	{"/a!b", "/a!b", "/a!b"},
	{"/a'b", "/a'b", "/a'b"},
	{"/a*b(c)", "/a*b(c)", "/a*b(c)"},
	{"/a[b]|^`{c}<d>", "/a[b]|^`{c}<d>", "/a[b]|^`{c}<d>"},
	{"/\xc3\xa4", "/\xc3\xa4", "/\xc3\xa4"},
	{"/%C3%A4", "/\xc3\xa4", ""},
	{"/\xff", "/\xff", "/\xff"},
	{"/%00", "/\x00", ""},
	{"/a%2F!", "/a/!", "/a%2F!"},
	{"*", "*", ""},
	{"http://api.example.com/a", "/a", ""},
	{"HTTP://api.example.com/a%2Fb?x", "/a/b", "/a%2Fb"},
	{"http://api.example.com:8080//a", "//a", ""},
	{"http://user@api.example.com/a", "/a", ""},
	{"http://api.example.com/%61", "/a", "/%61"},
	{"https://other.example/a/", "/a/", ""},
}

func TestPathIsThatOfNetURL(t *testing.T) {
	option, next := hear(t)
	app := newApp()
	app.Use(corsfiber.Middleware(newPolicy(t, config(), option)))
	addr := listen(t, app)
	for _, test := range targets {
		t.Run(test.target, func(t *testing.T) {
			u, err := url.ParseRequestURI(test.target)
			if err != nil || u.Path != test.path || u.RawPath != test.raw {
				t.Fatalf("net/url gives %q, %q, %v, want %q, %q", u.Path, u.RawPath, err, test.path, test.raw)
			}
			ask(t, addr, "GET", test.target, "Origin: "+page)
			if r, _ := next(); r.Path != test.path || r.RawPath != test.raw {
				t.Errorf("Path %q, RawPath %q, want %q, %q", r.Path, r.RawPath, test.path, test.raw)
			}
		})
	}
}

// Targets that net/http refuses, or that fasthttp cuts, what the policy is asked,
// what Fiber's router takes for the path, and what is decided.
var oddTargets = []struct {
	target, path, raw, routed string
	reason                    concors.Reason
}{
	{"/a/%zz", "/a/%zz", "/a/%zz", "/a/%zz", concors.ReasonPathAmbiguous},
	{"/a/%", "/a/%", "/a/%", "/a/%", concors.ReasonPathAmbiguous},
	{"/a/%4", "/a/%4", "/a/%4", "/a/%4", concors.ReasonPathAmbiguous},
	{"a/b", "a/b", "a/b", "a/b", concors.ReasonPathAmbiguous},
	{"x:a", "x:a", "x:a", "x:a", concors.ReasonPathAmbiguous},
	{"x:%61", "x:%61", "x:%61", "x:%61", concors.ReasonPathAmbiguous},
	{"*", "*", "", "*", concors.ReasonPathAmbiguous},
	{"/a b", "/a b", "/a b", "/a b", concors.ReasonNoPolicy},
	// fasthttp takes # for the end of the path, net/url does not.
	{"/a#b", "/a", "", "/a", concors.ReasonAllowed},
	{"/b#/../a/", "/b", "", "/b", concors.ReasonNoPolicy},
	// No path at all: net/url says "", fasthttp "/", and both mean "/".
	{"http://api.example.com", "/", "", "/", concors.ReasonNoPolicy},
	{"http://api.example.com?a", "", "", "", concors.ReasonNoPolicy},
	// A control byte: fasthttp parses nothing, and the router sees no path.
	{"/a/\tb", "", "/a/\tb", "", concors.ReasonPathAmbiguous},
	{"/b/\tb", "", "/b/\tb", "", concors.ReasonPathAmbiguous},
	// fasthttp takes a host out of these, and the router sees /a/x.
	{"//evil.example/a/x?u=://", "/a/x", "//evil.example/a/x", "/a/x", concors.ReasonPathAmbiguous},
	{"///a/x?u=://", "/a/x", "///a/x", "/a/x", concors.ReasonPathAmbiguous},
}

// Targets that net/http refuses, or that fasthttp cuts, are no part of any
// policy of Paths, unless Fiber's router takes the same path.
func TestOddTargets(t *testing.T) {
	option, next := hear(t)
	app := newApp()
	app.Use(corsfiber.Middleware(newPolicy(t, concors.Config{
		Paths: map[string]concors.Config{"/a/": config(), "/b/": {}},
	}, option)))
	routed := make(chan string, 1)
	app.Use(func(c *fiber.Ctx) error {
		routed <- strings.Clone(c.Path())
		return nil
	})
	addr := listen(t, app)
	for _, test := range oddTargets {
		t.Run(test.target, func(t *testing.T) {
			ask(t, addr, "GET", test.target, "Origin: "+page)
			r, d := next()
			if r.Path != test.path || r.RawPath != test.raw || d.Reason() != test.reason {
				t.Errorf("Path %q, RawPath %q, %s, want %q, %q, %s",
					r.Path, r.RawPath, d.Reason(), test.path, test.raw, test.reason)
			}
			if got := <-routed; got != test.routed {
				t.Errorf("the router sees %q, want %q", got, test.routed)
			}
		})
	}
}

// The host is that of the request, never a forwarded one.
func TestHost(t *testing.T) {
	option, next := hear(t)
	app := newApp() // Fiber trusts forwarded fields of every client unless told otherwise
	app.Use(corsfiber.Middleware(newPolicy(t, config(), option)))
	addr := listen(t, app)
	for target, want := range map[string]string{"/": "api.example.com", "http://other.example:8080/": "other.example:8080",
		"//evil.example/x?u=://": "api.example.com"} {
		ask(t, addr, "GET", target, "Origin: "+page, "X-Forwarded-Host: forwarded.example", "X-Forwarded-For: 192.0.2.1")
		if r, _ := next(); r.Host != want {
			t.Errorf("%s: host %q, want %q", target, r.Host, want)
		}
	}
}
