package compare

import (
	"slices"
	"testing"

	"github.com/concors/concors/conformance"
)

// What is read here beside the suite must agree with what the suite says.
func TestScenarios(t *testing.T) {
	all, err := Scenarios()
	if err != nil {
		t.Fatal(err)
	}
	function, outer, reloads, refused := 0, 0, 0, 0
	for _, s := range all {
		var got []string
		for i, part := range s.Parts {
			for _, e := range part.Exchanges {
				got = append(got, e.Raw)
			}
			if i > 0 {
				reloads++
			}
			if part.Refused {
				refused++
			}
		}
		var want []string
		for _, e := range s.Exchanges() {
			want = append(want, e.Raw)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %d exchanges in its parts, want %d", s.Name(), len(got), len(want))
		}
		if s.NeedsOnlyPolicy() && (s.Outer != nil || s.Admits != nil || len(s.Parts) != 1) {
			t.Errorf("%s needs only a policy, and has %d parts, outer %t, function %t", s.Name(), len(s.Parts), s.Outer != nil, s.Admits != nil)
		}
		if s.Outer != nil {
			outer++
		}
		if s.Admits != nil {
			function++
		}
	}
	if function == 0 || outer == 0 || reloads == 0 || refused == 0 || reloads == refused {
		t.Errorf("found %d functions, %d outer policies, %d reloads, %d of them refused", function, outer, reloads, refused)
	}
}

// Reloads stand between the right exchanges.
func TestPartsOfAReload(t *testing.T) {
	cases, err := conformance.Load()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(cases, func(c *conformance.Case) bool { return c.Name() == "origins/are-not-null-without-the-switch" })
	if i < 0 {
		t.Fatal("the case is gone")
	}
	s, err := newScenario(cases[i])
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Parts) != 2 || s.Parts[0].Refused || !s.Parts[1].Refused {
		t.Errorf("parts %+v, want two, the second refused", s.Parts)
	}
}
