package observe_test

import (
	"context"
	"slices"
	"testing"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/observe"
)

func TestAllCallsEachInOrder(t *testing.T) {
	var calls []string
	hear := func(name string) observe.Observer {
		return func(ctx context.Context, r concors.Request, d concors.Decision) {
			if ctx != t.Context() || r.Path != "/x" || !d.Allowed() {
				t.Errorf("%s hears %v %v", name, r, d.Reason())
			}
			calls = append(calls, name)
		}
	}
	policy := newPolicy(t, hear("a"), hear("b"), hear("c"))
	policy.Decide(t.Context(), concors.Request{Method: "GET", Path: "/x", Origin: []string{app}})
	if want := []string{"a", "b", "c"}; !slices.Equal(calls, want) {
		t.Errorf("called %v, want %v", calls, want)
	}
	calls = nil
	policy.Decide(t.Context(), concors.Request{Method: "GET", Path: "/x"})
	if calls != nil {
		t.Errorf("without Origin, %v hear it", calls)
	}
}
