package concors

import "iter"

// Decision is what a policy decided about one request. It is a small value; it
// refers to the strings of the request, and is valid as long as they are. The
// zero Decision writes nothing and was not allowed.
type Decision struct {
	rules  *rules
	origin string // or what is at fault up to there
	method string
	header string // the names to reflect, or the one at fault

	reason    reason
	grant     grant
	options   bool // the method is OPTIONS
	preflight bool
}

// grant says how much of an answer is given.
type grant uint8

const (
	grantNothing   grant = iota // Vary alone
	grantOrigin                 // in debug mode, what a preflight passed before it failed
	grantMethod                 // likewise
	grantPreflight              // all that a preflight asks for
	grantActual                 // to read the answer
)

// Preflight reports whether the middleware answers the request itself: with
// [Decision.Status], the fields and no body. No handler is called then.
func (d Decision) Preflight() bool {
	return d.preflight
}

// statusDenied is that of a refused preflight: any status that is not 200 to 299
// makes a browser block (Fetch, CORS-preflight fetch, step 7).
const statusDenied = 403

// Status returns the status to answer a preflight with, and 0 for any other
// request.
func (d Decision) Status() int {
	return d.status()
}

func (d *Decision) status() int {
	switch {
	case !d.preflight:
		return 0
	case d.grant == grantNothing:
		return statusDenied
	}
	return d.rules.status
}

// Allowed reports whether nothing was refused: the request is allowed, has no
// Origin field, or no policy applies to it.
func (d Decision) Allowed() bool {
	return d.reason == allowed || d.reason == noOrigin || d.reason == noPolicy
}

// Reason returns why the policy decided so.
func (d Decision) Reason() Reason {
	if d.reason == originRefused {
		return refusal(d.origin)
	}
	return reasons[d.reason]
}

// Detail returns what was at fault, cut to 256 bytes: the origin, the method or
// the header name, or the path if that is ambiguous. It comes from the client
// and must be quoted where it is logged. It is empty if nothing was at fault.
func (d Decision) Detail() string {
	var s string
	switch d.reason {
	case pathAmbiguous, severalOrigins, originRefused, originFuncLate:
		s = d.origin
	case methodMalformed, methodNotAllowed:
		s = d.method
	case headerMalformed, headerNotAllowed, headersTooLong:
		s = d.header
	}
	const longest = 256
	return s[:min(len(s), longest)]
}

// Path returns the key of Paths that covers the request, or "" if none does.
func (d Decision) Path() string {
	if d.rules == nil {
		return ""
	}
	return d.rules.key
}

// isUntouched reports whether nothing is written and nothing deleted.
func (d *Decision) isUntouched() bool {
	return d.rules == nil || d.rules.passes
}

// Fields returns the fields of the answer, for servers that do not use
// [net/http.Header]. Of the six Access-Control response fields, each comes once:
// set it, or delete it if the value is empty. Vary comes last, if at all: its
// names are to be added to those that the response has. Where no policy
// applies, nothing comes.
func (d Decision) Fields() iter.Seq2[string, string] {
	return func(yield func(name, value string) bool) {
		if d.isUntouched() {
			return
		}
		set := d.fields()
		for i := range fieldNames {
			value := ""
			if set.has(i) {
				value = d.value(i)
			}
			if !yield(fieldNames[i], value) {
				return
			}
		}
		if vary := varies[d.varies()]; vary != "" {
			yield("Vary", vary)
		}
	}
}
