//go:build !race

package corsfiber_test

import (
	"context"
	"fmt"
	"net"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

// A workload is a request that comes again and again under one policy.
type workload struct {
	name   string
	config concors.Config
	method string
	lines  []string
	status int
}

var (
	one     = concors.Config{AllowOrigins: []string{page}}
	headers = requestHeaders + ": authorization,content-type"
)

// usual are the workloads of every day.
func usual() []workload {
	reflecting := concors.Config{AllowOrigins: []string{page}, AllowCredentials: true, AllowMethods: []string{"*"}, AllowHeaders: []string{"*"}}
	origin := []string{"Origin: " + page}
	return []workload{
		{"not CORS", one, "GET", nil, 200},
		{"actual", one, "GET", origin, 200},
		{"actual, denied", one, "GET", []string{"Origin: " + stranger}, 200},
		{"actual, credentials", config(), "GET", origin, 200},
		{"preflight", config(), "OPTIONS", preflight(page, headers), 204},
		{"preflight, denied", config(), "OPTIONS", preflight(stranger, headers), 403},
		{"preflight, names reflected", reflecting, "OPTIONS", preflight(page, headers), 204},
	}
}

// large are those with many patterns.
func large() []workload {
	exact := func(n int) concors.Config {
		origins := make([]string, n)
		for i := range origins {
			origins[i] = fmt.Sprintf("https://tenant-%07d.example.com", i)
		}
		origins[n-1] = page
		return concors.Config{AllowOrigins: origins}
	}
	var wild concors.Config
	for i := range 100 {
		wild.AllowOrigins = append(wild.AllowOrigins, fmt.Sprintf("https://*.tenant-%07d.example.com", i))
	}
	origin := []string{"Origin: " + page}
	return []workload{
		{"10 origins", exact(10), "GET", origin, 200},
		{"100 origins", exact(100), "GET", origin, 200},
		{"10,000 origins", exact(10_000), "GET", origin, 200},
		{"1,000,000 origins", exact(1_000_000), "GET", origin, 200},
		{"100 wildcards", wild, "GET", []string{"Origin: https://a.b.tenant-0000099.example.com"}, 200},
		{"100 wildcards, denied", wild, "GET", []string{"Origin: https://a.b.tenant-0000100.example.com"}, 200},
	}
}

// hostile are those that want to cost much.
func hostile() []workload {
	list := func(headers string) []string { return preflight(page, requestHeaders+": "+headers) }
	const name = "content-type,"
	return []workload{
		{"origin of 64 KiB", one, "GET", []string{"Origin: https://" + strings.Repeat("a", 64<<10)}, 200},
		{"64 KiB of one name", config(), "OPTIONS", list(strings.Repeat(name, (64<<10)/len(name))), 204},
		{"64 KiB of blanks", config(), "OPTIONS", list(strings.Repeat(" ", 64<<10) + name), 204},
		{"1,000,000 bytes of one name", config(), "OPTIONS", list(strings.Repeat(name, 1_000_000/len(name))), 204},
		{"1,024 empty lines", config(), "OPTIONS", preflight(page, slices.Repeat([]string{requestHeaders + ": "}, 1024)...), 204},
		{"1,024 cookies", config(), "OPTIONS", preflight(page, "Cookie: "+strings.Repeat("a=b; ", 1024)), 204},
		{"1,024 origins", one, "GET", slices.Repeat([]string{"Origin: " + page}, 1024), 200},
	}
}

// A caller calls an app's handler with one context over and over.
type caller struct {
	ctx     *fasthttp.RequestCtx
	handler fasthttp.RequestHandler
}

func newCaller(t *testing.T, w workload, cfg fiber.Config, use ...fiber.Handler) *caller {
	t.Helper()
	app := newApp(cfg)
	for _, handler := range use {
		app.Use(handler)
	}
	app.Add(w.method, "/", func(c *fiber.Ctx) error { return nil })
	c := &caller{new(fasthttp.RequestCtx), app.Handler()}
	req := fasthttp.AcquireRequest()
	if cfg.DisableHeaderNormalizing {
		req.Header.DisableNormalizing()
	}
	req.Header.SetMethod(w.method)
	req.SetRequestURI("/")
	req.SetHost("api.example.com")
	for _, line := range w.lines {
		name, value, _ := strings.Cut(line, ": ")
		req.Header.Add(name, value)
	}
	c.ctx.Init(req, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}, nil)
	return c
}

func (c *caller) call() {
	c.ctx.ResetUserValues()
	c.ctx.Response.Reset()
	c.handler(c.ctx)
}

// cost returns the allocations and the bytes of one call.
func (c *caller) cost() (allocs float64, bytes uint64) {
	const calls = 200
	allocs = testing.AllocsPerRun(calls, c.call)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range calls {
		c.call()
	}
	runtime.ReadMemStats(&after)
	return allocs, (after.TotalAlloc - before.TotalAlloc) / calls
}

// The middleware adds no allocation, however long and many the fields are.
func TestAllocations(t *testing.T) {
	for _, w := range slices.Concat(usual(), large(), hostile()) {
		policy := newPolicy(t, w.config)
		for _, cfg := range []fiber.Config{{}, {DisableHeaderNormalizing: true}} {
			name := w.name
			if cfg.DisableHeaderNormalizing {
				name += ", without normalizing"
			}
			t.Run(name, func(t *testing.T) {
				bare, bareBytes := newCaller(t, w, cfg).cost()
				c := newCaller(t, w, cfg, corsfiber.Middleware(policy))
				allocs, bytes := c.cost()
				if got := c.ctx.Response.StatusCode(); got != w.status {
					t.Fatalf("status %d, want %d", got, w.status)
				}
				if allocs != bare {
					t.Errorf("%v allocations, want %v", allocs, bare)
				}
				// A pool that the garbage collector empties is filled again.
				if bytes > bareBytes+2048 {
					t.Errorf("%d bytes, want about %d", bytes, bareBytes)
				}
			})
		}
	}
}

// fasthttp's VisitAll joins the names of trailers in new memory, which grows
// with what the client sends.
func TestAllocationsBesideTrailers(t *testing.T) {
	long := "Trailer: " + strings.Repeat("x-sum, ", 1024) + "x-sum"
	w := workload{"trailers", config(), "OPTIONS", preflight(page, long), 204}
	bare, _ := newCaller(t, w, fiber.Config{}).cost()
	c := newCaller(t, w, fiber.Config{}, corsfiber.Middleware(newPolicy(t, w.config)))
	if allocs, _ := c.cost(); allocs != bare {
		t.Errorf("%v allocations, want %v", allocs, bare)
	}
	if got := c.ctx.Response.StatusCode(); got != w.status {
		t.Errorf("status %d, want %d", got, w.status)
	}
}

// What a reset loses is written again without allocation as well.
func TestAllocationsAfterReset(t *testing.T) {
	w := workload{"reset", config(), "GET", []string{"Origin: " + page}, 200}
	lose := func(c *fiber.Ctx) error {
		c.Response().Reset()
		return c.Next()
	}
	bare, _ := newCaller(t, w, fiber.Config{}, lose).cost()
	c := newCaller(t, w, fiber.Config{}, corsfiber.Middleware(newPolicy(t, w.config)), lose)
	if allocs, _ := c.cost(); allocs != bare {
		t.Errorf("%v allocations, want %v", allocs, bare)
	}
	if got := string(c.ctx.Response.Header.Peek("Access-Control-Allow-Origin")); got != page {
		t.Errorf("Access-Control-Allow-Origin is %q, want %q", got, page)
	}
}

// An observer is handed copies: a small number, whatever the policy.
func TestAllocationsWithObserver(t *testing.T) {
	observed := 0
	observer := concors.WithObserver(func(context.Context, concors.Request, concors.Decision) { observed++ })
	for _, w := range usual() {
		t.Run(w.name, func(t *testing.T) {
			policy := newPolicy(t, w.config, observer)
			bare, _ := newCaller(t, w, fiber.Config{}).cost()
			allocs, _ := newCaller(t, w, fiber.Config{}, corsfiber.Middleware(policy)).cost()
			// Two fields of the request line, three header fields with a slice
			// each, the context.
			if allocs > bare+12 {
				t.Errorf("%v allocations, want at most %v", allocs, bare+12)
			}
		})
	}
	if observed == 0 {
		t.Error("the observer heard nothing")
	}
}
