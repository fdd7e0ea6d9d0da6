package browser

import (
	"net/http"
	"net/url"
	"strings"
)

// CheckCORS is the CORS check: it reports why a page from the origin page,
// "null" if it is opaque, may not read an answer with that header (Fetch, CORS
// check). It returns nil if the page may. A
// function whose result is an error must compare with nil first: a nil *Failure
// that it returns is an error that is not nil.
func CheckCORS(page string, c Credentials, header http.Header) *Failure {
	allowed, ok := get(header, "Access-Control-Allow-Origin")
	switch {
	case !ok:
		return &Failure{Step: StepAllowOriginMissing}
	case c != Include && allowed == "*":
		return nil
	case allowed != page:
		return &Failure{Step: stepOfOrigin(allowed), Detail: allowed}
	case c != Include:
		return nil
	}
	if credentials, _ := get(header, "Access-Control-Allow-Credentials"); credentials != "true" {
		return &Failure{Step: StepAllowCredentials, Detail: credentials}
	}
	return nil
}

// stepOfOrigin tells apart what the standard does not: in which way the value
// of Access-Control-Allow-Origin is not the page's origin. The order is
// Chromium's, which has a message for each.
func stepOfOrigin(allowed string) Step {
	switch {
	case allowed == "*":
		return StepAllowOriginWildcard
	case strings.ContainsAny(allowed, " ,"):
		return StepAllowOriginMultiple
	case allowed == "null":
		return StepAllowOriginMismatch
	}
	u, err := url.Parse(allowed)
	if err != nil || u.Scheme == "" || strings.Trim(u.Opaque+u.Host+u.Path, "/") == "" {
		return StepAllowOriginInvalid
	}
	return StepAllowOriginMismatch
}
