package compare

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"slices"
	"sync"
	"testing"

	"github.com/concors/concors/compare/judge"
	"github.com/concors/concors/conformance"
)

// played is what all tests look at: every case on every column.
var played = sync.OnceValues(func() (*Report, error) {
	server := httptest.NewServer(http.HandlerFunc(conformance.Upstream))
	defer server.Close()
	upstream, err := url.Parse(server.URL)
	if err != nil {
		return nil, err
	}
	scenarios, err := Scenarios()
	if err != nil {
		return nil, err
	}
	columns := Columns(upstream)
	return &Report{Columns: columns, Scenarios: scenarios, Results: PlayAll(columns, scenarios)}, nil
})

func report(t *testing.T) *Report {
	t.Helper()
	r, err := played()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The judgement must be one that a right answer passes: Concors, on each of its
// routers, passes every case, without any excuse.
func TestConcorsPassesEveryCase(t *testing.T) {
	r := report(t)
	for i, s := range r.Scenarios {
		if result := r.Results[0][i]; result.Outcome != Passed {
			t.Errorf("%s: %s %s %v", s.Name(), result.Outcome, result.Why, result.Findings)
		}
	}
	if got := r.OwnFaults(); got != 0 {
		t.Errorf("OwnFaults = %d, want 0", got)
	}
}

// A peer that answers nothing at all would mean that the mirror is broken, not
// the peer.
func TestPeersAnswer(t *testing.T) {
	r := report(t)
	for c, column := range r.Columns[1:] {
		passed := 0
		for i, result := range r.Results[c+1] {
			for _, f := range result.Findings {
				if f.Rule == judge.Silent {
					t.Errorf("%s: %s, exchange %d: %s", column.Name, r.Scenarios[i].Name(), f.Exchange, f.Text)
				}
			}
			if result.Outcome == Passed {
				passed++
			}
		}
		if passed < 50 {
			t.Errorf("%s passes %d cases: that is hardly its own doing", column.Name, passed)
		}
	}
}

// What the list of designs excuses must exist, and must need the excuse.
func TestDesigns(t *testing.T) {
	r := report(t)
	var names []string
	for _, c := range r.Columns[1:] {
		names = append(names, c.Name)
	}
	for i := range designs {
		d := &designs[i]
		if d.Why == "" || d.Where == "" || len(d.Rules) == 0 || len(d.Cases) == 0 {
			t.Errorf("design %d says too little: %+v", i, d)
		}
		for _, peer := range d.Peers {
			if !slices.Contains(names, peer) {
				t.Errorf("%q: no such peer as %q", d.Why, peer)
			}
			if !slices.ContainsFunc(r.Results[slices.Index(names, peer)+1], func(result Result) bool {
				return slices.ContainsFunc(result.Findings, func(f Finding) bool { return f.Excuse == d })
			}) {
				t.Errorf("%q excuses %s of nothing", d.Why, peer)
			}
		}
		for _, pattern := range d.Cases {
			if len(Select(r.Scenarios, pattern)) == 0 {
				t.Errorf("%q: no case matches %s", d.Why, pattern)
			}
			excused := r.excusedBy(d)
			if !slices.ContainsFunc(excused, func(name string) bool { ok, _ := path.Match(pattern, name); return ok }) {
				t.Errorf("%q excuses nothing in %s", d.Why, pattern)
			}
		}
	}
}

// An excuse covers the rule that it names. Concors is never excused.
func TestExcuse(t *testing.T) {
	q, err := judge.Parse("GET / HTTP/1.1\r\nOrigin: https://app.example.com\r\n\r\n")
	if err != nil {
		t.Fatal(err)
	}
	odd, err := judge.Parse("GET / HTTP/1.1\r\nOrigin: HTTPS://app.example.com\r\n\r\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		peer string
		q    judge.Request
		rule judge.Rule
		want bool
	}{
		{"gin-contrib/cors", q, judge.Refused, true},
		{"gin-contrib/cors", q, judge.Admits, false},
		{"rs/cors", q, judge.Refused, false},
		{"rs/cors", odd, judge.Admits, true},
		{"rs/cors", odd, judge.Cache, false},
		{"rs/cors", odd, judge.Silent, false},
		{"Concors", odd, judge.Admits, false},
		{"Concors on gin", odd, judge.Admits, false},
	} {
		if got := excuse(test.peer, "actual/some-case", test.q, test.rule); (got != nil) != test.want {
			t.Errorf("excuse(%s, %s) = %v, want one: %t", test.peer, test.rule, got, test.want)
		}
	}
}
