//go:build e2e

package cache

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

// The pages of these tests: a policy allows the first one, two or three.
var pages = []string{"https://one.example", "https://two.example", "https://three.example"}

const stranger = "https://other.example"

// policyFor is a policy that allows n pages.
func policyFor(t *testing.T, n int) string {
	t.Helper()
	origins, err := json.Marshal(pages[:n])
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(`{
		"allowOrigins": %s,
		"allowCredentials": true,
		"allowMethods": ["PUT"],
		"allowHeaders": ["Content-Type"],
		"exposeHeaders": ["X-Request-Id"]
	}`, origins)
}

// visitor is a client, what it asks, and what it must be told.
type visitor struct {
	kind   string
	method string
	header http.Header
	allow  string // the one Access-Control-Allow-Origin that is right, or "" for none
}

func page(origin string) visitor {
	return visitor{"allowed", http.MethodGet, http.Header{"Origin": {origin}}, origin}
}

// visitorsOf are the clients of a policy that allows n pages.
func visitorsOf(n int) []visitor {
	visitors := []visitor{
		{"denied", http.MethodGet, http.Header{"Origin": {stranger}}, ""},
		{"no origin", http.MethodGet, nil, ""},
	}
	for _, origin := range pages[:n] {
		visitors = append(visitors, page(origin))
	}
	return visitors
}

func preflight(kind, origin, method, name, allow string) visitor {
	return visitor{kind, http.MethodOptions, browser.Preflight(origin, method, []string{name}), allow}
}

// sameQuestion is one preflight by several pages, of which a policy allows two.
func sameQuestion() []visitor {
	return []visitor{
		preflight("allowed", pages[0], http.MethodPut, "content-type", pages[0]),
		preflight("allowed", pages[1], http.MethodPut, "content-type", pages[1]),
		preflight("denied", stranger, http.MethodPut, "content-type", ""),
	}
}

// samePage is several preflights by one page that is allowed.
func samePage() []visitor {
	return []visitor{
		preflight("allowed", pages[0], http.MethodPut, "content-type", pages[0]),
		preflight("method denied", pages[0], http.MethodDelete, "content-type", ""),
		preflight("header denied", pages[0], http.MethodPut, "x-other", ""),
	}
}

// with returns the visitors with one more field in their requests.
func with(visitors []visitor, name, value string) []visitor {
	out := slices.Clone(visitors)
	for i := range out {
		header := http.Header{name: {value}}
		for name, values := range out[i].header {
			header[name] = values
		}
		out[i].header = header
	}
	return out
}

// wrong says how an answer is not for v, by the contract and by a browser's
// check (Fetch, CORS check). It returns "" for a right one.
func (v visitor) wrong(a answer) string {
	var want []string
	if v.allow != "" {
		want = []string{v.allow}
	}
	if got := a.header["Access-Control-Allow-Origin"]; !slices.Equal(got, want) {
		return fmt.Sprintf("Access-Control-Allow-Origin is %q, want %q", got, want)
	}
	origin := v.header.Get("Origin")
	if origin == "" {
		return ""
	}
	for _, c := range []browser.Credentials{browser.Omit, browser.Include} {
		readable := v.allow == origin || v.allow == "*" && c == browser.Omit
		if failure := browser.CheckCORS(origin, c, a.header); (failure == nil) != readable {
			return fmt.Sprintf("with credentials mode %s a browser says %v, want readable: %t", c, failure, readable)
		}
	}
	return ""
}
