package traps

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/cache"
	"github.com/gofiber/fiber/v2/middleware/idempotency"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

// Fiber has two middlewares that keep an answer for later visitors. What they
// keep of its fields was decided for the first visitor alone.

// Two pages that the policy lists, and one that it does not.
const (
	firstPage = adaptertest.App
	nextPage  = "https://admin.example.com"
	strange   = "https://other.example.org"
)

// README fiber: the cache middleware knows no `Vary`
func TestFiberCacheKeepsNoFields(t *testing.T) {
	cors := twoPages(t)
	get := func(url, origin string) kept { return askKept(t, url, http.MethodGet, origin) }

	storing := cache.New(cache.Config{Expiration: time.Hour, StoreResponseHeaders: true})
	url := serveKept(t, cors, storing)
	get(url, firstPage).wantReadable(t, "storing, first visit", firstPage, "miss")
	for _, origin := range []string{nextPage, strange, ""} {
		a := get(url, origin)
		if a.cache() != "hit" || !slices.Equal(a.allowed(), []string{firstPage}) {
			t.Errorf("trap, %q after %q: cache %q, allowed origins %q; want hit, [%q]: is the advice needed still?",
				origin, firstPage, a.cache(), a.allowed(), firstPage)
		}
	}

	url = serveKept(t, cache.New(cache.Config{Expiration: time.Hour}), cors)
	get(url, firstPage).wantReadable(t, "in front, first visit", firstPage, "miss")
	for _, origin := range []string{firstPage, nextPage} {
		if a := get(url, origin); a.cache() != "hit" || a.allowed() != nil {
			t.Errorf("trap, cache in front, %q: cache %q, allowed origins %q; want hit, none: is the order needed still?",
				origin, a.cache(), a.allowed())
		}
	}

	url = serveKept(t, cors, cache.New(cache.Config{Expiration: time.Hour}))
	get(url, firstPage).wantReadable(t, "first visit", firstPage, "miss")
	for _, origin := range []string{nextPage, firstPage} {
		get(url, origin).wantReadable(t, origin, origin, "hit")
	}
	for _, origin := range []string{strange, ""} {
		a := get(url, origin)
		adaptertest.WantUnreadable(t, "visit by "+origin, a.Response, http.StatusCreated)
		if a.cache() != "hit" || !adaptertest.Varies(a.Header, "Origin") {
			t.Errorf("visit by %q: cache %q, Vary %q; want hit, and Origin in Vary", origin, a.cache(), a.Header["Vary"])
		}
	}
}

// README fiber: the idempotency middleware keeps every field
func TestFiberIdempotencyKeepsNoFields(t *testing.T) {
	cors := twoPages(t)
	const key = "8d7b1f0e-6a43-4c52-9f0a-2b6f3f1c9e57" // 36 bytes, as the middleware demands
	post := func(url, origin string) kept {
		return askKept(t, url, http.MethodPost, origin, "X-Idempotency-Key", key)
	}

	// By default it keeps every field, and takes an empty list for none given.
	for name, keep := range map[string][]string{"default": nil, "empty list": {}} {
		url := serveKept(t, cors, idempotency.New(idempotency.Config{KeepResponseHeaders: keep}))
		post(url, firstPage).wantReadable(t, name+", first try", firstPage, "")
		for _, origin := range []string{firstPage, nextPage} {
			a := post(url, origin)
			if !slices.Equal(a.allowed(), []string{origin, firstPage}) || a.readableBy(origin) || !a.isFirst() {
				t.Errorf("trap, %s, %q after %q: body %q, allowed origins %q; want the first body, [%q %q]: is a list needed still?",
					name, origin, firstPage, a.body, a.allowed(), origin, firstPage)
			}
		}
	}

	list := idempotency.Config{KeepResponseHeaders: []string{"Content-Type", "Location"}}
	url := serveKept(t, idempotency.New(list), cors)
	post(url, firstPage).wantReadable(t, "in front, first try", firstPage, "")
	if a := post(url, firstPage); a.allowed() != nil || !a.isFirst() {
		t.Errorf("trap, in front: body %q, allowed origins %q; want the first body, none: is the order needed still?",
			a.body, a.allowed())
	}

	url = serveKept(t, cors, idempotency.New(list))
	post(url, firstPage).wantReadable(t, "first try", firstPage, "")
	for _, origin := range []string{firstPage, nextPage} {
		a := post(url, origin)
		a.wantReadable(t, "another try by "+origin, origin, "")
		if got := a.Header["Location"]; !slices.Equal(got, []string{"/runs/1"}) {
			t.Errorf("another try by %q: Location %q, want that of the first", origin, got)
		}
	}
	adaptertest.WantUnreadable(t, "another try by a strange page", post(url, strange).Response, http.StatusCreated)
}

// twoPages is the middleware of a policy that lists firstPage and nextPage.
func twoPages(t *testing.T) fiber.Handler {
	t.Helper()
	return corsfiber.Middleware(adaptertest.NewPolicy(t, concors.Config{AllowOrigins: []string{firstPage, nextPage}}))
}

// serveKept serves an app with the middlewares and a handler that says how
// often it has run, on a free port of the loopback until the test ends. It
// returns the app's URL.
func serveKept(t *testing.T, middlewares ...fiber.Handler) (url string) {
	t.Helper()
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	for _, m := range middlewares {
		app.Use(m)
	}
	var runs atomic.Int64
	app.All("/", func(c *fiber.Ctx) error {
		n := runs.Add(1)
		c.Location(fmt.Sprintf("/runs/%d", n))
		return c.Status(fiber.StatusCreated).JSON(fiber.Map{"run": n})
	})
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- app.Listener(ln) }()
	t.Cleanup(func() {
		if err := app.Shutdown(); err != nil {
			t.Errorf("shutting down: %v", err)
		}
		ln.Close() // Shutdown overlooks a server that has not begun yet
		if err := <-ended; err != nil {
			t.Errorf("serving: %v", err)
		}
	})
	return "http://" + ln.Addr().String() + "/"
}

// kept is an answer that may have been kept from an earlier visit.
type kept struct {
	*http.Response
	body string
}

// askKept sends a request from the page at origin, or from none if that is
// empty, on a connection of its own: one that stays open would hold up the
// server's shutdown.
func askKept(t *testing.T, url, method, origin string, fields ...string) kept {
	t.Helper()
	r, err := http.NewRequest(method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if origin != "" {
		r.Header.Set("Origin", origin)
	}
	for pair := range slices.Chunk(fields, 2) {
		r.Header.Set(pair[0], pair[1])
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return kept{res, string(data)}
}

func (a kept) cache() string     { return a.Header.Get("X-Cache") }
func (a kept) allowed() []string { return a.Header["Access-Control-Allow-Origin"] }
func (a kept) isFirst() bool     { return a.body == `{"run":1}` }

// readableBy reports whether a browser lets the page at origin read the answer.
// It takes all lines of the field for one value, so that no origin equals two
// (Fetch, CORS check, steps 1 and 4).
func (a kept) readableBy(origin string) bool {
	return strings.Join(a.allowed(), ", ") == origin
}

// wantReadable checks that the page at origin may read the first run's answer,
// that shared caches are told of it, and what Fiber's cache says.
func (a kept) wantReadable(t *testing.T, what, origin, cached string) {
	t.Helper()
	if !a.readableBy(origin) || !adaptertest.Varies(a.Header, "Origin") {
		t.Errorf("%s: allowed origins %q, Vary %q; want [%q] and Origin in Vary", what, a.allowed(), a.Header["Vary"], origin)
	}
	kind := a.Header.Get("Content-Type")
	if a.StatusCode != http.StatusCreated || !a.isFirst() || kind != fiber.MIMEApplicationJSON || a.cache() != cached {
		t.Errorf("%s: status %d, Content-Type %q, body %q, cache %q; want 201, JSON, the first body, %q",
			what, a.StatusCode, kind, a.body, a.cache(), cached)
	}
}
