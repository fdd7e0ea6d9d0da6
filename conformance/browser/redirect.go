package browser

import (
	"net/http"
	"net/url"
	"strings"
)

// location returns where a redirect leads: nil if the answer has no Location,
// which makes it an answer like any other (Fetch, HTTP-redirect fetch, steps 3
// to 6; Responses, location URL).
func (c *call) location(header http.Header) (*url.URL, *Failure) {
	values := lines(header, "Location")
	if len(values) == 0 {
		return nil, nil
	}
	value := strings.Join(values, ", ")
	if len(values) > 1 {
		return nil, &Failure{Step: StepRedirectLocation, Detail: value}
	}
	u, err := parseURL(c.url, value)
	switch {
	case err == errScheme:
		return nil, &Failure{Step: StepRedirectScheme, Detail: value}
	case err != nil:
		return nil, &Failure{Step: StepRedirectLocation, Detail: value}
	}
	return u, nil
}

// redirect makes the request the one to be sent next (Fetch, HTTP-redirect
// fetch, steps 7 to 18).
func (c *call) redirect(status int, location *url.URL) *Failure {
	if c.redirects == 20 {
		return &Failure{Step: StepRedirectCount, Detail: location.Redacted()}
	}
	c.redirects++
	// Step 10 catches the way back from another origin to the page's own.
	if hasCredentials(location) && (c.cors || originOf(location) != c.page) {
		return &Failure{Step: StepRedirectCredentials, Detail: location.Redacted()}
	}
	switch {
	case (status == 301 || status == 302) && c.method == http.MethodPost,
		status == 303 && c.method != http.MethodGet && c.method != http.MethodHead:
		c.method, c.body = http.MethodGet, ""
		for name := range c.header {
			if isBodyHeader(name) {
				delete(c.header, name)
			}
		}
	}
	if from := originOf(c.url); from != originOf(location) {
		delete(c.header, "Authorization")
		// Neither server may learn on whose behalf the other was asked (Requests,
		// redirect-taint).
		c.tainted = c.tainted || from != c.page
	}
	c.url = location
	return nil
}

// schemeOf returns the scheme of a page's origin, or nothing for "null".
func schemeOf(page string) string {
	scheme, _, ok := strings.Cut(page, "://")
	if !ok {
		return ""
	}
	return scheme
}
