package concors

import "context"

// Explanation is a decision with the steps that led to it, for a person who
// wants to know why a page is blocked.
type Explanation struct {
	// Decision is what [Policy.Decide] returns. Like any, it refers to the
	// strings of the request; the steps have copies.
	Decision Decision
	// Steps are the checks in the order in which a browser makes them (Fetch,
	// CORS check; CORS-preflight fetch, step 7), behind the choice of the path's
	// policy: path, origin and credentials, and for a preflight status, method
	// and a header for each name that is asked for. At most one of them failed;
	// those behind it were not reached.
	//
	// Of very many names some stand for all: 32 have a step of their own, and
	// the one at fault always has. What is left out has one step, with a Note
	// that says how many there are.
	Steps []Step
}

// Step is one check. What its strings hold is bounded, but for what comes from
// the policy itself.
type Step struct {
	Check   Check
	Outcome Outcome
	// Asked is what the request has, cut to 256 bytes: the path, the origin, the
	// method or the header name. It comes from the client and must be quoted
	// where it is printed.
	Asked string
	// Field is what that was compared with, named as in [ConfigError]: the entry
	// or field that decided, such as paths["/api/"].allowHeaders[1], or the whole
	// list if no entry did. It is empty if none had to.
	Field string
	// Value is that entry or field as the policy has it, empty for a list.
	Value string
	// Note says in words what else decided, or what is nearly right: the entry
	// that differs in its scheme alone, for instance. What it repeats of the
	// request is quoted. It may be empty, and its wording may change.
	Note string
}

// Check is what a [Step] looks at. The values are stable.
type Check string

// The checks in their order.
const (
	CheckPath        Check = "path"        // which policy covers the path
	CheckOrigin      Check = "origin"      // is the page's origin allowed
	CheckCredentials Check = "credentials" // may the page send credentials
	CheckStatus      Check = "status"      // has the answer to the preflight a status of success
	CheckMethod      Check = "method"      // is the method allowed
	CheckHeader      Check = "header"      // is this header allowed
)

// Outcome is how a [Step] ended. The values are stable.
type Outcome string

// The outcomes of a step.
const (
	OutcomePassed     Outcome = "passed"
	OutcomeFailed     Outcome = "failed"
	OutcomeNotReached Outcome = "not-reached" // an earlier step failed, or no policy applies
)

// Explain decides about r exactly as [Policy.Decide] does and says why. It tells
// no observer; the origin function, if it has to be asked, is asked once. All
// of it is of one Config, however often the policy is reloaded. As for Decide, a
// server that reuses its buffers hands in [Request.Clone] if [Policy.Retains]
// reports true.
//
// It is for an admin's page, a test or a log line about a refusal, not for every
// request: it allocates, and to find what is nearly right it may go through the
// whole of a list, which may take a second for a million origins.
func (p *Policy) Explain(ctx context.Context, r Request) Explanation {
	e := explainer{compiled: p.load(), r: &r}
	e.decide(ctx, p)
	e.walk()
	return Explanation{Decision: e.decision, Steps: e.steps}
}

// Failed returns the step that failed, and false if none did.
func (e Explanation) Failed() (Step, bool) {
	for _, step := range e.Steps {
		if step.Outcome == OutcomeFailed {
			return step, true
		}
	}
	return Step{}, false
}
