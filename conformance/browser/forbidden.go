package browser

import (
	"slices"
	"strings"
)

// forbiddenHeaders are the names that no script may set (Fetch, Headers,
// forbidden request-header, step 1).
var forbiddenHeaders = []string{
	"accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method",
	"connection", "content-length", "cookie", "cookie2", "date", "dnt", "expect", "host", "keep-alive",
	"origin", "referer", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade", "via",
}

// isForbiddenHeader is Fetch, Headers, forbidden request-header.
func isForbiddenHeader(name, value string) bool {
	name = lower(name)
	switch {
	case slices.Contains(forbiddenHeaders, name):
		return true
	case strings.HasPrefix(name, "proxy-"), strings.HasPrefix(name, "sec-"):
		return true
	case name == "x-http-method", name == "x-http-method-override", name == "x-method-override":
		return slices.ContainsFunc(splitQuoted(value), isForbiddenMethod)
	}
	return false
}

// splitQuoted is Fetch, Headers, get, decode, and split: commas within a
// quoted string separate nothing. The quotes stay, so a quoted method is none.
func splitQuoted(value string) []string {
	var elements []string
	start, quoted := 0, false
	for i := 0; i < len(value); i++ {
		switch {
		case quoted && value[i] == '\\':
			i++ // the next byte stands for itself
		case value[i] == '"':
			quoted = !quoted
		case value[i] == ',' && !quoted:
			elements = append(elements, trim(value[start:i]))
			start = i + 1
		}
	}
	return append(elements, trim(value[start:]))
}

// isForbiddenResponseHeader is Fetch, Headers, forbidden response-header name.
func isForbiddenResponseHeader(name string) bool {
	return equalFold(name, "Set-Cookie") || equalFold(name, "Set-Cookie2")
}

// isBodyHeader is Fetch, Headers, request-body-header name.
func isBodyHeader(name string) bool {
	switch lower(name) {
	case "content-encoding", "content-language", "content-location", "content-type":
		return true
	}
	return false
}
