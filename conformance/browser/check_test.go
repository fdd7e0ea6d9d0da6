package browser_test

import (
	"net/http"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

const (
	app         = "https://app.example.com"
	origin      = "Access-Control-Allow-Origin"
	credentials = "Access-Control-Allow-Credentials"
)

// same says that a verdict is the one wanted; "" wants none.
func same(got *browser.Failure, step browser.Step, detail string) bool {
	if got == nil {
		return step == ""
	}
	return got.Step == step && got.Detail == detail
}

var corsAnswers = []struct {
	page          string
	header        http.Header
	omit, include browser.Step // "" passes
	detail        string
}{
	{app, http.Header{}, browser.StepAllowOriginMissing, browser.StepAllowOriginMissing, ""},
	{app, http.Header{origin: nil}, browser.StepAllowOriginMissing, browser.StepAllowOriginMissing, ""},
	{app, http.Header{origin: {app}, credentials: {"true"}}, "", "", ""},
	{app, http.Header{"access-control-ALLOW-origin": {"\t" + app + " "}, credentials: {" true "}}, "", "", ""},
	{app, http.Header{origin: {app}}, "", browser.StepAllowCredentials, ""},
	{app, http.Header{origin: {app}, credentials: {"TRUE"}}, "", browser.StepAllowCredentials, "TRUE"},
	{app, http.Header{origin: {app}, credentials: {"false"}}, "", browser.StepAllowCredentials, "false"},
	{app, http.Header{origin: {app}, credentials: {`"true"`}}, "", browser.StepAllowCredentials, `"true"`},
	{app, http.Header{origin: {app}, credentials: {"true", "true"}}, "", browser.StepAllowCredentials, "true, true"},
	{app, http.Header{origin: {"*"}}, "", browser.StepAllowOriginWildcard, "*"},
	{app, http.Header{origin: {"*"}, credentials: {"true"}}, "", browser.StepAllowOriginWildcard, "*"},

	{app, http.Header{origin: {"", app}}, browser.StepAllowOriginMultiple, browser.StepAllowOriginMultiple, ", " + app},
	{app, http.Header{origin: {app, app}}, browser.StepAllowOriginMultiple, browser.StepAllowOriginMultiple, app + ", " + app},
	{app, http.Header{origin: {"*", "*"}}, browser.StepAllowOriginMultiple, browser.StepAllowOriginMultiple, "*, *"},
	{app, http.Header{origin: {app}, "access-control-allow-origin": {app}}, browser.StepAllowOriginMultiple, browser.StepAllowOriginMultiple, app + ", " + app},
	{app, http.Header{origin: {app + ",*"}}, browser.StepAllowOriginMultiple, browser.StepAllowOriginMultiple, app + ",*"},
	{app, http.Header{origin: {"* " + app}}, browser.StepAllowOriginMultiple, browser.StepAllowOriginMultiple, "* " + app},

	{app, http.Header{origin: {""}}, browser.StepAllowOriginInvalid, browser.StepAllowOriginInvalid, ""},
	{app, http.Header{origin: {"app.example.com"}}, browser.StepAllowOriginInvalid, browser.StepAllowOriginInvalid, "app.example.com"},
	{app, http.Header{origin: {"*.example.com"}}, browser.StepAllowOriginInvalid, browser.StepAllowOriginInvalid, "*.example.com"},
	{app, http.Header{origin: {`"*"`}}, browser.StepAllowOriginInvalid, browser.StepAllowOriginInvalid, `"*"`},
	{app, http.Header{origin: {"true"}}, browser.StepAllowOriginInvalid, browser.StepAllowOriginInvalid, "true"},
	{app, http.Header{origin: {"//app.example.com"}}, browser.StepAllowOriginInvalid, browser.StepAllowOriginInvalid, "//app.example.com"},
	{app, http.Header{origin: {app + ":x"}}, browser.StepAllowOriginInvalid, browser.StepAllowOriginInvalid, app + ":x"},
	{app, http.Header{origin: {"https://"}}, browser.StepAllowOriginInvalid, browser.StepAllowOriginInvalid, "https://"},

	{app, http.Header{origin: {"localhost:3000"}}, browser.StepAllowOriginMismatch, browser.StepAllowOriginMismatch, "localhost:3000"},
	{app, http.Header{origin: {"https:/app.example.com"}}, browser.StepAllowOriginMismatch, browser.StepAllowOriginMismatch, "https:/app.example.com"},
	{app, http.Header{origin: {"null"}}, browser.StepAllowOriginMismatch, browser.StepAllowOriginMismatch, "null"},
	{app, http.Header{origin: {app + "/"}}, browser.StepAllowOriginMismatch, browser.StepAllowOriginMismatch, app + "/"},
	{app, http.Header{origin: {app + ":443"}}, browser.StepAllowOriginMismatch, browser.StepAllowOriginMismatch, app + ":443"},
	{app, http.Header{origin: {"HTTPS://app.example.com"}}, browser.StepAllowOriginMismatch, browser.StepAllowOriginMismatch, "HTTPS://app.example.com"},
	{app, http.Header{origin: {"https://App.example.com"}}, browser.StepAllowOriginMismatch, browser.StepAllowOriginMismatch, "https://App.example.com"},
	{app, http.Header{origin: {"https://*.example.com"}}, browser.StepAllowOriginMismatch, browser.StepAllowOriginMismatch, "https://*.example.com"},
	{app, http.Header{origin: {"http://app.example.com"}}, browser.StepAllowOriginMismatch, browser.StepAllowOriginMismatch, "http://app.example.com"},

	{"null", http.Header{origin: {"null"}, credentials: {"true"}}, "", "", ""},
	{"null", http.Header{origin: {"*"}}, "", browser.StepAllowOriginWildcard, "*"},
	{"null", http.Header{origin: {"NULL"}}, browser.StepAllowOriginInvalid, browser.StepAllowOriginInvalid, "NULL"},
	{"null", http.Header{origin: {app}}, browser.StepAllowOriginMismatch, browser.StepAllowOriginMismatch, app},
}

func TestCheckCORS(t *testing.T) {
	for _, c := range corsAnswers {
		for _, mode := range []browser.Credentials{"", browser.Omit, browser.SameOrigin} {
			if got := browser.CheckCORS(c.page, mode, c.header); !same(got, c.omit, c.detail) {
				t.Errorf("CheckCORS(%s, %q, %q) = %v, want %q", c.page, mode, c.header, got, c.omit)
			}
		}
		got := browser.CheckCORS(c.page, browser.Include, c.header)
		if !same(got, c.include, c.detail) {
			t.Errorf("CheckCORS(%s, include, %q) = %v, want %q", c.page, c.header, got, c.include)
		}
		if got != nil && got.Preflight {
			t.Errorf("CheckCORS(%s, include, %q): there is no preflight", c.page, c.header)
		}
	}
}
