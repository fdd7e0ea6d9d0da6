package corsecho_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

// app is the origin of the page that asks in these tests.
const app = "https://app.example.com"

func newPolicy(t testing.TB, cfg concors.Config, options ...concors.Option) *concors.Policy {
	t.Helper()
	policy, err := concors.NewPolicy(cfg, options...)
	if err != nil {
		t.Fatal(err)
	}
	return policy
}

// appPolicy lets the page read, and send PUT.
func appPolicy(t testing.TB) *concors.Policy {
	t.Helper()
	return newPolicy(t, concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"PUT"}})
}

// areaPolicy lets the page into /in/ alone.
func areaPolicy(t testing.TB) *concors.Policy {
	t.Helper()
	return newPolicy(t, concors.Config{
		AllowOrigins: []string{"https://other.example.org"},
		Paths:        map[string]concors.Config{"/in/": {AllowOrigins: []string{app}, AllowMethods: []string{"PUT"}}},
	})
}

// ask has the page send a request, with fields given as name, value, ...
func ask(h http.Handler, method, path string, fields ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	r.Header.Set("Origin", app)
	for pair := range slices.Chunk(fields, 2) {
		r.Header.Set(pair[0], pair[1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// preflight has a browser ask whether the page may send PUT to path.
func preflight(h http.Handler, path string, fields ...string) *http.Response {
	return ask(h, http.MethodOptions, path, append(fields, "Access-Control-Request-Method", http.MethodPut)...)
}

// wantReadable checks that the page may read the answer, and that caches are
// told to keep it for this page alone.
func wantReadable(t *testing.T, what string, res *http.Response, status int) {
	t.Helper()
	allowed := res.Header["Access-Control-Allow-Origin"]
	if res.StatusCode != status || !slices.Equal(allowed, []string{app}) || !varies(res.Header, "Origin") {
		t.Errorf("%s: status %d, allowed origins %q, Vary %q; want %d, [%q] and Origin in Vary",
			what, res.StatusCode, allowed, res.Header["Vary"], status, app)
	}
}

// wantUnreadable checks that the answer has no CORS field.
func wantUnreadable(t *testing.T, what string, res *http.Response, status int) {
	t.Helper()
	if res.StatusCode != status {
		t.Errorf("%s: status %d, want %d", what, res.StatusCode, status)
	}
	for name, values := range res.Header {
		if strings.HasPrefix(name, "Access-Control-") {
			t.Errorf("%s: %s: %q, want no such field", what, name, values)
		}
	}
}

// varies reports whether Vary lists name.
func varies(h http.Header, name string) bool {
	for element := range strings.SplitSeq(strings.Join(h["Vary"], ","), ",") {
		if strings.EqualFold(strings.TrimSpace(element), name) {
			return true
		}
	}
	return false
}

// wantPanic checks that f panics with a message that contains part.
func wantPanic(t *testing.T, what, part string, f func()) {
	t.Helper()
	defer func() {
		if got := fmt.Sprint(recover()); !strings.Contains(got, part) {
			t.Errorf("%s: panic %q, want a message with %q", what, got, part)
		}
	}()
	f()
}
