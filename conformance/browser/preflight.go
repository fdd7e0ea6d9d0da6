package browser

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// NeedsPreflight reports whether a browser asks the server before it sends
// such a request to another origin; header is what the script sets (Fetch, Main
// fetch, step 12). An upload listener makes it ask besides,
// and so may the Accept that Fetch adds, which counts towards the 1024 bytes that
// safelisted values may have together.
func NeedsPreflight(method string, header http.Header) bool {
	if method = NormalizeMethod(method); method == "" {
		method = http.MethodGet
	}
	return !isSafelistedMethod(method) || len(UnsafeNames(header)) > 0
}

// Preflight returns the header of the OPTIONS request that asks for the method
// and the header names, as far as the standard fixes it (Fetch, CORS-preflight
// fetch, steps 2 to 5). The names go out as UnsafeNames gives them, in one
// line without blanks, and none at all makes no line.
func Preflight(page, method string, names []string) http.Header {
	header := http.Header{
		"Accept":                        {"*/*"},
		"Access-Control-Request-Method": {method},
		"Origin":                        {page},
	}
	if len(names) > 0 {
		sorted := make([]string, len(names))
		for i, name := range names {
			sorted[i] = lower(name)
		}
		slices.Sort(sorted)
		header["Access-Control-Request-Headers"] = []string{strings.Join(slices.Compact(sorted), ",")}
	}
	return header
}

// CheckPreflight reports why an answer to a preflight does not let the request
// through that it asks for: the method as it is sent (see NormalizeMethod) and
// the names as UnsafeNames gives them (Fetch, CORS-preflight fetch, step 7). It
// returns nil if the answer does. A failure has Preflight set. As
// with CheckCORS, a nil *Failure in an error is not nil.
func CheckPreflight(page string, c Credentials, method string, names []string, status int, header http.Header) *Failure {
	_, failure := readPreflight(question{page: page, credentials: c, method: method, names: names}, status, header)
	return failure
}

// A question is what a preflight asks for.
type question struct {
	page          string
	credentials   Credentials
	method        string
	names         []string
	usesPreflight bool // the use-CORS-preflight flag
}

// A grant is what an answer to a preflight allows, for the cache.
type grant struct{ methods, names []string }

// readPreflight is Fetch, CORS-preflight fetch, steps 7.1 to 7.7.
func readPreflight(q question, status int, header http.Header) (grant, *Failure) {
	fail := func(step Step, detail string) (grant, *Failure) {
		return grant{}, &Failure{Step: step, Preflight: true, Detail: detail}
	}
	// The preflight's redirect mode is never followed, and browsers refuse it
	// before they look at any field; to the standard it is one more bad status.
	if location, ok := get(header, "Location"); ok && isRedirect(status) {
		return fail(StepPreflightRedirect, location)
	}
	if failure := CheckCORS(q.page, q.credentials, header); failure != nil {
		return fail(failure.Step, failure.Detail)
	}
	if status < 200 || status > 299 {
		return fail(StepPreflightStatus, strconv.Itoa(status))
	}
	methods, listed, fault := tokens(header, "Access-Control-Allow-Methods")
	if fault != "" {
		return fail(StepAllowMethodsInvalid, fault)
	}
	names, _, fault := tokens(header, "Access-Control-Allow-Headers")
	if fault != "" {
		return fail(StepAllowHeadersInvalid, fault)
	}
	if !listed && q.usesPreflight {
		methods = []string{q.method} // so that the answer is cached (step 7.4)
	}
	byStar := q.credentials != Include
	if !slices.Contains(methods, q.method) && !isSafelistedMethod(q.method) && !(byStar && slices.Contains(methods, "*")) {
		return fail(StepMethodNotAllowed, q.method)
	}
	if name := refused(q.names, names, byStar && slices.Contains(names, "*")); name != "" {
		return fail(StepHeaderNotAllowed, name)
	}
	return grant{methods, names}, nil
}

// refused returns the first name that is not listed (steps 7.6 and 7.7).
// Authorization comes before the others, and "*" does not stand for it.
func refused(names, listed []string, star bool) string {
	if containsFold(names, "authorization") && !containsFold(listed, "authorization") {
		return "authorization"
	}
	for _, name := range names {
		if !star && !containsFold(listed, name) {
			return lower(name)
		}
	}
	return ""
}

// isRedirect is Fetch, Statuses, redirect status.
func isRedirect(status int) bool {
	switch status {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}
