package browser_test

import (
	"net/http"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

func TestNormalizeMethod(t *testing.T) {
	for method, want := range map[string]string{
		"get": "GET", "Get": "GET", "GET": "GET", "head": "HEAD", "post": "POST", "Put": "PUT",
		"delete": "DELETE", "options": "OPTIONS",
		"patch": "patch", "Patch": "Patch", "PATCH": "PATCH", "chicken": "chicken", "trace": "trace", "": "",
		"po\u017ft": "po\u017ft", // a long s is no s
	} {
		if got := browser.NormalizeMethod(method); got != want {
			t.Errorf("NormalizeMethod(%q) = %q, want %q", method, got, want)
		}
	}
}

func TestNeedsPreflight(t *testing.T) {
	none, custom := http.Header{}, http.Header{"X-A": {"1"}}
	for _, c := range []struct {
		method string
		header http.Header
		want   bool
	}{
		{"", none, false}, {"GET", none, false}, {"get", nil, false}, {"HEAD", none, false}, {"post", none, false},
		{"PUT", none, true}, {"put", none, true}, {"DELETE", none, true}, {"OPTIONS", none, true},
		{"PATCH", none, true}, {"patch", none, true}, {"*", none, true},
		{"GET", custom, true}, {"POST", custom, true},
		{"POST", http.Header{"Content-Type": {"text/plain"}}, false},
		{"POST", http.Header{"Content-Type": {"application/json"}}, true},
		{"GET", http.Header{"Authorization": {"Bearer t"}}, true},
		{"GET", http.Header{"Cookie": {"a=b"}, "Origin": {"https://app.example.com"}}, false},
	} {
		if got := browser.NeedsPreflight(c.method, c.header); got != c.want {
			t.Errorf("NeedsPreflight(%q, %q) = %v, want %v", c.method, c.header, got, c.want)
		}
	}
}
