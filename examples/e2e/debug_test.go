//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"testing"

	"github.com/concors/concors/conformance"
	"github.com/concors/concors/conformance/browser"
	concors "github.com/concors/concors/core"
)

// decider decides as the examples do, and gives its reasons.
type decider struct {
	policy *concors.Policy
	debug  bool
}

func newDecider(t *testing.T, c *conformance.Case) *decider {
	t.Helper()
	config, err := concors.ParseConfig(c.Policy())
	if err != nil {
		t.Fatal(err)
	}
	policy, err := concors.NewPolicy(config)
	if err != nil {
		t.Fatal(err)
	}
	policy.SetDebug(c.Debug())
	return &decider{policy, c.Debug()}
}

// debugged holds debug mode to its promise: the browser stops at the step that
// denied a preflight, for the very method or header. What it says of that is
// compared where it says anything. A browser that is to send credentials to a
// policy without them speaks of that first.
func (v verdict) debugged(n *tally) []string {
	if !v.preflight || v.policy == nil || !v.policy.debug {
		return nil
	}
	d := v.policy.policy.Decide(context.Background(), concors.NewRequest(v.asked))
	credentials := v.exchange.Header.Get("Access-Control-Allow-Credentials") != ""
	if d.Allowed() || v.credentials == browser.Include && !credentials && d.Status() != 403 {
		return nil
	}
	n.debug++
	want := browser.StepAllowOriginMissing
	switch d.Reason() {
	case concors.ReasonMethodNotAllowed:
		want = browser.StepMethodNotAllowed
	case concors.ReasonHeaderNotAllowed, concors.ReasonHeaderMalformed, concors.ReasonHeadersTooLong:
		want = browser.StepHeaderNotAllowed
	}
	if f := v.result.Failure; f == nil || f.Step != want || want != browser.StepAllowOriginMissing && cut(f.Detail) != d.Detail() {
		return []string{fmt.Sprintf("Concors denies with %s %q, want the browser to stop at %s", d.Reason(), d.Detail(), want)}
	}
	return nil
}

// cut shortens as Concors does.
func cut(detail string) string { return detail[:min(len(detail), 256)] }
