//go:build e2e

package e2e

import (
	"slices"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

// playCases plays every case that pages can bring about, each against all
// examples at once. It fails if there are fewer of them than a person counted:
// a rule that rules too much out would else go unnoticed.
func (s *stage) playCases(t *testing.T, atLeast int) {
	scenes := plan(t, s.tab)
	exchanges := 0
	for _, scene := range scenes {
		exchanges += len(scene.questions)
		t.Run(scene.Name(), func(t *testing.T) { s.play(t, scene) })
	}
	t.Log(s.tally)
	if exchanges < atLeast {
		t.Errorf("%d exchanges are played, want at least %d", exchanges, atLeast)
	}
}

// play plays a case, page by page: opening one is what takes time. It begins
// with the page that is open, if it is one of them.
func (s *stage) play(t *testing.T, c scene) {
	examples := s.inForce(t, c.Policy(), c.Debug())
	policy := newDecider(t, c.Case)
	byOrigin := map[string][]take{}
	var origins []string
	for _, q := range c.questions {
		if byOrigin[q.origin] == nil {
			origins = append(origins, q.origin)
		}
		for _, credentials := range []browser.Credentials{browser.Omit, browser.Include} {
			for _, x := range examples {
				byOrigin[q.origin] = append(byOrigin[q.origin], take{q, x.name, credentials, policy})
			}
		}
	}
	if i := slices.Index(origins, s.origin); i > 0 {
		origins[0], origins[i] = origins[i], origins[0]
	}
	for _, origin := range origins {
		s.judge(t, byOrigin[origin])
	}
}
