//go:build e2e

package e2e

import (
	"strings"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

// caches says how many preflights fifteen fetches cost, one after another:
// PUT, DELETE, PATCH, GET and POST, each with X-A, X-B and X-C.
var caches = []struct {
	name, policy string
	credentials  browser.Credentials
	urls         int // among which the fetches take turns
	preflights   int
}{
	{"the whole lists serve one URL",
		`{"allowOrigins": ["https://app.example.com"], "allowMethods": ["PUT", "DELETE", "PATCH"], "allowHeaders": ["X-A", "X-B", "X-C"], "maxAge": 600}`,
		browser.Omit, 1, 1},
	{"so they do with credentials",
		`{"allowOrigins": ["https://app.example.com"], "allowMethods": ["PUT", "DELETE", "PATCH"], "allowHeaders": ["X-A", "X-B", "X-C"], "allowCredentials": true, "maxAge": 600}`,
		browser.Include, 1, 1},
	{"stars serve one URL",
		`{"allowOrigins": ["*"], "allowMethods": ["*"], "allowHeaders": ["*"], "maxAge": 600}`,
		browser.Omit, 1, 1},
	{"each of two URLs is asked", // their query is part of them
		`{"allowOrigins": ["https://app.example.com"], "allowMethods": ["PUT", "DELETE", "PATCH"], "allowHeaders": ["X-A", "X-B", "X-C"], "maxAge": 600}`,
		browser.Omit, 2, 2},
	{"each of fifteen URLs is asked",
		`{"allowOrigins": ["https://app.example.com"], "allowMethods": ["*"], "allowHeaders": ["*"], "maxAge": 600}`,
		browser.Omit, 15, 15},
	{"nothing is kept for 0 seconds",
		`{"allowOrigins": ["https://app.example.com"], "allowMethods": ["PUT", "DELETE", "PATCH"], "allowHeaders": ["X-A", "X-B", "X-C"], "maxAge": -1}`,
		browser.Omit, 1, 15},
}

// playCaches counts preflights of the engine and of the model.
func (s *stage) playCaches(t *testing.T) {
	for _, c := range caches {
		t.Run(c.name, func(t *testing.T) {
			s.open(t, "https://app.example.com")
			for _, x := range s.inForce(t, []byte(c.policy), false) {
				t.Run(x.name, func(t *testing.T) {
					want := c.preflights
					if strings.Contains(c.policy, `["*"]`) && !s.keepsStars() {
						want = 15
					}
					got, model := s.countPreflights(t, x.name, c.urls, c.credentials)
					if got != want {
						t.Errorf("the browser sends %d preflights, want %d", got, want)
					}
					if model != c.preflights {
						t.Errorf("the model sends %d preflights, want %d", model, c.preflights)
					}
				})
			}
		})
	}
}

// countPreflights makes the fifteen fetches, which all must be allowed.
func (s *stage) countPreflights(t *testing.T, example string, urls int, credentials browser.Credentials) (got, model int) {
	t.Helper()
	ids := make([]string, urls)
	for i := range ids {
		ids[i] = s.id(example)
	}
	fresh := &browser.Browser{Transport: s.model.Transport}
	var calls []call
	for _, method := range []string{"PUT", "DELETE", "PATCH", "GET", "POST"} {
		for _, name := range []string{"X-A", "X-B", "X-C"} {
			k := take{credentials: credentials, question: question{
				origin: "https://app.example.com", target: "/hello", method: method, header: [][2]string{{name, "1"}}}}
			id := ids[len(calls)%urls]
			calls = append(calls, k.call(id))
			result, err := fresh.Fetch(t.Context(), k.modelled(modelID(id)))
			if err != nil {
				t.Fatal(err)
			}
			if !result.Allowed() {
				t.Error(result)
			}
			model += result.Preflights
		}
	}
	for i, o := range s.fetch(t, calls) {
		if !o.OK || o.Status != 200 {
			t.Errorf("fetch %d: ok=%t, status %d %s", i, o.OK, o.Status, o.Error)
		}
	}
	for _, id := range ids {
		s.front.take(modelID(id))
		for _, r := range s.front.take(id) {
			if r.isPreflight() {
				got++
			}
		}
	}
	return got, model
}
