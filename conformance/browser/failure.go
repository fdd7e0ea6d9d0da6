package browser

import (
	"fmt"
	"strconv"
)

// Credentials is a request's credentials mode: whether cookies go with it, and
// whether the server must allow that.
type Credentials string

// The credentials modes (Fetch, Requests, credentials mode). The zero value
// means SameOrigin, which is what fetch() takes when a page says nothing.
const (
	Omit       Credentials = "omit"
	SameOrigin Credentials = "same-origin"
	Include    Credentials = "include"
)

// Step is a stable code of the step at which a browser gives up. Each belongs
// to one message of a browser, so that a test can name the fault it expects.
type Step string

// The steps of the CORS check. On the answer to a preflight they come with
// Failure.Preflight set.
const (
	// StepAllowOriginMissing: there is no Access-Control-Allow-Origin (Fetch,
	// CORS check, step 2).
	StepAllowOriginMissing Step = "allow-origin-missing"
	// StepAllowOriginInvalid: the value is empty or no origin at all (CORS
	// check, step 4).
	StepAllowOriginInvalid Step = "allow-origin-invalid"
	// StepAllowOriginMultiple: the value is a list, or came in several lines
	// (CORS check, steps 1 and 4).
	StepAllowOriginMultiple Step = "allow-origin-multiple"
	// StepAllowOriginWildcard: the value is "*", and credentials are included
	// (CORS check, steps 3 and 4).
	StepAllowOriginWildcard Step = "allow-origin-wildcard"
	// StepAllowOriginMismatch: the value is another origin, or the same one
	// spelt differently (CORS check, step 4).
	StepAllowOriginMismatch Step = "allow-origin-mismatch"
	// StepAllowCredentials: credentials are included, and
	// Access-Control-Allow-Credentials is not exactly "true" (CORS check, steps 6
	// to 8).
	StepAllowCredentials Step = "allow-credentials"
)

// The steps that only a preflight takes.
const (
	// StepPreflightStatus: the status is not in the range 200 to 299 (Fetch,
	// CORS-preflight fetch, step 7).
	StepPreflightStatus Step = "preflight-status"
	// StepPreflightRedirect: the answer is a redirect, which a preflight does
	// not follow (CORS-preflight fetch, steps 6 and 7).
	StepPreflightRedirect Step = "preflight-redirect"
	// StepAllowMethodsInvalid: Access-Control-Allow-Methods is no list of
	// methods (CORS-preflight fetch, step 7.3).
	StepAllowMethodsInvalid Step = "allow-methods-invalid"
	// StepAllowHeadersInvalid: Access-Control-Allow-Headers is no list of
	// header names (CORS-preflight fetch, step 7.3).
	StepAllowHeadersInvalid Step = "allow-headers-invalid"
	// StepMethodNotAllowed: the method is not listed (CORS-preflight fetch,
	// step 7.5).
	StepMethodNotAllowed Step = "method-not-allowed"
	// StepHeaderNotAllowed: a header name is not listed (CORS-preflight fetch,
	// steps 7.6 and 7.7).
	StepHeaderNotAllowed Step = "header-not-allowed"
)

// The steps outside the CORS protocol at which a fetch ends.
const (
	// StepRedirectLocation: Location is no URL or none that net/url reads, or
	// came in several lines (Fetch, HTTP-redirect fetch, step 5).
	StepRedirectLocation Step = "redirect-location"
	// StepRedirectScheme: Location is a URL of another scheme than http and
	// https (HTTP-redirect fetch, step 6).
	StepRedirectScheme Step = "redirect-scheme"
	// StepRedirectCount: the twenty-first redirect (HTTP-redirect fetch, step 7).
	StepRedirectCount Step = "redirect-count"
	// StepRedirectCredentials: Location holds a user name or password
	// (HTTP-redirect fetch, steps 9 and 10).
	StepRedirectCredentials Step = "redirect-credentials"
	// StepMixedContent: a page from https asks for an http URL (Fetch, Main
	// fetch, step 7; Mixed Content).
	StepMixedContent Step = "mixed-content"
	// StepForbiddenMethod: fetch() refuses CONNECT, TRACE and TRACK (Fetch,
	// Request class, constructor).
	StepForbiddenMethod Step = "forbidden-method"
	// StepNetwork: no answer came, or it broke off (Fetch, HTTP-network fetch).
	StepNetwork Step = "network"
)

// Failure says why a script does not get an answer. A nil *Failure means that
// it does.
type Failure struct {
	Step      Step
	Preflight bool   // the answer to the preflight is at fault, not the answer itself
	Detail    string // the value, method or header name at fault, as it came; may be long
}

// Error says in one sentence what is wrong.
func (f *Failure) Error() string {
	what := "the answer"
	if f.Preflight {
		what = "the answer to the preflight"
	}
	sentence, ok := sentences[f.Step]
	if !ok {
		sentence = "%[1]s fails at " + quote(string(f.Step)) + ": %[2]s"
	}
	if f.Step == StepAllowCredentials && f.Detail == "" {
		sentence = `%[1]s has no Access-Control-Allow-Credentials, or an empty one, but must have "true", since credentials are included`
	}
	return fmt.Sprintf(sentence, what, quote(f.Detail))
}

// sentences has what Error says of each step: 1 is the answer, 2 the detail.
var sentences = map[Step]string{
	StepAllowOriginMissing:  "%[1]s has no Access-Control-Allow-Origin",
	StepAllowOriginInvalid:  "%[1]s has the Access-Control-Allow-Origin %[2]s, which is no origin",
	StepAllowOriginMultiple: "%[1]s has the Access-Control-Allow-Origin %[2]s, but one origin is all it may hold",
	StepAllowOriginWildcard: "%[1]s has the Access-Control-Allow-Origin %[2]s, but must name the origin, since credentials are included",
	StepAllowOriginMismatch: "%[1]s has the Access-Control-Allow-Origin %[2]s, which is not the origin that asks",
	StepAllowCredentials:    `%[1]s has the Access-Control-Allow-Credentials %[2]s, but must have "true", since credentials are included`,
	StepPreflightStatus:     "%[1]s has the status %[2]s, which is not in the range 200 to 299",
	StepPreflightRedirect:   "%[1]s is a redirect to %[2]s, which a browser does not follow",
	StepAllowMethodsInvalid: "%[1]s has %[2]s in Access-Control-Allow-Methods, which is no method",
	StepAllowHeadersInvalid: "%[1]s has %[2]s in Access-Control-Allow-Headers, which is no header name",
	StepMethodNotAllowed:    "%[1]s does not allow the method %[2]s in Access-Control-Allow-Methods",
	StepHeaderNotAllowed:    "%[1]s does not allow the header %[2]s in Access-Control-Allow-Headers",
	StepRedirectLocation:    "%[1]s is a redirect to %[2]s, which is no URL, or cannot be read here",
	StepRedirectScheme:      "%[1]s is a redirect to %[2]s, which is neither http nor https",
	StepRedirectCount:       "%[1]s is one redirect too many, to %[2]s",
	StepRedirectCredentials: "%[1]s is a redirect to %[2]s, which holds a user name or password",
	StepMixedContent:        "a page from https may not ask for %[2]s",
	StepForbiddenMethod:     "a script may not use the method %[2]s",
	StepNetwork:             "%[1]s did not come, or not whole: %[2]s",
}

// quote makes a value fit to be read: quoted, and cut when it is long.
func quote(value string) string {
	const most = 200
	if len(value) > most {
		return strconv.Quote(value[:most]) + "..."
	}
	return strconv.Quote(value)
}
