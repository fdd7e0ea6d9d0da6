// Package traps holds the mistakes people make with more than one library, and
// shows that what the READMEs advise against them works.
package traps

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	concors "github.com/concors/concors/core"
)

// app is the origin of the page that asks in these tests.
const app = "https://app.example.com"

func TestMain(m *testing.M) {
	gin.SetMode(gin.ReleaseMode)
	os.Exit(m.Run())
}

// appPolicy lets the page read, and send PUT.
func appPolicy(t *testing.T) *concors.Policy {
	t.Helper()
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"PUT"}})
	if err != nil {
		t.Fatal(err)
	}
	return policy
}

// serve runs h on a loopback port until the test ends. Its client follows no
// redirects and unpacks nothing.
func serve(t *testing.T, h http.Handler) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	server.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return server
}

// An answer is a response with its body read.
type answer struct {
	*http.Response
	body string
}

// ask has the page send a request, with fields given as name, value, ...
func ask(t *testing.T, server *httptest.Server, method, path string, fields ...string) answer {
	t.Helper()
	r, err := http.NewRequest(method, server.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", app)
	for pair := range slices.Chunk(fields, 2) {
		r.Header.Set(pair[0], pair[1])
	}
	res, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res, string(body)}
}

// preflight has a browser ask whether the page may send PUT to path.
func preflight(t *testing.T, server *httptest.Server, path string, fields ...string) answer {
	t.Helper()
	return ask(t, server, http.MethodOptions, path, append(fields, "Access-Control-Request-Method", http.MethodPut)...)
}

// wantReadable checks that the page may read the answer, and that caches are
// told to keep it for this page alone.
func wantReadable(t *testing.T, what string, res answer, status int) {
	t.Helper()
	allowed := res.Header["Access-Control-Allow-Origin"]
	if res.StatusCode != status || !slices.Equal(allowed, []string{app}) || !varies(res, "Origin") {
		t.Errorf("%s: status %d, allowed origins %q, Vary %q; want %d, [%q] and Origin in Vary",
			what, res.StatusCode, allowed, res.Header["Vary"], status, app)
	}
}

// wantUnreadable checks that the answer has no CORS field.
func wantUnreadable(t *testing.T, what string, res answer, status int) {
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
func varies(res answer, name string) bool {
	for element := range strings.SplitSeq(strings.Join(res.Header["Vary"], ","), ",") {
		if strings.EqualFold(strings.TrimSpace(element), name) {
			return true
		}
	}
	return false
}
