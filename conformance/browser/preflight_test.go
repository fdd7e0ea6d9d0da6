package browser_test

import (
	"net/http"
	"reflect"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

func TestPreflight(t *testing.T) {
	for _, c := range []struct {
		page, method string
		names        []string
		want         http.Header
	}{
		{app, "PUT", nil, http.Header{
			"Accept": {"*/*"}, "Access-Control-Request-Method": {"PUT"}, "Origin": {app}}},
		{app, "PUT", []string{}, http.Header{
			"Accept": {"*/*"}, "Access-Control-Request-Method": {"PUT"}, "Origin": {app}}},
		{"null", "patch", []string{"authorization", "x-a"}, http.Header{
			"Accept": {"*/*"}, "Access-Control-Request-Method": {"patch"}, "Access-Control-Request-Headers": {"authorization,x-a"}, "Origin": {"null"}}},
		{app, "GET", []string{"X-B", "x-a", "x-b"}, http.Header{
			"Accept": {"*/*"}, "Access-Control-Request-Method": {"GET"}, "Access-Control-Request-Headers": {"x-a,x-b"}, "Origin": {app}}},
	} {
		if got := browser.Preflight(c.page, c.method, c.names); !reflect.DeepEqual(got, c.want) {
			t.Errorf("Preflight(%s, %s, %q) = %q, want %q", c.page, c.method, c.names, got, c.want)
		}
	}
}

// allowed is the header of an answer that passes the CORS check in every mode;
// pairs are names without "Access-Control-Allow-" and values.
func allowed(pairs ...string) http.Header {
	header := http.Header{"Access-Control-Allow-Origin": {app}, "Access-Control-Allow-Credentials": {"true"}}
	for i := 0; i < len(pairs); i += 2 {
		name := "Access-Control-Allow-" + pairs[i]
		header[name] = append(header[name], pairs[i+1])
	}
	return header
}

const (
	noMethod = browser.StepMethodNotAllowed
	noName   = browser.StepHeaderNotAllowed
)

var preflightAnswers = []struct {
	method        string
	names         []string
	status        int
	header        http.Header
	omit, include browser.Step
	detail        string
}{
	// The status, after the CORS check.
	{"GET", nil, 200, allowed(), "", "", ""},
	{"GET", nil, 299, allowed(), "", "", ""},
	{"GET", nil, 199, allowed(), browser.StepPreflightStatus, browser.StepPreflightStatus, "199"},
	{"GET", nil, 300, allowed(), browser.StepPreflightStatus, browser.StepPreflightStatus, "300"},
	{"GET", nil, 403, allowed("Methods", "GET"), browser.StepPreflightStatus, browser.StepPreflightStatus, "403"},
	{"GET", nil, 403, http.Header{}, browser.StepAllowOriginMissing, browser.StepAllowOriginMissing, ""},
	{"GET", nil, 304, allowed(), browser.StepPreflightStatus, browser.StepPreflightStatus, "304"},
	{"GET", nil, 301, allowed(), browser.StepPreflightStatus, browser.StepPreflightStatus, "301"},
	// A redirect, before anything else.
	{"GET", nil, 301, http.Header{"Location": {"/a/"}}, browser.StepPreflightRedirect, browser.StepPreflightRedirect, "/a/"},
	{"GET", nil, 308, http.Header{"Location": {""}}, browser.StepPreflightRedirect, browser.StepPreflightRedirect, ""},
	{"GET", nil, 201, http.Header{"Location": {"/a/"}, "Access-Control-Allow-Origin": {"*"}}, "", browser.StepAllowOriginWildcard, "*"},

	// Methods: exact, three need no listing.
	{"HEAD", nil, 204, allowed("Methods", "PUT"), "", "", ""},
	{"POST", nil, 204, allowed(), "", "", ""},
	{"PUT", nil, 204, allowed(), noMethod, noMethod, "PUT"},
	{"PUT", nil, 204, allowed("Methods", ""), noMethod, noMethod, "PUT"},
	{"PUT", nil, 204, allowed("Methods", "GET , ,\tPUT"), "", "", ""},
	{"PUT", nil, 204, allowed("Methods", "GET", "Methods", "PUT"), "", "", ""},
	{"PUT", nil, 204, allowed("Methods", "put"), noMethod, noMethod, "PUT"},
	{"patch", nil, 204, allowed("Methods", "PATCH"), noMethod, noMethod, "patch"},
	{"patch", nil, 204, allowed("Methods", "patch"), "", "", ""},
	{"PUT", nil, 204, allowed("Methods", "*"), "", noMethod, "PUT"},
	{"PUT", nil, 204, allowed("Methods", "*, PUT"), "", "", ""},
	{"*", nil, 204, allowed("Methods", "*"), "", "", ""},
	{"PUT", nil, 204, allowed("Methods", "PUT, P T"), browser.StepAllowMethodsInvalid, browser.StepAllowMethodsInvalid, "P T"},
	{"GET", nil, 204, allowed("Methods", `"PUT"`), browser.StepAllowMethodsInvalid, browser.StepAllowMethodsInvalid, `"PUT"`},
	{"GET", nil, 204, allowed("Methods", "GET", "Methods", "a/b"), browser.StepAllowMethodsInvalid, browser.StepAllowMethodsInvalid, "a/b"},

	// Header names: without case, every one.
	{"GET", []string{"x-a"}, 204, allowed(), noName, noName, "x-a"},
	{"GET", []string{"x-a"}, 204, allowed("Headers", ""), noName, noName, "x-a"},
	{"GET", []string{"x-a"}, 204, allowed("Headers", ",,X-A,"), "", "", ""},
	{"GET", []string{"X-A"}, 204, allowed("Headers", "y", "Headers", "x-a"), "", "", ""},
	{"GET", []string{"x-a", "y-b"}, 204, allowed("Headers", "x-a"), noName, noName, "y-b"},
	{"GET", []string{"x-a"}, 204, allowed("Headers", "*"), "", noName, "x-a"},
	{"GET", []string{"*"}, 204, allowed("Headers", "*"), "", "", ""},
	{"GET", []string{"accept"}, 204, allowed(), noName, noName, "accept"},
	{"GET", nil, 204, allowed("Headers", "x a"), browser.StepAllowHeadersInvalid, browser.StepAllowHeadersInvalid, "x a"},
	{"GET", []string{"x-a"}, 204, allowed("Headers", "x-a;y"), browser.StepAllowHeadersInvalid, browser.StepAllowHeadersInvalid, "x-a;y"},
	{"GET", nil, 204, allowed("Methods", "a b", "Headers", "a b"), browser.StepAllowMethodsInvalid, browser.StepAllowMethodsInvalid, "a b"},
	{"PUT", nil, 204, allowed("Headers", "a b"), browser.StepAllowHeadersInvalid, browser.StepAllowHeadersInvalid, "a b"},
	{"PUT", []string{"x-a"}, 204, allowed(), noMethod, noMethod, "PUT"},

	// Authorization must be named, and is looked at first.
	{"GET", []string{"authorization"}, 204, allowed("Headers", "*"), noName, noName, "authorization"},
	{"GET", []string{"Authorization"}, 204, allowed("Headers", "AUTHORIZATION"), "", "", ""},
	{"GET", []string{"authorization", "x-a"}, 204, allowed("Headers", "*, Authorization"), "", noName, "x-a"},
	{"GET", []string{"a", "authorization"}, 204, allowed(), noName, noName, "authorization"},
}

func TestCheckPreflight(t *testing.T) {
	for _, c := range preflightAnswers {
		for mode, step := range map[browser.Credentials]browser.Step{"": c.omit, browser.Omit: c.omit, browser.SameOrigin: c.omit, browser.Include: c.include} {
			got := browser.CheckPreflight(app, mode, c.method, c.names, c.status, c.header)
			if !same(got, step, c.detail) || got != nil && !got.Preflight {
				t.Errorf("CheckPreflight(%q, %s, %q, %d, %q) = %+v, want %q, %q", mode, c.method, c.names, c.status, c.header, got, step, c.detail)
			}
		}
	}
}
