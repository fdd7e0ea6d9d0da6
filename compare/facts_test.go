package compare

import (
	"slices"
	"testing"

	"github.com/concors/concors/compare/judge"
)

// Facts about the peers that were found by reading their code and their
// trackers, not by playing. If one changes with a new version, it changes here.
func TestFacts(t *testing.T) {
	r := report(t)
	for _, fact := range []struct {
		peer, name string
		outcome    Outcome
		rules      []judge.Rule // broken, excused or not
	}{
		// isMethodAllowed lets OPTIONS pass whatever is listed.
		{"rs/cors", "methods/include-options-only-if-listed", Faulty, []judge.Rule{judge.Admits}},
		// A preflight is told by Access-Control-Request-Method alone.
		{"rs/cors", "not-cors/includes-options-with-a-requested-method", Faulty, []judge.Rule{judge.Swallowed}},
		// "Always set Vary", its issue 10.
		{"rs/cors", "vary/names-origin-on-an-answer-without-origin", Passed, nil},
		// It reads all lines, since its issue 184.
		{"rs/cors", "request-headers/may-come-in-several-lines", Passed, nil},
		// The fork does not.
		{"go-chi/cors", "request-headers/may-come-in-several-lines", Faulty, []judge.Rule{judge.Blocks}},
		// parseHeaderList drops the characters of a token but for "-", "_" and ".".
		{"go-chi/cors", "request-headers/named-star-are-ordinary-names", Faulty, []judge.Rule{judge.Blocks}},
		{"go-chi/cors", "vary/names-origin-on-a-denied-answer", Passed, nil},
		// It returns before any Vary where there is no Origin, under "*" too.
		{"gin-contrib/cors", "not-cors/carries-vary-alone", Faulty, []judge.Rule{judge.Cache}},
		{"gin-contrib/cors", "vary/is-absent-if-every-origin-is-allowed", Faulty, []judge.Rule{judge.Cache}},
		// Its issue 184.
		{"gin-contrib/cors", "actual/reaches-the-handler-though-denied", ByDesign, []judge.Rule{judge.Refused}},
		// Methods are turned into upper case.
		{"gin-contrib/cors", "methods/in-lower-case-mean-themselves", Faulty, []judge.Rule{judge.Admits, judge.Blocks}},
		{"gin-contrib/cors", "origins/may-be-null-by-a-switch", Refused, nil},
		{"echo", "not-cors/includes-options", ByDesign, []judge.Rule{judge.Swallowed}},
		{"echo", "vary/names-origin-on-a-denied-answer", Passed, nil},
		// Every OPTIONS with a method is a preflight, and no other.
		{"fiber", "actual/includes-options-without-a-requested-method", ByDesign, []judge.Rule{judge.Blocks}},
		// Under "*" an answer without Origin has neither Vary nor "*".
		{"fiber", "vary/is-absent-if-every-origin-is-allowed", Faulty, []judge.Rule{judge.Cache}},
		{"fiber", "vary/names-origin-on-an-answer-without-origin", Passed, nil},
		{"fiber", "origins/may-be-null-by-a-switch", Refused, nil},
		{"fiber", "wildcards/match-any-port-or-none", NotOffered, nil},
		// Its issue 248.
		{"gorilla/handlers", "vary/names-origin-on-a-denied-answer", Faulty, []judge.Rule{judge.Cache}},
		{"gorilla/handlers", "vary/names-origin-under-an-origin-function", Faulty, []judge.Rule{judge.Cache}},
		{"gorilla/handlers", "preflight/sends-the-max-age-of-the-policy", ByDesign, []judge.Rule{judge.MaxAge}},
		{"gorilla/handlers", "wildcards/match-one-or-more-labels", NotOffered, nil},
	} {
		c := slices.IndexFunc(r.Columns, func(c Column) bool { return c.Name == fact.peer })
		i := slices.IndexFunc(r.Scenarios, func(s *Scenario) bool { return s.Name() == fact.name })
		if c < 0 || i < 0 {
			t.Errorf("%s, %s: no such column or case", fact.peer, fact.name)
			continue
		}
		result := r.Results[c][i]
		var rules []judge.Rule
		for _, f := range result.Findings {
			if !slices.Contains(rules, f.Rule) {
				rules = append(rules, f.Rule)
			}
		}
		slices.Sort(rules)
		if result.Outcome != fact.outcome || !slices.Equal(rules, fact.rules) {
			t.Errorf("%s, %s: %s %q, want %s %q", fact.peer, fact.name, result.Outcome, rules, fact.outcome, fact.rules)
		}
	}
}
