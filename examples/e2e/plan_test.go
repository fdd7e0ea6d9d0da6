//go:build e2e

package e2e

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/concors/concors/conformance"
)

// scene is a case and the questions that pages can ask about it.
type scene struct {
	*conformance.Case
	questions []question
}

// plan chooses what an engine can play of the suite, and logs what it cannot
// and why.
func plan(t *testing.T, b *tab) []scene {
	t.Helper()
	cases, err := conformance.Load()
	if err != nil {
		t.Fatal(err)
	}
	var all []question
	var owner []*conformance.Case
	rules := map[string]int{}
	exchanges := 0
	for _, c := range cases {
		for _, e := range c.Exchanges() {
			exchanges++
			q, rule := parse(e)
			if !c.NeedsOnlyPolicy() {
				rule = "the case needs more than a policy"
			}
			if rule != "" {
				rules[rule]++
				continue
			}
			all, owner = append(all, q), append(owner, c)
		}
	}
	var scenes []scene
	played := 0
	var others []string // origins that pages can have, but none here
	for i, rule := range b.possible(t, all) {
		if rule != "" {
			rules[rule]++
			if origin := fmt.Sprintf("%.40s", all[i].origin); (rule == noServer || rule == noModel) && !slices.Contains(others, origin) {
				others = append(others, origin)
			}
			continue
		}
		if len(scenes) == 0 || scenes[len(scenes)-1].Case != owner[i] {
			scenes = append(scenes, scene{Case: owner[i]})
		}
		last := &scenes[len(scenes)-1]
		last.questions = append(last.questions, all[i])
		played++
	}
	report := fmt.Sprintf("pages can bring about %d of %d exchanges, in %d of %d cases; not the others, because", played, exchanges, len(scenes), len(cases))
	for _, rule := range slices.Sorted(maps.Keys(rules)) {
		report += fmt.Sprintf("\n%5d %s", rules[rule], rule)
	}
	t.Logf("%s\namong the origins that pages can have, left out: %q", report, others)
	return scenes
}
