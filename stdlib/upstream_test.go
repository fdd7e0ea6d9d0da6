package corshttp_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"testing"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
)

// proxy is a reverse proxy behind the middleware, to an upstream with a CORS
// policy of its own.
func proxy(t *testing.T, modify func(*http.Response) error) *httptest.Server {
	t.Helper()
	upstream := adaptertest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("Access-Control-Allow-Origin", "*")
		h["access-control-allow-credentials"] = []string{"true"}
		h["ACCESS-CONTROL-Expose-headers"] = []string{"X-Internal"}
		h.Set("Access-Control-Allow-Private-Network", "true")
		h.Set("Vary", "Accept-Encoding")
		h.Set("X-Access-Control-Note", "kept")
		io.WriteString(w, "from upstream")
	}))
	target, err := url.Parse(upstream.URL)
	if err != nil {
		t.Fatal(err)
	}
	return adaptertest.Serve(t, corshttp.Middleware(adaptertest.AppPolicy(t))(&httputil.ReverseProxy{
		Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(target) },
		ModifyResponse: modify,
	}))
}

// README stdlib: `httputil.ReverseProxy` adds the upstream's fields
// README chi: a reverse proxy adds the upstream's `Access-Control-Allow-Origin` to ours
func TestReverseProxyDoublesTheFields(t *testing.T) {
	res := adaptertest.Fetch(t, proxy(t, nil), "GET", "/")
	if got := res.Header["Access-Control-Allow-Origin"]; len(got) != 2 {
		t.Errorf("without StripUpstream: allowed origins %q, want the trap of two: is StripUpstream needed still?", got)
	}
}

// README stdlib: `httputil.ReverseProxy` adds the upstream's fields
// README chi: a reverse proxy adds the upstream's `Access-Control-Allow-Origin` to ours
func TestStripUpstreamLeavesOurFieldsAlone(t *testing.T) {
	res := adaptertest.Fetch(t, proxy(t, corshttp.StripUpstream), "GET", "/")
	adaptertest.WantReadable(t, "GET through the proxy", res, http.StatusOK)
	if !adaptertest.Varies(res.Header, "Accept-Encoding") {
		t.Errorf("Vary %q, want the upstream's Accept-Encoding in it", res.Header["Vary"])
	}
	for _, name := range []string{
		"Access-Control-Allow-Credentials", "Access-Control-Expose-Headers", "Access-Control-Allow-Private-Network",
	} {
		if got := res.Header[name]; got != nil {
			t.Errorf("%s: %q, want no such field", name, got)
		}
	}
	if got := res.Header.Get("X-Access-Control-Note"); got != "kept" {
		t.Errorf("X-Access-Control-Note: %q, want it kept", got)
	}
}

// Trailers stay: a browser reads the fields of the head alone (Fetch, CORS check,
// step 1, which looks into the header list).
func TestStripUpstreamLeavesTrailers(t *testing.T) {
	res := adaptertest.Fetch(t, proxyTo(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Trailer", "Access-Control-Allow-Origin")
		io.WriteString(w, "from upstream")
		w.Header().Set("Access-Control-Allow-Origin", "*")
	}), "GET", "/")
	adaptertest.WantReadable(t, "GET through the proxy", res, http.StatusOK)
	if got := res.Trailer["Access-Control-Allow-Origin"]; !slices.Contains(got, "*") {
		t.Errorf("trailer: allowed origins %q, want the upstream's * among them", got)
	}
}

// A response that did not come over the wire may spell names in any way.
func TestStripUpstreamFindsEverySpelling(t *testing.T) {
	res := &http.Response{Header: http.Header{
		"access-control-allow-origin": {"*"}, "ACCESS-CONTROL-MAX-AGE": {"1"}, "Access-Control-": {"1"},
		"Access-Control": {"1"}, "Vary": {"Origin"},
	}}
	if err := corshttp.StripUpstream(res); err != nil {
		t.Errorf("StripUpstream: %v", err)
	}
	if len(res.Header) != 2 || res.Header["Access-Control"] == nil || res.Header["Vary"] == nil {
		t.Errorf("left: %q, want Access-Control and Vary", res.Header)
	}
	if err := corshttp.StripUpstream(new(http.Response)); err != nil {
		t.Errorf("StripUpstream of a response without fields: %v", err)
	}
}

// README stdlib: WebSockets: browsers let every page open one
func TestCheckOrigin(t *testing.T) {
	named := adaptertest.NewPolicy(t, concors.Config{AllowOrigins: []string{adaptertest.App, "https://*.example.com:8443"}})
	function := adaptertest.NewPolicy(t, concors.Config{}, concors.WithOriginFunc(
		func(_ context.Context, o concors.Origin, r concors.Request) bool {
			return o.Host == "tenant.test" && r.Host == "api.example.com" && r.Path == "/ws"
		}))
	open := adaptertest.NewPolicy(t, concors.Config{AllowOrigins: []string{"*"}})
	anyHost := adaptertest.NewPolicy(t, concors.Config{AllowOrigins: []string{"https://*"}})
	null := adaptertest.NewPolicy(t, concors.Config{
		AllowOrigins: []string{"null", adaptertest.App}, DangerouslyAllowNullOrigin: true,
	})
	areas := adaptertest.NewPolicy(t, concors.Config{Paths: map[string]concors.Config{
		"/ws": {AllowOrigins: []string{adaptertest.App}}, "/": {},
	}})

	for _, test := range []struct {
		name    string
		policy  *concors.Policy
		path    string
		origins []string
		want    bool
	}{
		{"listed", named, "/ws", []string{adaptertest.App}, true},
		{"a subdomain", named, "/ws", []string{"https://a.example.com:8443"}, true},
		{"another", named, "/ws", []string{"https://other.example.org"}, false},
		{"the same host, not listed", named, "/ws", []string{"https://api.example.com"}, false},
		{"none", named, "/ws", nil, false},
		{"empty", named, "/ws", []string{""}, false},
		{"malformed", named, "/ws", []string{adaptertest.App + "/"}, false},
		{"two lines", named, "/ws", []string{adaptertest.App, adaptertest.App}, false},
		{"admitted by the function", function, "/ws", []string{"https://tenant.test"}, true},
		{"refused by the function", function, "/ws", []string{"https://other.test"}, false},
		{"by a star", open, "/ws", []string{adaptertest.App}, false},
		{"by a pattern of any host", anyHost, "/ws", []string{adaptertest.App}, false},
		{"null", null, "/ws", []string{"null"}, false},
		{"beside null", null, "/ws", []string{adaptertest.App}, true},
		{"below a key of Paths", areas, "/ws", []string{adaptertest.App}, true},
		{"where CORS is off", areas, "/other", []string{adaptertest.App}, false},
		{"on an ambiguous path", areas, "//ws", []string{adaptertest.App}, false},
	} {
		r := httptest.NewRequest("GET", test.path, nil)
		r.Host = "api.example.com"
		r.Header["Origin"] = test.origins
		if got := corshttp.CheckOrigin(test.policy)(r); got != test.want {
			t.Errorf("CheckOrigin, %s: %t, want %t", test.name, got, test.want)
		}
	}
}

// The middleware does not guard a handshake: it passes it on, refused or not.
//
// README stdlib: WebSockets: browsers let every page open one
func TestHandshakesReachTheHandler(t *testing.T) {
	policy := adaptertest.AppPolicy(t)
	upgrade := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !corshttp.CheckOrigin(policy)(r) {
			w.WriteHeader(http.StatusForbidden)
		}
	})
	handler := corshttp.Middleware(policy)(upgrade)
	fields := []string{"Connection", "Upgrade", "Upgrade", "websocket"}
	adaptertest.WantReadable(t, "handshake", adaptertest.Ask(handler, "GET", "/ws", fields...), http.StatusOK)
	res := adaptertest.Ask(handler, "GET", "/ws", append(fields, "Origin", "https://other.example.org")...)
	adaptertest.WantUnreadable(t, "handshake of another page", res, http.StatusForbidden)
}
