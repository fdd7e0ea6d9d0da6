package browser

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// A Fetch is what a script asks for.
type Fetch struct {
	// Page is the origin of the page as a browser serialises it, such as
	// "https://app.example.com"; "null" if it is opaque.
	Page string
	// URL is what is asked for: absolute, or relative to the base that Dial
	// was given. A fragment is not sent.
	URL string
	// Method is the method as the script writes it; empty means GET.
	Method string
	// Header is what the script sets. What it may not set is dropped, as in
	// a browser; values of one name go out in one line.
	Header http.Header
	// Body is the body; empty means none. One without a Content-Type gets
	// text/plain, as a string does.
	Body string
	// Credentials is the credentials mode; empty means SameOrigin.
	Credentials Credentials
	// UploadListener is set where the script listens to the progress of the
	// upload, which makes a browser send a preflight whatever the rest (the use-CORS-preflight flag).
	UploadListener bool
}

// A request is the standard's request, as it changes from redirect to redirect.
type request struct {
	page          string
	url           *url.URL
	method        string
	header        http.Header // canonical keys; each value is a header
	body          string
	credentials   Credentials
	usesPreflight bool

	cors      bool // response tainting is "cors"; it never becomes "basic" again
	tainted   bool // redirect-taint is not "same-origin"
	preflight bool // a hop so far needed a preflight or a cache entry
	redirects int
}

// prepare checks what no page could ask, and turns f into a request (Fetch,
// Request class, constructor; Fetching).
func prepare(f Fetch, base *url.URL) (*request, error) {
	if !isOrigin(f.Page) {
		return nil, fmt.Errorf("browser: the page %s is no origin as browsers serialise it", quote(f.Page))
	}
	u, err := parseURL(base, f.URL)
	if err == nil && hasCredentials(u) {
		err = errors.New("it holds a user name or password")
	}
	if err != nil {
		return nil, wrongURL(f.URL, err)
	}
	r := &request{page: f.Page, url: u, method: NormalizeMethod(f.Method), body: f.Body,
		credentials: f.Credentials, usesPreflight: f.UploadListener}
	switch r.credentials {
	case "":
		r.credentials = SameOrigin
	case Omit, SameOrigin, Include:
	default:
		return nil, fmt.Errorf("browser: %s is no credentials mode", quote(string(f.Credentials)))
	}
	if r.method == "" {
		r.method = http.MethodGet
	}
	if !isToken(r.method) {
		return nil, fmt.Errorf("browser: %s is no method", quote(f.Method))
	}
	if r.body != "" && (r.method == http.MethodGet || r.method == http.MethodHead) {
		return nil, fmt.Errorf("browser: a %s has no body", r.method)
	}
	r.header, err = scriptHeader(f.Header)
	if err != nil {
		return nil, err
	}
	if r.body != "" && len(r.header["Content-Type"]) == 0 {
		r.header.Set("Content-Type", "text/plain;charset=UTF-8")
	}
	if len(r.header["Accept"]) == 0 {
		r.header.Set("Accept", "*/*")
	}
	return r, nil
}

// scriptHeader returns what a browser takes over of what a script sets.
func scriptHeader(set http.Header) (http.Header, error) {
	header := http.Header{}
	for _, name := range slices.Sorted(maps.Keys(set)) {
		if !isToken(name) {
			return nil, fmt.Errorf("browser: %s is no header name", quote(name))
		}
		for _, value := range set[name] {
			value = normalizeValue(value)
			// A script may set other control bytes; net/http does not send them.
			if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
				return nil, fmt.Errorf("browser: the value %s of %s has a control byte, which cannot be sent", quote(value), name)
			}
			if !isForbiddenHeader(name, value) {
				header.Add(name, value)
			}
		}
	}
	return header, nil
}

func wrongURL(raw string, err error) error {
	return fmt.Errorf("browser: cannot ask for %s: %w", quote(raw), err)
}
