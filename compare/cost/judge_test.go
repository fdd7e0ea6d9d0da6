package cost

import "testing"

func TestJudge(t *testing.T) {
	quiet := spread{0.95, 1, 1.05, 100} // noise 0.05
	for _, c := range []struct {
		name    string
		control spread
		ratio   float64
		bar     bar
		want    verdict
	}{
		{"below", quiet, 1.4, bar{column: floored, most: 1.5}, kept},
		{"at the bar", quiet, 1.5, bar{column: floored, most: 1.5}, kept},
		{"over, by less than the noise", quiet, 1.57, bar{column: floored, most: 1.5}, inNoise},
		{"over, by more", quiet, 1.58, bar{column: floored, most: 1.5}, missed},
		{"far over, with much noise", spread{0.7, 1, 1.3, 100}, 1.9, bar{column: floored, most: 1.5}, inNoise},
		{"control too high", spread{1, 1.04, 1.1, 100}, 9, bar{column: floored, most: 1.5}, unjudged},
		{"control too low", spread{0.9, 0.96, 1, 100}, 1, bar{column: floored, most: 1.5}, unjudged},
		{"control just right", spread{0.97, 0.97, 0.97, 100}, 1, bar{column: floored, most: 1.5}, kept},
		{"too few rounds", spread{1, 1, 1, 19}, 9, bar{column: floored, most: 1.5}, unjudged},
		{"indicative", quiet, 9, bar{column: floored, most: 1.5, isIndicative: true}, kept},
		{"not measured", quiet, 9, bar{column: "rs/cors", most: 1}, kept},
	} {
		r := &Result{Control: c.control, Noise: c.control.noise(), Ratio: map[string]spread{floored: {Median: c.ratio}}}
		r.judge([]bar{c.bar}, nil)
		if got := r.Verdict(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestJudgeCosts(t *testing.T) {
	w := &workload{bytes: 1000}
	for ns, want := range map[float64]verdict{600: kept, 601: missed} {
		r := &Result{Control: spread{1, 1, 1, 100}}
		r.judge([]bar{{column: perByte, most: 0.6}}, per(w, ns))
		if got := r.Verdict(); got != want {
			t.Errorf("%v ns for 1000 bytes: %s, want %s", ns, got, want)
		}
	}
}

// One bar that is missed is enough, whatever the others are, and memory needs
// no quiet machine.
func TestVerdict(t *testing.T) {
	f := func(list ...verdict) *Result {
		r := &Result{Budget: &memory{1, 16}, Added: memory{1, 16}}
		for _, v := range list {
			r.Finding = append(r.Finding, finding{Verdict: v})
		}
		return r
	}
	over := f(unjudged)
	over.Added.Bytes = 32
	more := f(kept)
	more.Added.Allocations = 2
	for _, c := range []struct {
		name string
		r    *Result
		want verdict
	}{
		{"nothing to judge", f(), kept},
		{"all kept", f(kept, kept), kept},
		{"one in the noise", f(kept, inNoise, kept), inNoise},
		{"one missed", f(inNoise, missed, kept), missed},
		{"one missed before", f(missed, inNoise), missed},
		{"too noisy", f(unjudged, unjudged), unjudged},
		{"too noisy, and bytes too many", over, missed},
		{"an allocation too many", more, missed},
	} {
		if got := c.r.Verdict(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// Each line of the table names a workload, and each workload has a line.
func TestTargets(t *testing.T) {
	known := map[string]bool{}
	for _, w := range workloads() {
		known[w.id] = true
		if _, ok := targets[w.id]; !ok {
			t.Errorf("%s has no targets", w.id)
		}
		for _, l := range lanes() {
			columns := map[string]bool{floored: true, perByte: w.bytes > 0, perLine: w.lines > 0, reading: w.bytes+w.lines > 0}
			for _, p := range l.peers {
				columns[p.name] = true
			}
			for _, b := range bars(l.router, w) {
				if !columns[b.column] {
					t.Errorf("%s/%s: the bar for %q is compared with nothing", l.router, w.id, b.column)
				}
			}
		}
	}
	for id := range targets {
		if !known[id] {
			t.Errorf("there are targets for %q, and no such workload", id)
		}
	}
}

// Some cells of the table, as they stand there.
func TestBars(t *testing.T) {
	for _, c := range []struct {
		router, id, column string
		most               float64
	}{
		{"net/http", "not-cors", floored, 1.5}, {"net/http", "not-cors", "rs/cors", 1.5}, {"net/http", "preflight", "go-chi/cors", 0.25},
		{"net/http", "blanks-64k", reading, 0.15}, {"net/http", "lines-1024", perLine, 5}, {"net/http", "same-64k", perByte, 0.6},
		{"gin", "exact-10000", "gin-contrib/cors", 0.0003}, {"gin", "preflight-denied", floored, 1.6},
		{"echo", "wildcards-miss", "echo", 0.005}, {"echo", "credentials", floored, 1.35},
		{"fiber", "not-cors", "fiber", 1.5}, {"fiber", "exact-100", "fiber", 0.8}, {"fiber", "preflight", floored, 3},
		{"chi", "actual", "go-chi/cors", 0.8}, {"chi", "reflected", "go-chi/cors", 0.4}, {"chi", "actual", floored, 1.5},
	} {
		got := 0.0
		for _, b := range bars(c.router, workloadOf(c.id)) {
			if b.column == c.column {
				got = b.most
			}
		}
		if got != c.most {
			t.Errorf("%s/%s: at most %v × %s, want %v", c.router, c.id, got, c.column, c.most)
		}
	}
}
