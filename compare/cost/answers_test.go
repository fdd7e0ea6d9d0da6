package cost

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

// small is the workload with fewer origins: enough to tell the last one from
// the others, and quick to build.
func (w *workload) small() *workload {
	const most = 300
	if w.many <= most {
		return w
	}
	other := *w
	other.many = most
	last := fmt.Sprintf(w.format, most-1)
	other.request, other.want = from(last), wantActual(last)
	return &other
}

// The floor and Concors give the answer of the contract, to the byte.
func TestAnswers(t *testing.T) {
	for _, l := range lanes() {
		for _, w := range workloads() {
			w = w.small()
			policy, err := concors.NewPolicy(w.policy())
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range []*workload{w, w.fromBrowser()} {
				checkAnswer(t, l.router+"/"+w.id+"/floor", l.floor(w), w.want)
				checkAnswer(t, l.router+"/"+w.id+"/ours", l.ours(w, policy), w.want)
				checkAnswer(t, l.router+"/"+w.id+"/bare", l.bare(w), answer{status: statusRan})
			}
		}
	}
}

// checkAnswer asks twice: what one call leaves must not change the next.
func checkAnswer(t *testing.T, name string, d driver, want answer) {
	t.Helper()
	for range 2 {
		d.run(1)
		if got := d.answer(); !got.equals(want) {
			t.Errorf("%s: answer %v, want %v", name, got, want)
		}
	}
}

func (a answer) equals(b answer) bool { return a.status == b.status && a.text() == b.text() }

// text has the lines in an order of their own: routers keep theirs apart.
func (a answer) text() string {
	var lines []string
	for _, f := range a.fields {
		lines = append(lines, f.name+": "+f.value)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// A feature's row compares two servers of which each answers as it should.
func TestAnswersOfFeatures(t *testing.T) {
	for _, f := range features() {
		for _, l := range lanes() {
			r, err := featureRow(l, f)
			if err != nil {
				t.Fatal(err)
			}
			want := map[string]answer{plain: f.workload.want, control: f.workload.want, featured: f.want}
			for _, v := range r.variants {
				checkAnswer(t, l.router+"/"+f.id+"/"+v.name, v.driver, want[v.name])
			}
		}
	}
}

// The observer of the row hears, and is no empty function.
func TestObserverHears(t *testing.T) {
	list := features()
	f := list[slices.IndexFunc(list, func(f feature) bool { return f.id == "observer" })]
	r, err := featureRow(netHTTP, f)
	if err != nil {
		t.Fatal(err)
	}
	heard = ""
	r.variants[r.index(featured)].driver.run(1)
	if heard != concors.ReasonAllowed {
		t.Errorf("the observer heard %q, want %q", heard, concors.ReasonAllowed)
	}
}
