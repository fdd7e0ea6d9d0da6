package examples

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// What the built-in policy gives a page of http://localhost:3000.
var (
	granted = []string{
		"Access-Control-Allow-Credentials: true",
		"Access-Control-Allow-Origin: http://localhost:3000",
		"Access-Control-Expose-Headers: ETag, X-Request-Id",
	}
	preflightGranted = []string{
		"Access-Control-Allow-Credentials: true",
		"Access-Control-Allow-Headers: Authorization, Content-Type, X-Demo",
		"Access-Control-Allow-Methods: PUT, PATCH, DELETE",
		"Access-Control-Allow-Origin: http://localhost:3000",
		"Access-Control-Max-Age: 600",
	}
	varyOptions = []string{"Access-Control-Request-Headers", "Access-Control-Request-Method", "Origin"}
)

const fromPage = "Origin: http://localhost:3000"

func TestHello(t *testing.T) {
	each(t, func(t *testing.T, name string) {
		addr := start(t, name).Addr(t)
		seen := make(map[string]bool)
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
			a := ask(t, addr, method, "/hello", fromPage)
			want(t, a, method+" /hello", 200, granted, []string{"Accept-Encoding", "Origin"})
			var body struct{ Message string }
			if err := json.Unmarshal([]byte(a.body), &body); err != nil || !strings.HasPrefix(body.Message, "hello from ") {
				t.Errorf("%s /hello answers %q (%v), want JSON with a message", method, a.body, err)
			}
			if got := a.Header.Get("Content-Type"); !strings.HasPrefix(got, "application/json") {
				t.Errorf("%s /hello has the type %q, want JSON", method, got)
			}
			if got := a.Header["Etag"]; !slices.Equal(got, []string{`"hello-1"`}) {
				t.Errorf("%s /hello has the entity tag %q", method, got)
			}
			id := a.Header.Get("X-Request-Id")
			if id == "" || seen[id] {
				t.Errorf("%s /hello has the request id %q, want a new one", method, id)
			}
			seen[id] = true
		}
	})
}

// What every program answers alike.
var alike = []struct {
	why, method, path string
	fields            []string
	status            int
	cors, vary        []string
}{
	{"no page asks", "GET", "/hello", nil, 200, nil, []string{"Accept-Encoding", "Origin"}},
	{"another page", "GET", "/hello", []string{"Origin: https://other.example"}, 200, nil, []string{"Accept-Encoding", "Origin"}},
	{"no such path", "GET", "/nowhere", []string{fromPage}, 404, granted, []string{"Origin"}},
	{"no such path to write to", "PUT", "/nowhere", []string{fromPage}, 404, granted, []string{"Origin"}},
	{"a slash makes another path", "GET", "/hello/", []string{fromPage}, 404, granted, []string{"Origin"}},
	{"case makes another path", "GET", "/HELLO", []string{fromPage}, 404, granted, []string{"Origin"}},
	{"own OPTIONS", "OPTIONS", "/options", []string{fromPage}, 200, granted, varyOptions},
	{"own OPTIONS, no page asks", "OPTIONS", "/options", nil, 200, nil, varyOptions},
	{"preflight on the own OPTIONS", "OPTIONS", "/options",
		[]string{fromPage, "Access-Control-Request-Method: PUT"}, 204, preflightGranted, varyOptions},
	{"preflight", "OPTIONS", "/hello",
		[]string{fromPage, "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: content-type"},
		204, preflightGranted, varyOptions},
	{"preflight where nothing is", "OPTIONS", "/nowhere",
		[]string{fromPage, "Access-Control-Request-Method: DELETE"}, 204, preflightGranted, varyOptions},
	{"preflight of another page", "OPTIONS", "/hello",
		[]string{"Origin: https://other.example", "Access-Control-Request-Method: PUT"}, 403, nil, varyOptions},
	{"preflight, header not listed", "OPTIONS", "/hello",
		[]string{fromPage, "Access-Control-Request-Method: GET", "Access-Control-Request-Headers: x-not-allowed"}, 403, nil, varyOptions},
	{"an Origin of 64 KiB", "GET", "/hello",
		[]string{"Origin: https://" + strings.Repeat("a", 64<<10)}, 200, nil, []string{"Accept-Encoding", "Origin"}},
	{"1,000,000 bytes of allowed names", "OPTIONS", "/hello",
		[]string{fromPage, "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: " + strings.Repeat("x-demo,\t\t\t", 100_000)},
		204, preflightGranted, varyOptions},
	{"1,000,000 bytes, one name not listed", "OPTIONS", "/hello",
		[]string{fromPage, "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: " + strings.Repeat("x-demo,\t\t\t", 99_999) + "x-not-all"},
		403, nil, varyOptions},
}

func TestAnswersAreAlike(t *testing.T) {
	each(t, func(t *testing.T, name string) {
		addr := start(t, name).Addr(t)
		for _, test := range alike {
			a := ask(t, addr, test.method, test.path, test.fields...)
			want(t, a, test.why, test.status, test.cors, test.vary)
			if test.status == 403 && a.body != "" {
				t.Errorf("%s: the body is %q, want none", test.why, a.body)
			}
			if test.path == "/options" && test.status == 200 && a.body != "own" {
				t.Errorf("%s: the body is %q, want own", test.why, a.body)
			}
		}
	})
}

func TestFailures(t *testing.T) {
	each(t, func(t *testing.T, name string) {
		addr := start(t, name).Addr(t)
		for _, path := range []string{"/error", "/panic"} {
			for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} {
				want(t, ask(t, addr, method, path, fromPage), method+" "+path, 500, granted, []string{"Origin"})
			}
			want(t, ask(t, addr, "OPTIONS", path, fromPage), "OPTIONS "+path, 500, granted, varyOptions)
		}
	})
}

func TestDebugNamesTheHeader(t *testing.T) {
	each(t, func(t *testing.T, name string) {
		addr := start(t, name, "-debug").Addr(t)
		a := ask(t, addr, "OPTIONS", "/hello", fromPage,
			"Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: x-not-allowed")
		want(t, a, "debug mode", 204, []string{
			"Access-Control-Allow-Credentials: true",
			"Access-Control-Allow-Methods: PUT, PATCH, DELETE",
			"Access-Control-Allow-Origin: http://localhost:3000",
		}, varyOptions)
	})
}

// want compares what Concors is answerable for.
func want(t *testing.T, a answer, why string, status int, cors, vary []string) {
	t.Helper()
	if a.StatusCode != status {
		t.Errorf("%s: status %d, want %d", why, a.StatusCode, status)
	}
	if got := a.cors(); !slices.Equal(got, cors) {
		t.Errorf("%s: fields %q, want %q", why, got, cors)
	}
	if got := a.vary(); !slices.Equal(got, vary) {
		t.Errorf("%s: Vary names %q, want %q", why, got, vary)
	}
}
