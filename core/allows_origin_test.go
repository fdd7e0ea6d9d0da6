package concors_test

import (
	"context"
	"testing"

	concors "github.com/concors/concors/core"
)

var (
	wsListed    = concors.Config{AllowOrigins: []string{app, "https://*.example.com", "http://localhost:*", "https://*:8443", "moz-extension://*", "null"}, DangerouslyAllowNullOrigin: true}
	wsEvery     = concors.Config{AllowOrigins: []string{"*"}}
	wsAnyHost   = concors.Config{AllowOrigins: []string{"https://*", "https://*.example.com:*", "https://b.example.org"}}
	wsParts     = concors.Config{Paths: map[string]concors.Config{"/off/": {}, "/ws": wsListed, "/any/": wsEvery}}
	wsInherited = concors.Config{AllowOrigins: []string{app}, Paths: map[string]concors.Config{"/off/": {}}}
)

// A WebSocket always carries cookies, so only an origin that is named counts.
var allowsOriginCases = []askedCase{
	{"an exact origin", wsListed, get(app), true},
	{"blanks around", wsListed, get(" " + app + "\t"), true},
	{"a subdomain", wsListed, get("https://a.b.example.com"), true},
	{"any port", wsListed, get("http://localhost:3000"), true},
	{"another", wsListed, get(other), false},
	{"the apex", wsListed, get("https://example.com"), false},
	{"a malformed one", wsListed, get(app + "/"), false},
	{"an empty one", wsListed, get(""), false},
	{"none", wsListed, get(), false},
	{"two", wsListed, get(app, app), false},
	{"null, listed", wsListed, get("null"), false},
	{"any host of a port", wsListed, get("https://x.example.org:8443"), false},
	{"any host of a scheme", wsListed, get("moz-extension://abc"), false},
	{"named beside any host", wsListed, get("https://a.example.com"), true},
	{"every origin", wsEvery, get(app), false},
	{"every origin, none", wsEvery, get(), false},
	{"https of any host", wsAnyHost, get("https://a.test"), false},
	{"a wildcard beside any host", wsAnyHost, get("https://a.example.com"), true},
	{"a wildcard with a port beside any host", wsAnyHost, get("https://a.example.com:1"), true},
	{"an exact one beside any host", wsAnyHost, get("https://b.example.org"), true},
	{"no CORS here", wsParts, at("/off/x", "", get(app)), false},
	{"no key", wsParts, at("/x", "", get(app)), false},
	{"a key", wsParts, at("/ws", "", get(app)), true},
	{"a key, another origin", wsParts, at("/ws", "", get(other)), false},
	{"a key with every origin", wsParts, at("/any/x", "", get(app)), false},
	{"an ambiguous path", wsParts, at("/WS", "", get(app)), false},
	{"the outer policy", wsInherited, at("/ws", "", get(app)), true},
	{"inside, no CORS", wsInherited, at("/off/ws", "", get(app)), false},
	{"ambiguous under an outer policy", wsInherited, at("//ws", "", get(app)), false},
}

var allowsOriginFuncCases = []askedCase{
	{"the function says yes", concors.Config{}, get(tenant), true},
	{"the function says no", concors.Config{}, get(other), false},
	{"no function for null", concors.Config{}, get("null"), false},
	{"no function for two", concors.Config{}, get(tenant, tenant), false},
	{"with credentials", concors.Config{AllowCredentials: true}, get(tenant), true},
	{"http with credentials", concors.Config{AllowCredentials: true}, get("http://t1.example.org"), false},
	{"a pattern of any host comes first", concors.Config{AllowOrigins: []string{"https://*"}}, get(tenant), false},
	{"no CORS here", concors.Config{Paths: map[string]concors.Config{"/r": {}}}, get(tenant), false},
}

func TestAllowsOrigin(t *testing.T) {
	for _, c := range allowsOriginCases {
		if got := mustPolicy(t, c.cfg).AllowsOrigin(background, c.r); got != c.want {
			t.Errorf("%s: AllowsOrigin = %v, want %v", c.name, got, c.want)
		}
	}
	admit := concors.WithOriginFunc(func(_ context.Context, o concors.Origin, _ concors.Request) bool { return o.Host == "t1.example.org" })
	for _, c := range allowsOriginFuncCases {
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
