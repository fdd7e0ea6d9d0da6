package concors

import (
	"net/http"
	"slices"
	"strings"

	"github.com/concors/concors/core/internal/method"
)

// Request is what a policy looks at in a request. For net/http it is made with
// [NewRequest], where [Policy.Answer] does not do; a middleware for another
// server fills it in.
//
// Values are taken as they came: [Policy.Decide] trims and checks them. It uses
// them during the call only, unless [Policy.Retains] reports true; the
// [Decision] that it returns refers to them.
type Request struct {
	// Method is the request method as sent.
	Method string
	// Host is the Host field or the :authority pseudo-header, never a
	// forwarded field. No rule reads it; it is there for the origin function.
	Host string
	// Path is the decoded path, RawPath the path as sent if that differs from
	// the default encoding of Path, else empty: as in [net/url.URL]. An empty
	// Path counts as "/".
	Path, RawPath string
	// Origin, RequestMethod and RequestHeaders hold one element for each field
	// line of Origin, Access-Control-Request-Method and
	// Access-Control-Request-Headers, and are nil where there is none. The
	// latter two matter for the method OPTIONS alone.
	Origin, RequestMethod, RequestHeaders []string
}

// NewRequest describes r, whose URL must not be nil. It reads
// Access-Control-Request-Method and -Headers only when the method is OPTIONS,
// and shares the strings and slices of r.Header.
func NewRequest(r *http.Request) Request {
	q := Request{
		Method: r.Method, Host: r.Host, Path: r.URL.Path, RawPath: r.URL.RawPath,
		Origin: r.Header["Origin"],
	}
	if r.Method == method.Options {
		q.RequestMethod = r.Header["Access-Control-Request-Method"]
		q.RequestHeaders = r.Header["Access-Control-Request-Headers"]
	}
	return q
}

// Clone returns a copy of r that shares no memory with it. Servers that reuse
// their buffers call it when [Policy.Retains] reports true.
func (r Request) Clone() Request {
	return Request{
		Method: strings.Clone(r.Method), Host: strings.Clone(r.Host),
		Path: strings.Clone(r.Path), RawPath: strings.Clone(r.RawPath),
		Origin:         cloneLines(r.Origin),
		RequestMethod:  cloneLines(r.RequestMethod),
		RequestHeaders: cloneLines(r.RequestHeaders),
	}
}

func cloneLines(lines []string) []string {
	lines = slices.Clone(lines)
	for i, line := range lines {
		lines[i] = strings.Clone(line)
	}
	return lines
}
