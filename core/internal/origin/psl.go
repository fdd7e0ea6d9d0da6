package origin

import "golang.org/x/net/publicsuffix"

// isPublicSuffix reports whether anybody may register names directly below
// base, by both sections of the Public Suffix List. Names that are set aside
// for private use do not count; other single labels do, listed or not.
func isPublicSuffix(base string) bool {
	switch base {
	case "localhost", "local", "internal", "test", "example", "invalid":
		return false
	}
	// The suffix of a name below base is that name by a rule such as *.example,
	// base if base is one itself, and shorter if neither is so.
	suffix, _ := publicsuffix.PublicSuffix("x." + base)
	return len(suffix) >= len(base)
}
