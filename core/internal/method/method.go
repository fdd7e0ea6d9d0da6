// Package method knows the request methods that the Fetch standard sets apart.
package method

import (
	"slices"
	"strings"
)

// Options is the method of preflights.
const Options = "OPTIONS"

// few is up to how many methods are compared one by one.
const few = 8

// Set is a set of methods, compared with case. It is not changed after it is
// built; the zero Set is empty.
type Set struct {
	list []string
	set  map[string]struct{}
}

// NewSet returns the set of methods.
func NewSet(methods []string) Set {
	if len(methods) <= few {
		return Set{list: slices.Clone(methods)}
	}
	set := make(map[string]struct{}, len(methods))
	for _, m := range methods {
		set[m] = struct{}{}
	}
	return Set{set: set}
}

// Has reports whether m is in s.
func (s *Set) Has(m string) bool {
	if s.set == nil {
		return slices.Contains(s.list, m)
	}
	_, ok := s.set[m]
	return ok
}

// IsSafelisted reports whether CORS cannot forbid m (Fetch, "CORS-safelisted
// method").
func IsSafelisted(m string) bool {
	return m == "GET" || m == "HEAD" || m == "POST"
}

// IsForbidden reports whether pages cannot send m (Fetch, "forbidden method").
func IsForbidden(m string) bool {
	return strings.EqualFold(m, "CONNECT") || strings.EqualFold(m, "TRACE") || strings.EqualFold(m, "TRACK")
}

// Normalize returns m as browsers send it: six methods become upper case, all
// others, patch among them, stay as they are (Fetch, "normalize a method").
func Normalize(m string) string {
	for _, known := range [...]string{"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"} {
		if strings.EqualFold(m, known) {
			return known
		}
	}
	return m
}
