package browser

import (
	"net/http"
	"slices"
	"strings"
)

// lines returns the values of all fields of that name, however it is spelt.
// A value has no white space around it (Fetch, Headers, header value).
func lines(header http.Header, name string) []string {
	var values []string
	for _, key := range spellings(header, name) {
		for _, value := range header[key] {
			values = append(values, trim(value))
		}
	}
	return values
}

// spellings returns the keys that are that name, sorted: a map does not say
// which of two came first, and the answer must not change from run to run.
func spellings(header http.Header, name string) []string {
	var keys []string
	for key, values := range header {
		if len(values) > 0 && equalFold(key, name) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// get is Fetch, Headers, get: lines of one name are one value.
func get(header http.Header, name string) (value string, ok bool) {
	values := lines(header, name)
	return strings.Join(values, ", "), len(values) > 0
}

// tokens is Fetch, Headers, extract header list values, for the fields that
// are lists of tokens. Empty elements count for nothing (RFC 9110, section
// 5.6.1.2). fault is the first element that is no token; the whole field is
// then void.
func tokens(header http.Header, name string) (list []string, present bool, fault string) {
	for _, line := range lines(header, name) {
		present = true
		for element := range strings.SplitSeq(line, ",") {
			element = trim(element)
			switch {
			case element == "":
			case !isToken(element):
				return nil, true, element
			default:
				list = append(list, element)
			}
		}
	}
	return list, present, ""
}

// trim removes HTTP tab or space around a value.
func trim(value string) string { return strings.Trim(value, " \t") }

// isToken reports whether s is a token (RFC 9110, section 5.6.2).
func isToken(s string) bool {
	for i := range len(s) {
		if !isAlphanumeric(s[i]) && strings.IndexByte("!#$%&'*+-.^_`|~", s[i]) < 0 {
			return false
		}
	}
	return s != ""
}

func isAlphanumeric(b byte) bool {
	return isDigit(b) || 'A' <= b && b <= 'Z' || 'a' <= b && b <= 'z'
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// containsFold reports whether list has name, in any case.
func containsFold(list []string, name string) bool {
	return slices.ContainsFunc(list, func(item string) bool { return equalFold(item, name) })
}

// lower lower-cases the bytes A to Z and no others (Infra, byte-lowercase).
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// equalFold compares but for the case of A to Z. strings.EqualFold knows more
// letters than that: to it the Kelvin sign is a k.
func equalFold(a, b string) bool { return len(a) == len(b) && lower(a) == lower(b) }
