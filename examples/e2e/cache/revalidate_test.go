//go:build e2e

package cache

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
)

const tag = `"hello-1"`

// cacheSaysNotModified: a browser that has an answer is told by the cache that
// it may keep it, with the fields of that browser's page.
func (e example) cacheSaysNotModified(t *testing.T) {
	t.Helper()
	url := e.fresh("/hello")
	visitors := visitorsOf(2)
	for _, v := range visitors {
		e.ask(t, e.cache, url, v)
	}
	for _, v := range with(visitors, "If-None-Match", tag) {
		a := e.ask(t, e.cache, url, v)
		if !a.hit() {
			t.Errorf("%q (%s): the answer does not come from the cache", v.header["Origin"], v.kind)
		}
		v.wantRight(t, a, http.StatusNotModified)
	}
}

// wantRight checks one answer that varies by Origin.
func (v visitor) wantRight(t *testing.T, a answer, status int) {
	t.Helper()
	if a.status != status || !a.varies() {
		t.Errorf("%q (%s): status %d, Vary %q, want %d and Origin", v.header["Origin"], v.kind, a.status, a.header["Vary"], status)
	}
	if wrong := v.wrong(a); wrong != "" {
		t.Errorf("%q (%s): %s", v.header["Origin"], v.kind, wrong)
	}
}

// The cache asks the server whether what it holds for a page is still right.
// The server's 304 has the fields of that page, which replace the stored ones.
func TestServerSaysNotModified(t *testing.T) {
	policy := adaptertest.NewPolicy(t, concors.Config{AllowOrigins: pages[:2], AllowCredentials: true})
	unchanged := make(chan string, 100) // the origins that were answered with 304
	server := httptest.NewServer(corshttp.Middleware(policy)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			unchanged <- r.Header.Get("Origin")
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, "hello")
	})))
	t.Cleanup(server.Close)
	s := newSite(t, server.Listener.Addr().String())
	visitors := visitorsOf(2)
	for _, order := range ordersOf(len(visitors)) {
		url := s.fresh("/")
		for _, i := range slices.Concat(order, order) {
			visitors[i].wantRight(t, s.ask(t, s.cache, url, visitors[i]), http.StatusOK)
		}
		if n := len(unchanged); n > 0 {
			t.Fatalf("%d answers were asked for again before they were stale", n)
		}
		s.ask(t, s.cache, url, visitor{method: "PURGE"})
		slices.Reverse(order)
		for _, i := range slices.Concat(order, order) { // the second time from the cache
			visitors[i].wantRight(t, s.ask(t, s.cache, url, visitors[i]), http.StatusOK)
		}
		if n := len(unchanged); n != len(order) {
			t.Fatalf("the server is asked %d times whether its answers have changed, want %d", n, len(order))
		}
		for _, i := range order {
			if got, want := <-unchanged, visitors[i].header.Get("Origin"); got != want {
				t.Fatalf("the server is asked for %q, want %q", got, want)
			}
		}
	}
}
