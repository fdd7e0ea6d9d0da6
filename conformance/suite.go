package conformance

import (
	"fmt"
	"net/http"
	"slices"
)

// Load reads all cases, in the order of their names. The error, which a
// released module never has, names every faulty case and line.
func Load() ([]*Case, error) { return readCases(Cases()) }

// Name is the case's subject and sentence, as in
// "preflight/answers-with-every-allowed-method".
func (c *Case) Name() string { return c.name }

// Title is the sentence on top of the case.
func (c *Case) Title() string { return c.title }

// Policy returns the policy file that is in force at the start, a fresh copy.
func (c *Case) Policy() []byte { return slices.Clone(c.policy) }

// Debug reports whether debug mode is on.
func (c *Case) Debug() bool { return c.setup.debug }

// An Exchange is a request of a case and the answer that it wants.
type Exchange struct {
	Raw        string      // the request as sent
	Status     int         // of the answer
	Header     http.Header // Access-Control-*, all that come, and Vary, one name a value in lower case
	HandlerRan bool        // a handler answers; else the middleware itself does
	Verdict    *Verdict    // nil where the request has not exactly one Origin line
}

// Exchanges returns what the case sends and wants, in order, as fresh copies.
// Reloads between them are left out; a case that [Case.NeedsOnlyPolicy] has none.
func (c *Case) Exchanges() []Exchange {
	var out []Exchange
	for _, s := range c.steps {
		if s.ask == nil {
			continue
		}
		want := s.ask.want
		e := Exchange{Raw: s.ask.request.raw, Status: want.status, Header: http.Header{}, HandlerRan: want.handlerRan}
		for _, f := range want.fields {
			e.Header.Add(f.name, f.value)
		}
		for _, name := range want.vary {
			e.Header.Add("Vary", name)
		}
		if s.ask.verdict != nil {
			verdict := *s.ask.verdict
			e.Verdict = &verdict
		}
		out = append(out, e)
	}
	return out
}

// A Verdict is what a browser makes of an answer that it got to a request of
// one page: after a preflight, whether it sends the request (Fetch,
// CORS-preflight fetch, step 7); after any other request, whether the page's
// script may read the answer (Fetch, CORS check).
type Verdict struct {
	Omit    bool // credentials mode "omit"
	Include bool // credentials mode "include"
}

func (v Verdict) String() string {
	return fmt.Sprintf("omit %s, include %s", word(v.Omit), word(v.Include))
}

func word(allowed bool) string {
	if allowed {
		return "allowed"
	}
	return "blocked"
}
