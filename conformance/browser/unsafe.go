package browser

import (
	"net/http"
	"slices"
	"strings"
)

// UnsafeNames returns the names that a preflight must ask for: those of the
// headers that a script sets and whose name or value is not CORS-safelisted,
// in lower case, sorted, each once (Fetch, Headers, CORS-unsafe request-header
// names). What a script may not set, such as Origin or Cookie, is passed over:
// a browser drops it before it looks. Each value of a name counts as a header
// of its own.
func UnsafeNames(header http.Header) []string {
	var names, safe []string
	size := 0
	for name, values := range header {
		for _, value := range values {
			value = normalizeValue(value)
			switch {
			case isForbiddenHeader(name, value):
			case isSafelistedHeader(name, value):
				safe = append(safe, lower(name))
				size += len(value)
			default:
				names = append(names, lower(name))
			}
		}
	}
	// Many small values together could smuggle as much as a large one.
	if size > 1024 {
		names = append(names, safe...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// normalizeValue is Fetch, Headers, normalize.
func normalizeValue(value string) string { return strings.Trim(value, " \t\r\n") }

// isSafelistedHeader is Fetch, Headers, CORS-safelisted request-header.
func isSafelistedHeader(name, value string) bool {
	if len(value) > 128 {
		return false
	}
	switch lower(name) {
	case "accept":
		return !hasUnsafeByte(value)
	case "accept-language", "content-language":
		return isLanguage(value)
	case "content-type":
		return !hasUnsafeByte(value) && isFormType(value)
	case "range":
		return isSimpleRange(value)
	}
	return false
}

// hasUnsafeByte looks for a CORS-unsafe request-header byte.
func hasUnsafeByte(value string) bool {
	for i := range len(value) {
		b := value[i]
		if b < ' ' && b != '\t' || b == 0x7f || strings.IndexByte(`"():<>?@[\]{}`, b) >= 0 {
			return true
		}
	}
	return false
}

// isLanguage reports whether all bytes are among those that Accept-Language
// and Content-Language may have.
func isLanguage(value string) bool {
	for i := range len(value) {
		if !isAlphanumeric(value[i]) && strings.IndexByte(" *,-.;=", value[i]) < 0 {
			return false
		}
	}
	return true
}

// isFormType reports whether value is a MIME type that an HTML form can send,
// whatever its parameters (MIME Sniffing, parse a MIME type: no parameter, not
// even garbage in place of one, makes it fail).
func isFormType(value string) bool {
	essence, _, _ := strings.Cut(value, ";")
	// White space is cut off after the subtype only; before the slash it fails.
	switch lower(strings.Trim(essence, " \t\r\n")) {
	case "application/x-www-form-urlencoded", "multipart/form-data", "text/plain":
		return true
	}
	return false
}

// isSimpleRange reports whether value is one range with a start, such as
// "bytes=0-" (Fetch, Headers, parse a single range header value, without white
// space).
func isSimpleRange(value string) bool {
	rest, ok := strings.CutPrefix(value, "bytes=")
	if !ok {
		return false
	}
	start, end, ok := strings.Cut(rest, "-")
	if !ok || start == "" || !allDigits(start) || !allDigits(end) {
		return false
	}
	return end == "" || !isLess(end, start)
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return true
}

// isLess compares decimal numbers of any length.
func isLess(a, b string) bool {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return a < b
}
