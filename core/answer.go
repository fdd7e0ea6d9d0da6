package concors

import (
	"context"
	"net/http"
)

// Answer decides about r and writes the decision to header, as [Policy.Decide]
// and [Decision.Apply] do, but quicker: of r it looks up what the decision comes
// to. The functions of the policy get the context of r. Answer returns the
// status to answer a preflight with, without a body and without calling a
// handler, and 0 for any other request. Neither header nor r.URL may be nil.
func (p *Policy) Answer(header http.Header, r *http.Request) (status int) {
	var d Decision
	if p.originFunc == nil && p.observe == nil {
		d.decide(context.Background(), p, &question{method: r.Method, origin: r.Header["Origin"], server: r})
	} else {
		q := NewRequest(r)
		p.report(r.Context(), &q, &d)
	}
	d.apply(header)
	return d.status()
}
