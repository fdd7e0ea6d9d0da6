//go:build e2e

package e2e

import (
	"net/http"
	"slices"
	"testing"

	"github.com/concors/concors/conformance"
	"github.com/concors/concors/conformance/browser"
)

// playRedirects follows the one redirect that an example makes by itself: that
// of net/http for a path with two slashes. It carries the CORS fields, so pages
// get to the answer behind it, with a preflight for each URL where one is due.
func (s *stage) playRedirects(t *testing.T) {
	const example = "stdlib"
	s.inForce(t, []byte(`{"allowOrigins": ["https://app.example.com"], "allowMethods": ["PUT"], "allowCredentials": true}`), false)
	for _, test := range []struct {
		method, origin string
		statuses       []int
	}{
		{"GET", "https://app.example.com", []int{307, 200}},
		{"PUT", "https://app.example.com", []int{204, 307, 204, 200}},
		{"PATCH", "https://app.example.com", []int{403}},
		{"GET", "https://other.example.org", []int{307}},
	} {
		q, rule := parse(conformance.Exchange{Raw: test.method + " //hello HTTP/1.1\r\nHost: " + apiHost + "\r\nOrigin: " + test.origin + "\r\n\r\n"})
		if rule != "" {
			t.Fatal(rule)
		}
		for _, c := range []browser.Credentials{browser.Omit, browser.Include} {
			for _, v := range s.judge(t, []take{{question: q, example: example, credentials: c}}) {
				var got []int
				for _, r := range v.seen {
					got = append(got, r.status)
				}
				if last := got[len(got)-1]; !slices.Equal(got, test.statuses) || v.outcome.OK != (last == http.StatusOK) {
					t.Errorf("%v: the statuses are %d, ok=%t, want %d", v.take, got, v.outcome.OK, test.statuses)
				}
			}
		}
	}
}
