//go:build !race

package adaptertest

import (
	"net/http"
	"slices"
	"testing"

	concors "github.com/concors/concors/core"
)

func noContent(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }

func TestBudgetOfARightMiddleware(t *testing.T) {
	var origins []int
	Budget(t, func(policy *concors.Policy) http.Handler {
		if policy != nil {
			origins = append(origins, len(policy.Config().AllowOrigins))
		}
		return server(policy, noContent, nil)
	}, Cost{}, 7)
	for _, n := range []int{10, 100, 10_000, 7} {
		if !slices.Contains(origins, n) {
			t.Errorf("measured with %d origins, want %d among them", origins, n)
		}
	}
}

var sink any

func TestBudgetFindsWhatIsTooMuch(t *testing.T) {
	asked := 0
	for _, test := range []struct {
		name  string
		spoil func(http.Header, *http.Request)
		extra Cost
		want  string
	}{
		{"a right middleware", nil, Cost{}, ""},
		{"an allocation too many", func(http.Header, *http.Request) { sink = new([2]uint64) }, Cost{}, "2 allocations"},
		{"as much as the router asks", func(http.Header, *http.Request) { sink = new([2]uint64) }, Cost{1, 16}, ""},
		{"bytes too many", func(http.Header, *http.Request) { sink = new([4]uint64) }, Cost{1, 16}, "2 allocations"},
		{"what comes once in a while", func(http.Header, *http.Request) {
			if asked++; asked%1500 == 100 {
				sink = new([1 << 16]byte)
			}
		}, Cost{}, ""},
		{"less than the router asks", nil, Cost{1, 16}, "1 allocations"},
	} {
		for _, w := range workloads(t, nil)[:8] { // the cheap ones
			got := &failures{TB: t}
			w.check(got, func(policy *concors.Policy) http.Handler {
				return server(policy, noContent, test.spoil)
			}, test.extra)
			got.want(t, test.name+", "+w.name, test.want)
		}
	}
}
