package demo

import (
	"net/http"
	"strings"
	"testing"
)

func TestOnlyThePageItself(t *testing.T) {
	s := newSite(t, settings{})
	set := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	host := func(name string) func(*http.Request) {
		return func(r *http.Request) { r.Host = name }
	}
	from := func(addr string) func(*http.Request) {
		return func(r *http.Request) { r.RemoteAddr = addr }
	}
	// without Sec-Fetch-Site, as from older browsers, which send Origin
	origin := func(value string) func(*http.Request) {
		return func(r *http.Request) {
			r.Header.Del("Sec-Fetch-Site")
			if value != "" {
				r.Header.Set("Origin", value)
			}
		}
	}
	tests := []struct {
		name   string
		change func(*http.Request)
		status int // 0: let through
	}{
		{"the page", nil, 0},
		{"the page, opened by address", host("127.0.0.1:" + s.port), 0},
		{"the page, opened by its IPv6 address", host("[::1]:" + s.port), 0},
		{"another spelling", host("LOCALHOST:" + s.port), 0},
		{"from IPv6", from("[::1]:50000"), 0},
		{"from IPv4 on an IPv6 socket", from("[::ffff:127.0.0.1]:50000"), 0},
		{"the address bar", set("Sec-Fetch-Site", "none"), 0},
		{"curl", origin(""), 0},
		{"an older browser", origin("http://localhost:" + s.port), 0},

		{"another site", set("Sec-Fetch-Site", "cross-site"), 403},
		{"another port of localhost", set("Sec-Fetch-Site", "same-site"), 403},
		{"another site, older browser", origin("https://evil.example"), 403},
		{"another port, older browser", origin("http://localhost:1"), 403},
		{"a sandboxed frame", origin("null"), 403},
		{"a name that points here", host("evil.example:" + s.port), 421},
		{"a name that points here, no port", host("evil.example"), 421},
		{"another port", host("localhost:1"), 421},
		{"no port", host("localhost"), 421},
		{"a longer name", host("localhost.evil.example:" + s.port), 421},
		{"no host", host(""), 421},
		{"another machine", from("192.0.2.1:50000"), 403},
		{"another machine by IPv6", from("[2001:db8::1]:50000"), 403},
		{"nowhere", from("@"), 403},
	}
	before := s.policy.Fingerprint()
	asked := []struct {
		method, target, body string
		status               int
	}{
		{"GET", "/policy", "", 200}, {"GET", "/exchanges?id=a", "", 200}, {"DELETE", "/policy", "", 200}, {"PUT", "/policy", edited, 200},
	}
	for _, test := range tests {
		for _, a := range asked {
			want := a.status
			if test.status != 0 {
				want = test.status
			}
			w := s.ask(a.method, a.target, a.body, test.change)
			if w.Code != want {
				t.Errorf("%s, %s %s: status %d, want %d", test.name, a.method, a.target, w.Code, want)
			}
			if test.status != 0 && strings.Contains(w.Body.String(), "allowOrigins") {
				t.Errorf("%s, %s %s: %s", test.name, a.method, a.target, w.Body)
			}
		}
		if changed := s.policy.Fingerprint() != before; changed != (test.status == 0) {
			t.Errorf("%s: the policy is changed: %t", test.name, changed)
		}
		if _, err := s.live.reset(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOtherMethodsAndIdentifiers(t *testing.T) {
	s := newSite(t, settings{})
	for _, a := range []struct {
		method, target string
		status         int
	}{
		{"POST", "/policy", 405}, {"OPTIONS", "/policy", 405}, {"DELETE", "/exchanges?id=a", 405},
		{"GET", "/exchanges", 400}, {"GET", "/exchanges?id=%3Cb%3E", 400},
		{"GET", "/exchanges?id=" + strings.Repeat("a", 65), 400},
	} {
		if w := s.ask(a.method, a.target, "", nil); w.Code != a.status {
			t.Errorf("%s %s: status %d, want %d", a.method, a.target, w.Code, a.status)
		}
	}
}

// The page runs no script but its own, and no other page frames or reads it.
func TestPageIsSealed(t *testing.T) {
	s := newSite(t, settings{})
	for _, target := range []string{"/", "/app.js", "/config.json", "/policy"} {
		header := s.ask("GET", target, "", nil).Header()
		policy := header.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self';", "style-src 'self';", "connect-src 'self' " + baseURL(s.api) + ";", "frame-ancestors 'none'", "form-action 'none'", "base-uri 'none'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s: %q is not in %q", target, part, policy)
			}
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin"} {
			if got := header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", target, name, got, want)
			}
		}
	}
}

func TestSourceOfAnAddress(t *testing.T) {
	for base, want := range map[string]string{"http://127.0.0.1:8080": "http://127.0.0.1:8080", "http://[::1]:8080": "http:"} {
		if got := cspSource(base); got != want {
			t.Errorf("%s is named %s, want %s", base, got, want)
		}
	}
}
