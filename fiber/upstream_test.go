package corsfiber_test

import (
	"io"
	"net"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/proxy"
	"github.com/valyala/fasthttp"

	corsfiber "github.com/concors/concors/fiber"
)

// Fields of an upstream stay unless they are stripped, whoever asks.
//
// README fiber: Fiber's proxy replaces the whole response
func TestStripUpstream(t *testing.T) {
	up := upstream(t)
	app := newApp()
	app.Use(corsfiber.Middleware(newPolicy(t, config())))
	app.Get("/do/:name", func(c *fiber.Ctx) error {
		if err := proxy.Do(c, up+"/"+c.Params("name")); err != nil {
			return err
		}
		return corsfiber.StripUpstream(c)
	})
	app.Get("/balancer/:name", proxy.Balancer(proxy.Config{Servers: []string{up}, ModifyResponse: corsfiber.StripUpstream}))
	addr := listen(t, app)
	for _, v := range visitors {
		t.Run(v.name, func(t *testing.T) {
			for _, target := range []string{"/do", "/balancer"} {
				ask(t, addr, "GET", target+"/own", v.lines...).want(t, 201, plus(v.fields, "Vary: Origin")...)
				ask(t, addr, "GET", target+"/plain", v.lines...).want(t, 201, plus(v.fields, "Vary: Accept, Origin")...)
			}
		})
	}
}

// The upstream may be down: then there is nothing to strip.
func TestUpstreamIsDown(t *testing.T) {
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ln.Close()
	app := newApp()
	app.Use(corsfiber.Middleware(newPolicy(t, config())))
	app.Get("/do", func(c *fiber.Ctx) error { return proxy.Do(c, "http://"+ln.Addr().String()) })
	app.Get("/balancer", proxy.Balancer(proxy.Config{Servers: []string{ln.Addr().String()}, ModifyResponse: corsfiber.StripUpstream}))
	addr := listen(t, app)
	for _, v := range visitors {
		for _, target := range []string{"/do", "/balancer"} {
			ask(t, addr, "GET", target, v.lines...).want(t, 500, plus(v.fields, "Vary: Origin")...)
		}
	}
}

// Every Access-Control field goes, in any spelling and number; all else stays.
func TestStripUpstreamInAnySpelling(t *testing.T) {
	up := spelling(t)
	client := &fasthttp.HostClient{Addr: up, DisableHeaderNamesNormalizing: true}
	t.Cleanup(client.CloseIdleConnections)
	app := newApp()
	app.Get("/", func(c *fiber.Ctx) error {
		if err := client.Do(c.Request(), c.Response()); err != nil {
			return err
		}
		return corsfiber.StripUpstream(c)
	})
	a := ask(t, listen(t, app), "GET", "/")
	a.want(t, 200, "Vary: Accept")
	for name, want := range map[string]string{"X-Access-Control-Allow-Origin": "stays", "Access-Control": "stays", "Etag": `"1"`} {
		if got := a.header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if a.body != "ok" {
		t.Errorf("body is %q", a.body)
	}
}

// spelling is an upstream that answers one request with odd names.
func spelling(t *testing.T) (addr string) {
	t.Helper()
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	t.Cleanup(func() {
		ln.Close()
		<-ended
	})
	go func() {
		defer close(ended)
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		if _, err := conn.Read(make([]byte, 4096)); err != nil {
			return
		}
		io.WriteString(conn, strings.ReplaceAll(`HTTP/1.1 200 OK
Content-Length: 2
ETag: "1"
vary: Accept
Access-Control-Allow-Origin: https://one.example
Access-Control-Allow-Origin: https://two.example
access-control-allow-origin: https://three.example
ACCESS-CONTROL-ALLOW-CREDENTIALS: true
Access-Control-Max-Age: 5
Access-Control-Allow-Private-Network: true
Access-Control: stays
X-Access-Control-Allow-Origin: stays

ok`, "\n", "\r\n"))
	}()
	return ln.Addr().String()
}
