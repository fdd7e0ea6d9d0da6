package concors_test

import (
	"context"
	"testing"

	concors "github.com/concors/concors/core"
)

// A WebSocket always carries cookies, so only an origin that is named counts.
func TestAllowsOrigin(t *testing.T) {
	const tenant = "https://t1.example.org"
	admit := concors.WithOriginFunc(func(_ context.Context, o concors.Origin, _ concors.Request) bool { return o.Host == "t1.example.org" })
	listed := concors.Config{AllowOrigins: []string{app, "https://*.example.com", "http://localhost:*", "https://*:8443", "moz-extension://*", "null"}, DangerouslyAllowNullOrigin: true}
	every := concors.Config{AllowOrigins: []string{"*"}}
	anyHost := concors.Config{AllowOrigins: []string{"https://*", "https://*.example.com:*", "https://b.example.org"}}
	parts := concors.Config{Paths: map[string]concors.Config{"/off/": {}, "/ws": listed, "/any/": every}}
	inherited := concors.Config{AllowOrigins: []string{app}, Paths: map[string]concors.Config{"/off/": {}}}
	for _, c := range []struct {
		name string
		cfg  concors.Config
		r    concors.Request
		want bool
	}{
		{"an exact origin", listed, get(app), true},
		{"blanks around", listed, get(" " + app + "\t"), true},
		{"a subdomain", listed, get("https://a.b.example.com"), true},
		{"any port", listed, get("http://localhost:3000"), true},
		{"another", listed, get(other), false},
		{"the apex", listed, get("https://example.com"), false},
		{"a malformed one", listed, get(app + "/"), false},
		{"an empty one", listed, get(""), false},
		{"none", listed, get(), false},
		{"two", listed, get(app, app), false},
		{"null, listed", listed, get("null"), false},
		{"any host of a port", listed, get("https://x.example.org:8443"), false},
		{"any host of a scheme", listed, get("moz-extension://abc"), false},
		{"named beside any host", listed, get("https://a.example.com"), true},
		{"every origin", every, get(app), false},
		{"every origin, none", every, get(), false},
		{"https of any host", anyHost, get("https://a.test"), false},
		{"a wildcard beside any host", anyHost, get("https://a.example.com"), true},
		{"a wildcard with a port beside any host", anyHost, get("https://a.example.com:1"), true},
		{"an exact one beside any host", anyHost, get("https://b.example.org"), true},
		{"no CORS here", parts, at("/off/x", "", get(app)), false},
		{"no key", parts, at("/x", "", get(app)), false},
		{"a key", parts, at("/ws", "", get(app)), true},
		{"a key, another origin", parts, at("/ws", "", get(other)), false},
		{"a key with every origin", parts, at("/any/x", "", get(app)), false},
		{"an ambiguous path", parts, at("/WS", "", get(app)), false},
		{"the outer policy", inherited, at("/ws", "", get(app)), true},
		{"inside, no CORS", inherited, at("/off/ws", "", get(app)), false},
		{"ambiguous under an outer policy", inherited, at("//ws", "", get(app)), false},
	} {
		if got := mustPolicy(t, c.cfg).AllowsOrigin(background, c.r); got != c.want {
			t.Errorf("%s: AllowsOrigin = %v, want %v", c.name, got, c.want)
		}
	}
	for _, c := range []struct {
		name string
		cfg  concors.Config
		r    concors.Request
		want bool
	}{
		{"the function says yes", concors.Config{}, get(tenant), true},
		{"the function says no", concors.Config{}, get(other), false},
		{"no function for null", concors.Config{}, get("null"), false},
		{"no function for two", concors.Config{}, get(tenant, tenant), false},
		{"with credentials", concors.Config{AllowCredentials: true}, get(tenant), true},
		{"http with credentials", concors.Config{AllowCredentials: true}, get("http://t1.example.org"), false},
		{"a pattern of any host comes first", concors.Config{AllowOrigins: []string{"https://*"}}, get(tenant), false},
		{"no CORS here", concors.Config{Paths: map[string]concors.Config{"/r": {}}}, get(tenant), false},
	} {
		if got := mustPolicy(t, c.cfg, admit).AllowsOrigin(background, c.r); got != c.want {
			t.Errorf("with a function, %s: AllowsOrigin = %v, want %v", c.name, got, c.want)
		}
	}
}

// The method is no matter: a WebSocket over HTTP/2 comes with CONNECT.
func TestAllowsOriginWhateverTheMethod(t *testing.T) {
	p := mustPolicy(t, concors.Config{AllowOrigins: []string{app}})
	for _, method := range []string{"GET", "CONNECT", "OPTIONS", ""} {
		if r := (concors.Request{Method: method, Path: "/", Origin: []string{app}}); !p.AllowsOrigin(background, r) {
			t.Errorf("%q: AllowsOrigin = false", method)
		}
	}
}
