package browser_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

const api = "https://api.example.com"

// open returns a browser for a handler, until the test ends.
func open(t *testing.T, handler http.HandlerFunc) *browser.Browser {
	t.Helper()
	b := browser.New(handler)
	t.Cleanup(b.Close)
	return b
}

// ask fetches, and fails the test if the fetch is none a page could make.
func ask(t *testing.T, b *browser.Browser, f browser.Fetch) *browser.Result {
	t.Helper()
	result, err := b.Fetch(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// step is the step at which a result failed, with "preflight: " in front where
// the preflight did.
func step(r *browser.Result) string {
	switch {
	case r.Failure == nil:
		return ""
	case r.Failure.Preflight:
		return "preflight: " + string(r.Failure.Step)
	}
	return string(r.Failure.Step)
}

// sent lists what went out: method, URL and Origin.
func sent(r *browser.Result) []string {
	var lines []string
	for _, e := range r.Exchanges {
		line := e.Method + " " + e.URL
		if origins, ok := e.Header["Origin"]; ok {
			line += " from " + strings.Join(origins, "+")
		}
		lines = append(lines, line)
	}
	return lines
}

// script is a handler whose answers stand in the query: status, and each other
// parameter a header field. A preflight gets the fields that begin with "p-",
// any other request the rest. So a URL says all about a case.
func script(w http.ResponseWriter, r *http.Request) {
	preflight := r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != ""
	status := http.StatusOK
	for name, values := range r.URL.Query() {
		name, forPreflight := strings.CutPrefix(name, "p-")
		if forPreflight != preflight {
			continue
		}
		for _, value := range values {
			if name == "status" {
				fmt.Sscan(value, &status)
				continue
			}
			w.Header().Add(map[string]string{"acao": "Access-Control-Allow-Origin", "acac": "Access-Control-Allow-Credentials",
				"acam": "Access-Control-Allow-Methods", "acah": "Access-Control-Allow-Headers",
				"acma": "Access-Control-Max-Age", "to": "Location"}[name], value)
		}
	}
	w.WriteHeader(status)
}

// at returns a URL whose query tells script what to answer.
func at(path string, pairs ...string) string {
	query := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		query.Add(pairs[i], pairs[i+1])
	}
	return path + "?" + query.Encode()
}
