//go:build !race

package cost

import (
	"testing"

	concors "github.com/concors/concors/core"
)

// The race detector allocates, hence the build constraint.

// The harness allocates nothing: what is counted is the middleware's. chi makes
// a copy of every request.
func TestDriversAllocateNothing(t *testing.T) {
	for _, l := range lanes() {
		if l.router == "chi" {
			continue
		}
		for _, w := range workloads() {
			if got := allocated(l.bare(w), 100); got != (memory{}) {
				t.Errorf("%s/%s: the bare router allocates %+v", l.router, w.id, got)
			}
		}
	}
}

// The floor has the budget of the table, and so has Concors.
func TestBudget(t *testing.T) {
	for _, l := range lanes() {
		for _, w := range workloads() {
			w = w.small()
			policy, err := concors.NewPolicy(w.policy())
			if err != nil {
				t.Fatal(err)
			}
			want, bare := budget(l.router, w), allocated(l.bare(w), 100)
			for name, d := range map[string]driver{"floor": l.floor(w), "ours": l.ours(w, policy)} {
				if got := allocated(d, 100).minus(bare); got != want {
					t.Errorf("%s/%s: %s allocates %+v, want %+v", l.router, w.id, name, got, want)
				}
			}
		}
	}
}

// A feature that nobody uses allocates nothing, and on net/http none does.
func TestFeaturesAllocate(t *testing.T) {
	for _, f := range features() {
		for _, l := range featureLanes() {
			r, err := featureRow(l, f)
			if err != nil {
				t.Fatal(err)
			}
			without, with := allocated(r.variants[r.index(plain)].driver, 100), allocated(r.variants[r.index(featured)].driver, 100)
			// What debug mode adds to an answer has its 16 bytes a line.
			lines := int64(len(f.want.fields) - len(f.workload.want.fields))
			if want := (memory{0, 16 * lines}); l.router == "net/http" && with.minus(without) != want {
				t.Errorf("%s: %+v more, want %+v", f.id, with.minus(without), want)
			}
			if f.isUnused && with != without {
				t.Errorf("%s/%s: unused, yet %+v instead of %+v", l.router, f.id, with, without)
			}
		}
	}
}
