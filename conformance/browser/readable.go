package browser

import (
	"net/http"
	"slices"
)

// safelisted are the response headers that every page may read (Fetch,
// Headers, CORS-safelisted response-header name).
var safelisted = []string{
	"Cache-Control", "Content-Language", "Content-Length", "Content-Type", "Expires", "Last-Modified", "Pragma",
}

// Readable returns what a script may read of the header of an answer from
// another origin that passed the CORS check (Fetch, Main fetch, step 14; CORS
// filtered response). The result shares no memory with header.
func Readable(c Credentials, header http.Header) http.Header {
	// A list that does not parse exposes nothing, not even its good elements.
	exposed, _, _ := tokens(header, "Access-Control-Expose-Headers")
	all := c != Include && slices.Contains(exposed, "*")
	return filter(header, func(name string) bool {
		return all || containsFold(safelisted, name) || containsFold(exposed, name)
	})
}

// filter copies the fields that are kept. Set-Cookie never is.
func filter(header http.Header, keep func(name string) bool) http.Header {
	kept := http.Header{}
	for name, values := range header {
		if !isForbiddenResponseHeader(name) && keep(name) {
			kept[name] = slices.Clone(values)
		}
	}
	return kept
}
