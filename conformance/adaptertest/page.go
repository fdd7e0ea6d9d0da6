package adaptertest

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	concors "github.com/concors/concors/core"
)

// App is the origin of the page that asks.
const App = "https://app.example.com"

// NewPolicy is [concors.NewPolicy], for a Config that has no faults.
func NewPolicy(t testing.TB, cfg concors.Config, options ...concors.Option) *concors.Policy {
	t.Helper()
	policy, err := concors.NewPolicy(cfg, options...)
	if err != nil {
		t.Fatal(err)
	}
	return policy
}

// AppPolicy lets the page read, and send PUT.
func AppPolicy(t testing.TB) *concors.Policy {
	t.Helper()
	return NewPolicy(t, concors.Config{AllowOrigins: []string{App}, AllowMethods: []string{"PUT"}})
}

// AreaPolicy lets the page into /in/ alone, to read and to send PUT.
func AreaPolicy(t testing.TB) *concors.Policy {
	t.Helper()
	return NewPolicy(t, concors.Config{
		AllowOrigins: []string{"https://other.example.org"},
		Paths:        map[string]concors.Config{"/in/": {AllowOrigins: []string{App}, AllowMethods: []string{"PUT"}}},
	})
}

// Ask has the page send a request, with fields given as name, value, ...; an
// Origin among them takes the place of the page's own.
func Ask(h http.Handler, method, path string, fields ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	setFields(r, fields)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// Preflight has a browser ask whether the page may send PUT to path.
func Preflight(h http.Handler, path string, fields ...string) *http.Response {
	return Ask(h, http.MethodOptions, path, append(fields, "Access-Control-Request-Method", http.MethodPut)...)
}

func setFields(r *http.Request, fields []string) {
	r.Header.Set("Origin", App)
	for pair := range slices.Chunk(fields, 2) {
		r.Header.Set(pair[0], pair[1])
	}
}
