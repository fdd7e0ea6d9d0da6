package concors

import "github.com/concors/concors/core/internal/origin"

// Reason says why a policy decided as it did. The values are stable and few:
// fit for metric labels and for comparison.
type Reason string

// The reasons in the order in which a request meets them.
const (
	ReasonNoOrigin         Reason = "no-origin"          // no Origin field: not a CORS request
	ReasonNoPolicy         Reason = "no-policy"          // {} or a path that nothing covers: passed on untouched
	ReasonPathAmbiguous    Reason = "path-ambiguous"     // routers disagree about which key of Paths covers the path
	ReasonSeveralOrigins   Reason = "several-origins"    // more than one Origin field line
	ReasonNullOrigin       Reason = "null-origin"        // the opaque origin "null", which the policy does not list
	ReasonOriginMalformed  Reason = "origin-malformed"   // no origin that a browser would send
	ReasonOriginNotAllowed Reason = "origin-not-allowed" // no pattern and no origin function admits the origin
	ReasonOriginFuncLate   Reason = "origin-func-late"   // the origin function said yes after the context was done
	ReasonMethodMalformed  Reason = "method-malformed"   // not one line with one token that a browser may send
	ReasonMethodNotAllowed Reason = "method-not-allowed" // the policy lists the method in no such spelling, or cannot write it back
	ReasonHeaderMalformed  Reason = "header-malformed"   // a requested header name is no token
	ReasonHeaderNotAllowed Reason = "header-not-allowed" // the policy does not list the requested header
	ReasonHeadersTooLong   Reason = "headers-too-long"   // the requested names exceed what is reflected, 16384 bytes
	ReasonAllowed          Reason = "allowed"            // the policy allows the request
)

// reason is a Reason as a Decision keeps it.
type reason uint8

const (
	unknown reason = iota
	noOrigin
	noPolicy
	pathAmbiguous
	severalOrigins
	originRefused // for one of the three reasons that refusal tells apart
	originFuncLate
	methodMalformed
	methodNotAllowed
	headerMalformed
	headerNotAllowed
	headersTooLong
	allowed
)

var reasons = [...]Reason{
	noOrigin:         ReasonNoOrigin,
	noPolicy:         ReasonNoPolicy,
	pathAmbiguous:    ReasonPathAmbiguous,
	severalOrigins:   ReasonSeveralOrigins,
	originFuncLate:   ReasonOriginFuncLate,
	methodMalformed:  ReasonMethodMalformed,
	methodNotAllowed: ReasonMethodNotAllowed,
	headerMalformed:  ReasonHeaderMalformed,
	headerNotAllowed: ReasonHeaderNotAllowed,
	headersTooLong:   ReasonHeadersTooLong,
	allowed:          ReasonAllowed,
}

// refusal says why no pattern and no origin function admits an origin. Most
// servers never ask, so that it is read only when they do.
func refusal(text string) Reason {
	if text == "null" {
		return ReasonNullOrigin
	}
	if _, ok := origin.Parse(text); !ok {
		return ReasonOriginMalformed
	}
	return ReasonOriginNotAllowed
}
