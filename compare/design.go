package compare

import (
	"path"
	"slices"

	"github.com/concors/concors/compare/judge"
)

// A Design is a way in which a peer differs from cases because its makers chose
// so and say so: in its documentation, in a comment beside the code, or in a
// test that wants it.
type Design struct {
	Peers []string     // nil: all of them
	Cases []string     // patterns of path.Match
	Rules []judge.Rule // what may differ; everything else in such a case still counts
	Why   string
	Where string // what says so
}

// impossible excuses what happens to requests behind which no page can be.
var impossible = &Design{Why: "no browser sends this request"}

// excuse returns why a fault does not count, nil if it does.
func excuse(peer, name string, q judge.Request, rule judge.Rule) *Design {
	if isConcors(peer) {
		return nil
	}
	for i := range designs {
		if d := &designs[i]; slices.Contains(d.Rules, rule) && d.names(peer) && matches(d.Cases, name) {
			return d
		}
	}
	// A cache that anybody can fill with such a request harms others.
	if rule != judge.Cache && rule != judge.Silent && !q.Possible() {
		return impossible
	}
	return nil
}

func (d *Design) names(peer string) bool { return d.Peers == nil || slices.Contains(d.Peers, peer) }

func matches(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		ok, err := path.Match(pattern, name)
		return ok && err == nil
	})
}
