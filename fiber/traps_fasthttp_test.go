package corsfiber_test

import (
	"net"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	corsfiber "github.com/concors/concors/fiber"
)

// What fasthttp reads before Fiber has a say.

// A trailer counts as a field of the head, so it makes a request CORS, and a
// second Origin makes several. Where bodies are streamed, the policy decides
// before the trailer is there.
//
// README fiber: trailers of a chunked body count as header fields
func TestTrailers(t *testing.T) {
	start := func(cfg fiber.Config) string {
		app := newApp(cfg)
		app.Use(corsfiber.Middleware(newPolicy(t, config())), ok)
		return listen(t, app)
	}
	addr, streaming := start(fiber.Config{}), start(fiber.Config{StreamRequestBody: true})
	chunked := func(t *testing.T, addr, trailer string, lines ...string) answer {
		t.Helper()
		lines = plus(lines, "Transfer-Encoding: chunked", "Trailer: Origin\r\n\r\n3\r\nabc\r\n0", trailer)
		return ask(t, addr, "PUT", "/", lines...)
	}
	for _, v := range visitors[:2] {
		t.Run(v.name, func(t *testing.T) {
			chunked(t, addr, v.lines[0]).want(t, 200, plus(v.fields, "Vary: Origin")...)
		})
	}
	t.Run("beside one in the head", func(t *testing.T) {
		chunked(t, addr, "Origin: "+page, "Origin: "+page).want(t, 200, "Vary: Origin")
	})
	t.Run("another field", func(t *testing.T) {
		chunked(t, addr, "X-Sum: 1", "Origin: "+page).want(t, 200, plus(visitors[0].fields, "Vary: Origin")...)
	})
	t.Run("of a body that is streamed", func(t *testing.T) {
		chunked(t, streaming, "Origin: "+page).want(t, 200, "Vary: Origin")
		chunked(t, streaming, "Origin: "+page, "Origin: "+page).want(t, 200, plus(visitors[0].fields, "Vary: Origin")...)
	})
}

// A server that leaves names as they came, under an app that counts on their
// usual spelling, hides the origin of a client that spells it otherwise.
//
// README fiber: `app.Handler()` under a `fasthttp.Server` that you built
func TestServersOfYourOwn(t *testing.T) {
	for _, test := range []struct {
		name        string
		server, app bool // normalizing is off
		isReadable  bool
	}{
		{"trap", true, false, false},
		{"off in both", true, true, true},
		{"on in both", false, false, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			app := newApp(fiber.Config{DisableHeaderNormalizing: test.app})
			app.Use(corsfiber.Middleware(newPolicy(t, config())), ok)
			addr := serve(t, &fasthttp.Server{Handler: app.Handler(), DisableHeaderNamesNormalizing: test.server})
			actual, status, ofPreflight := []string{"Vary: Origin"}, 200, []string{varyOptions}
			if test.isReadable {
				actual, status, ofPreflight = plus(visitors[0].fields, "Vary: Origin"), 204, granted
			}
			ask(t, addr, "GET", "/", "origin: "+page).want(t, 200, actual...)
			lower := strings.ToLower(requestMethod)
			ask(t, addr, "OPTIONS", "/", "origin: "+page, lower+": PUT").want(t, status, ofPreflight...)
			ask(t, addr, "GET", "/", "Origin: "+page).want(t, 200, plus(visitors[0].fields, "Vary: Origin")...)
		})
	}
}

// serve is listen for a server that is none of Fiber's.
func serve(t *testing.T, server *fasthttp.Server) string {
	t.Helper()
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ln) }()
	t.Cleanup(func() {
		if err := server.Shutdown(); err != nil {
			t.Errorf("shutting down: %v", err)
		}
		ln.Close() // Shutdown overlooks a server that has not begun yet
		if err := <-ended; err != nil {
			t.Errorf("serving: %v", err)
		}
	})
	return ln.Addr().String()
}
