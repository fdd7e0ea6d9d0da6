//go:build e2e

package e2e

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/concors/concors/conformance/browser"
)

// verdict is all that is known of one fetch: what the page learned, what the
// browser said, what came to the front, and the same of the model.
type verdict struct {
	take
	engine         engine
	outcome        outcome
	said           reason
	result         *browser.Result
	seen, modelled []*record
}

// faults compares them with one another and with the case, and counts what it
// compares.
func (v verdict) faults(n *tally) []string {
	out := v.wire()
	if len(out) > 0 {
		return out // the rest follows from it
	}
	if v.outcome.OK != v.result.Allowed() {
		return append(out, fmt.Sprintf("the page's fetch ends with ok=%t %s", v.outcome.OK, v.outcome.Error))
	}
	if v.outcome.OK && v.outcome.Error != "" {
		out = append(out, "the page cannot read the body: "+v.outcome.Error)
	}
	if got, judged := v.allowed(); judged {
		n.verdicts++
		want := v.exchange.Verdict.Omit
		if v.credentials == browser.Include {
			want = v.exchange.Verdict.Include
		}
		if got != want {
			out = append(out, fmt.Sprintf("the browser's verdict is %t, the case's is %t", got, want))
		}
	}
	if v.outcome.OK {
		return append(out, v.readable()...)
	}
	if v.said != (reason{}) {
		n.reasons++
	}
	if fault := v.engine.disagrees(v.result.Failure, v.said); fault != "" {
		out = append(out, fault)
	}
	return append(out, v.debugged(n)...)
}

// wire compares what came to the front: how many preflights, with which fields,
// and whether the request itself followed.
func (v verdict) wire() (out []string) {
	show := func(records []*record) string {
		var b strings.Builder
		for _, r := range records {
			fmt.Fprintf(&b, "\n    %v", r)
		}
		return b.String()
	}
	if got, want := show(v.seen), show(v.modelled); got != want {
		return []string{fmt.Sprintf("the browser sends:%.2000s\nthe model sends:%.2000s", got, want)}
	}
	if len(v.seen) == 0 {
		return []string{"nothing came from the browser"}
	}
	first := v.seen[0]
	if first.target != v.target {
		out = append(out, fmt.Sprintf("the browser asks for %s", first.target))
	}
	if first.err != nil {
		out = append(out, fmt.Sprintf("the example does not answer: %v", first.err))
	}
	if first.isPreflight() != v.preflight && v.preflight {
		out = append(out, "the browser sends no preflight")
	}
	return append(out, v.fields()...)
}

// fields compares the first request with the case's, where that is what came.
func (v verdict) fields() (out []string) {
	first := v.seen[0]
	if first.isPreflight() != v.preflight {
		return nil
	}
	for _, name := range []string{"Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"} {
		if got, want := first.header[name], v.asked.Header[name]; !slices.Equal(got, want) {
			out = append(out, fmt.Sprintf("the browser sends %s: %.200q, want %.200q", name, got, want))
		}
	}
	return out
}

// allowed is the browser's verdict on the answer to the exchange. It judges
// none where the exchange did not take place, because its own preflight was
// refused, or where a router answered with a redirect, which is another fetch.
func (v verdict) allowed() (allowed, judged bool) {
	if v.exchange.Verdict == nil {
		return false, false
	}
	if v.preflight {
		return len(v.seen) > 1, true
	}
	last := v.seen[len(v.seen)-1]
	redirected := slices.ContainsFunc(v.seen, func(r *record) bool { return r.status >= 301 && r.status <= 308 && r.status != 304 })
	return v.outcome.OK, !last.isPreflight() && !redirected
}

// random are fields whose values differ from answer to answer.
var random = []string{"date", "x-request-id"}

// readable compares what a script can read.
func (v verdict) readable() (out []string) {
	if v.outcome.Status != v.result.Status {
		out = append(out, fmt.Sprintf("the page reads the status %d", v.outcome.Status))
	}
	got, want := v.outcome.header(), http.Header{}
	delete(got, "x-firefox-spdy") // Firefox itself adds it to answers over HTTP/2
	for name, values := range v.result.Header {
		name = strings.ToLower(name)
		want[name] = []string{strings.Join(values, ", ")}
		if slices.Contains(random, name) {
			want[name] = got[name]
		}
	}
	if !maps.EqualFunc(got, want, slices.Equal) {
		out = append(out, fmt.Sprintf("the page reads %q, the model %q", got, want))
	}
	return out
}
