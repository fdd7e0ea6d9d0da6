//go:build e2e

package cache

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// spoil puts a server before an example that answers as it does, but leaves
// names out of Vary where the fault says so, and a cache before that.
func spoil(t *testing.T, example string, fault func(header http.Header) (leaveOut []string)) *site {
	t.Helper()
	proxy := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: example})
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	proxy.Transport = transport
	proxy.ModifyResponse = func(r *http.Response) error {
		leaveOut := fault(r.Header)
		names := slices.DeleteFunc(varyNames(r.Header), func(name string) bool { return slices.Contains(leaveOut, name) })
		r.Header.Del("Vary")
		if len(names) > 0 {
			r.Header.Set("Vary", strings.Join(names, ", "))
		}
		return nil
	}
	server := httptest.NewServer(proxy)
	t.Cleanup(server.Close)
	return newSite(t, server.Listener.Addr().String())
}

// What these tests look for is there to be found: a server that forgets Vary
// has each visitor's answer given to those who come later.
func TestWithoutVary(t *testing.T) {
	e := startExample(t, "stdlib")
	s := spoil(t, e.server, func(http.Header) []string { return []string{"Origin"} })
	for i, want := range []int{
		// Every answer is the first visitor's. If that is one of n pages, the
		// other n+1 visitors are told something wrong, else the n pages are,
		// each of them twice: (n * (n+1) + 2 * n) * 2 in (n+1)! orders.
		(1*2 + 2*1) * 2 * 2,
		(2*3 + 2*2) * 2 * 6,
		(3*4 + 2*3) * 2 * 24,
	} {
		n := i + 1
		e.allow(t, policyFor(t, n))
		visitors := visitorsOf(n)
		f := s.play(t, "/hello", visitors, ordersOf(len(visitors)))
		t.Logf("%d allowed: %d mix-ups", n, len(f.mixUps))
		if len(f.mixUps) != want {
			t.Errorf("%d allowed: %d mix-ups are found, want %d", n, len(f.mixUps), want)
		}
	}
}

// Most servers forget it only where nothing is granted: those answers reach
// the pages that are allowed.
func TestVaryOnlyWhereAllowed(t *testing.T) {
	e := startExample(t, "stdlib")
	s := spoil(t, e.server, func(header http.Header) []string {
		if header.Get("Access-Control-Allow-Origin") != "" {
			return nil
		}
		return []string{"Origin"}
	})
	for n := range pages {
		e.allow(t, policyFor(t, n+1))
		visitors := visitorsOf(n + 1)
		f := s.play(t, "/hello", visitors, ordersOf(len(visitors)))
		t.Logf("%d allowed: %d mix-ups", n+1, len(f.mixUps))
		if len(f.mixUps) == 0 {
			t.Errorf("%d allowed: no mix-up is found", n+1)
		}
	}
}

// Each of the fields that the answer to a preflight depends on is missed.
func TestPreflightsWithoutVary(t *testing.T) {
	e := startExample(t, "stdlib")
	e.allow(t, policyFor(t, 2))
	tests := []struct {
		name     string
		visitors []visitor
		want     int
	}{
		// In each of 24 orders the three pages, all asking alike, share the
		// first one's answer: two of them are told something wrong, twice.
		{"Origin", sameQuestion(), 24 * 2 * 2},
		// Of the two that differ in nothing else, the later one is.
		{"Access-Control-Request-Method", samePage(), 24 * 2},
		{"Access-Control-Request-Headers", samePage(), 24 * 2},
	}
	for _, test := range tests {
		s := spoil(t, e.server, func(http.Header) []string { return []string{test.name} })
		f := s.playStored(t, test.visitors)
		t.Logf("without %s: %d mix-ups", test.name, len(f.mixUps))
		if len(f.mixUps) != test.want {
			t.Errorf("without %s: %d mix-ups are found, want %d", test.name, len(f.mixUps), test.want)
		}
	}
}
