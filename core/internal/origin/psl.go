package origin

import (
	"strings"

	"golang.org/x/net/publicsuffix"
)

// isPublicSuffix reports whether anybody may register names directly below
// base, by both sections of the Public Suffix List. Names that are set aside
// for private use do not count; other single labels do, listed or not.
func isPublicSuffix(base string) bool {
	switch base {
	case "localhost", "local", "internal", "test", "example", "invalid":
		return false
	}
	if suffix, _ := publicsuffix.PublicSuffix(base); suffix == base {
		return true
	}
	// Below a rule such as *.example every name is a suffix of its own.
	below := "x." + base
	suffix, _ := publicsuffix.PublicSuffix(below)
	return strings.EqualFold(suffix, below)
}
