package judge

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/concors/concors/conformance"
	"github.com/concors/concors/conformance/browser"
)

// modes are the credentials modes that a verdict speaks of.
var modes = []browser.Credentials{browser.Omit, browser.Include}

// Verdict is what a browser makes of an answer to the request: nil if the page
// gets through.
func Verdict(q Request, a Answer, c browser.Credentials) *browser.Failure {
	if q.isPreflight() {
		return browser.CheckPreflight(q.page(), c, q.askedMethod(), q.askedNames(), a.Status, a.Header)
	}
	return browser.CheckCORS(q.page(), c, a.Header)
}

// Check compares an answer with what a case wants, in everything but caches.
func Check(want conformance.Exchange, q Request, got Answer) []Fault {
	var faults []Fault
	add := func(rule Rule, format string, args ...any) {
		faults = append(faults, Fault{rule, fmt.Sprintf(format, args...)})
	}
	if want.Verdict != nil {
		for _, c := range modes {
			checkMode(want, q, got, c, add)
		}
	}
	checkHandler(want, q, got, add)
	checkFields(got, add)
	return faults
}

// checkMode judges what a page gets in one credentials mode.
func checkMode(want conformance.Exchange, q Request, got Answer, c browser.Credentials, add func(Rule, string, ...any)) {
	allowed := want.Verdict.Omit
	if c == browser.Include {
		allowed = want.Verdict.Include
	}
	failure := Verdict(q, got, c)
	switch {
	case failure == nil && !allowed:
		add(Admits, "credentials %s: a browser lets the page through, and the policy denies it", c)
	case failure != nil && allowed && got.Ran == want.HandlerRan:
		add(Blocks, "credentials %s: the policy allows it, but %v", c, failure)
	case !allowed || want.HandlerRan && !got.Ran: // that its handler is missing says it all
	case q.isPreflight():
		// Only a preflight that passes is kept (Fetch, CORS-preflight fetch, step 7).
		if w, g := maxAge(want.Header), maxAge(got.Header); w != g {
			add(MaxAge, "credentials %s: a browser keeps the preflight for %d seconds, not %d", c, g, w)
		}
	default:
		if w, g := exposed(want.Header, got.Header, c), exposed(got.Header, want.Header, c); !slices.Equal(w, g) {
			add(Readable, "credentials %s: the page reads %q, not %q", c, g, w)
		}
	}
}

// checkHandler judges who answers.
func checkHandler(want conformance.Exchange, q Request, got Answer, add func(Rule, string, ...any)) {
	_, granted := want.Header["Access-Control-Allow-Origin"]
	denied := len(q.Origins) > 0 && !granted
	switch {
	case got.Ran && !want.HandlerRan:
		add(Forwarded, "the preflight reaches a handler")
	case want.HandlerRan && !got.Ran && denied && got.Status >= 400:
		add(Refused, "the request is answered with %d in place of its handler", got.Status)
	case want.HandlerRan && !got.Ran && q.Method == http.MethodOptions:
		add(Swallowed, "OPTIONS is answered with %d in place of its handler", got.Status)
	case want.HandlerRan && !got.Ran:
		add(Stopped, "the request is answered with %d in place of its handler", got.Status)
	case want.HandlerRan && got.Status != want.Status:
		add(Status, "status %d, and the handler's is %d", got.Status, want.Status)
	}
}

// checkFields looks for what no answer should have, whoever reads it. A list may
// be empty (RFC 9110, section 5.6.1.2), a single value may not.
func checkFields(got Answer, add func(Rule, string, ...any)) {
	for _, name := range []string{"Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Max-Age"} {
		switch values := got.Header[name]; {
		case len(values) > 1:
			add(Field, "%d lines of %s", len(values), name)
		case len(values) == 1 && values[0] == "":
			add(Field, "an empty %s", name)
		}
	}
}

// maxAge is for how long a browser keeps a preflight: a field that is missing
// or no number means 5 seconds (Fetch, CORS-preflight fetch, step 7). Each
// browser's own limit is left out.
func maxAge(header http.Header) int {
	seconds, err := strconv.Atoi(strings.Join(header["Access-Control-Max-Age"], ", "))
	if err != nil || seconds < 0 {
		return 5
	}
	return seconds
}

// exposed returns the names that a page can read of an answer with that header
// if the answer has every field that either side names, and one that neither
// does.
func exposed(header, other http.Header, c browser.Credentials) []string {
	const unnamed = "X-Never-Named"
	answer := http.Header{unnamed: {"1"}}
	for _, h := range []http.Header{header, other} {
		for _, name := range elements(h["Access-Control-Expose-Headers"]) {
			if name != "*" {
				answer.Set(name, "1")
			}
		}
	}
	answer["Access-Control-Expose-Headers"] = header["Access-Control-Expose-Headers"]
	readable := browser.Readable(c, answer)
	delete(readable, "Access-Control-Expose-Headers")
	var names []string
	for name := range readable {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
