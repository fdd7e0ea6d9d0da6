//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"net/http/httputil"
	"regexp"
	"strings"
)

// destination is where the proxy sends a request, and its record if it has one.
// It is its own key in the request's context.
type destination struct {
	addr   string
	record *record
}

// record is a request that came for the API, and the status of the answer.
type record struct {
	method, target string // target without the identifier
	header         http.Header
	status         int
	err            error // there was no answer
}

// isPreflight reports whether the browser asked by itself.
func (r *record) isPreflight() bool {
	return r.method == http.MethodOptions && r.header["Access-Control-Request-Method"] != nil
}

// String shows what two browsers must agree on.
func (r *record) String() string {
	line := func(name string) string { return strings.Join(r.header[name], "|") }
	return fmt.Sprintf("%s %s origin=%q method=%q headers=%q: %d %v", r.method, r.target, line("Origin"),
		line("Access-Control-Request-Method"), line("Access-Control-Request-Headers"), r.status, r.err)
}

// take returns what came with an identifier, in order, and forgets it.
func (f *front) take(id string) []*record {
	f.mu.Lock()
	defer f.mu.Unlock()
	records := f.records[id]
	delete(f.records, id)
	return records
}

// newProxy returns a proxy that passes on request and answer as they are: the
// target byte for byte, the host, every end-to-end field, and none of its own.
func (f *front) newProxy() *httputil.ReverseProxy {
	set := func(r *http.Request, status int, err error) {
		f.mu.Lock()
		defer f.mu.Unlock()
		if rec := r.Context().Value(destination{}).(destination).record; rec != nil {
			rec.status, rec.err = status, err
		}
	}
	return &httputil.ReverseProxy{
		Rewrite:   rewrite,
		Transport: &http.Transport{DisableCompression: true},
		ModifyResponse: func(r *http.Response) error {
			set(r.Request, r.StatusCode, nil)
			return nil
		},
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			set(r, http.StatusBadGateway, err)
			w.WriteHeader(http.StatusBadGateway)
		},
	}
}

func rewrite(p *httputil.ProxyRequest) {
	out := p.Out.URL
	out.Scheme, out.Host = "http", p.In.Context().Value(destination{}).(destination).addr
	out.RawQuery = p.In.URL.RawQuery // also where it does not parse
	p.Out.Host = p.In.Host
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"} {
		if values := p.In.Header[name]; values != nil {
			p.Out.Header[name] = values
		}
	}
	// Where net/url would spell the path in another way, it is sent as it came.
	// A path that begins with two slashes would be taken for a host there.
	if path, _, _ := strings.Cut(p.In.RequestURI, "?"); out.EscapedPath() != path && !strings.HasPrefix(path, "//") {
		out.Opaque = path
	}
}

// Every fetch has an identifier at the end of its query: the name of an example,
// a dot, a number. The preflight cache is kept by URL, so none serves another.
var identifier = regexp.MustCompile(`[?&]case=([a-z0-9.-]+)`)

// withID adds an identifier to a target.
func withID(target, id string) string {
	if strings.Contains(target, "?") {
		return target + "&case=" + id
	}
	return target + "?case=" + id
}

// idIn returns the identifier in a query, a URL or a text.
func idIn(text string) string {
	if found := identifier.FindStringSubmatch("?" + text); found != nil {
		return found[1]
	}
	return ""
}

func withoutID(target string) string { return identifier.ReplaceAllString(target, "") }
