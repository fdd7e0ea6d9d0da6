//go:build !race

package concors_test

import (
	"context"
	"testing"

	concors "github.com/concors/concors/core"
)

// Where the two agree, a shadow costs no memory.
func TestAllocationsWithShadow(t *testing.T) {
	reported := 0
	count := func(context.Context, concors.Request, concors.Decision, concors.Decision) { reported++ }
	for _, w := range append(workloads(), workload{"methods spelled", spelled(app), preflight(app, "PURGE"), 0}) {
		if len(w.cfg.AllowOrigins) > 100 {
			continue // one of them is enough of it
		}
		candidate := mustPolicy(t, w.cfg)
		p := mustPolicy(t, w.cfg, concors.WithObserver(candidate.Shadow(count)))
		checkDecideAllocates(t, w.name, p, w.r, 0)
	}
	if reported > 0 {
		t.Errorf("a policy differs from itself %d times", reported)
	}
}
