package origin

import (
	"net/netip"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// Repair returns the pattern that s probably means, or "" if there is none that
// can be offered to everybody: what it offers is well formed, covers no names of
// strangers, and is neither "*" nor "null".
func Repair(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return isSpace(r) || strings.ContainsRune(quotes+"<>,;", r) })
	s = strings.Replace(s, `:\\`, "://", 1)
	if s == "*" || strings.EqualFold(s, "null") {
		return ""
	}
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok || scheme == "" {
		scheme, rest = guessScheme(s)
	}
	scheme = strings.ToLower(scheme)
	authority, _ := cutTail(rest)
	if _, host, ok := cutLast(authority, "@"); ok {
		authority = host
	}
	n := hostLen(authority)
	host, port := repairHost(authority[:n]), authority[n:]
	if number, err := strconv.Atoi(strings.TrimPrefix(port, ":")); err == nil {
		port = ":" + strconv.Itoa(number)
		if number == defaultPort(scheme) {
			port = ""
		}
	} else if port == ":" {
		port = ""
	}
	candidate := scheme + "://" + host + port
	if p, ok := parsePattern(candidate); !ok || p.IsShared() || isNever(p.Scheme) || p.neverMatches() != nil {
		return ""
	}
	return candidate
}

func guessScheme(s string) (scheme, rest string) {
	for _, scheme := range []string{"https", "http"} {
		for _, slip := range []string{scheme + ":", scheme + "//"} {
			if rest, ok := strings.CutPrefix(strings.ToLower(s), slip); ok {
				return scheme, strings.TrimLeft(rest, "/:")
			}
		}
	}
	rest = strings.TrimLeft(strings.TrimPrefix(s, ":"), "/")
	authority, _ := cutTail(rest)
	if IsLoopback(strings.ToLower(authority[:hostLen(authority)])) {
		return "http", rest
	}
	return "https", rest
}

func repairHost(host string) string {
	bare := strings.TrimPrefix(host, "*.")
	front := host[:len(host)-len(bare)]
	if address, ok := strings.CutPrefix(bare, "["); ok {
		address, _, _ = strings.Cut(strings.TrimSuffix(address, "]"), "%")
		if parsed, err := netip.ParseAddr(address); err == nil && parsed.Is6() {
			return front + "[" + string(appendIPv6(nil, parsed)) + "]"
		}
		return host
	}
	bare = strings.ToLower(strings.TrimSuffix(bare, "."))
	if !isASCII(bare) {
		toASCII := idna.New(idna.MapForLookup(), idna.BidiRule(), idna.Transitional(false))
		if ascii, err := toASCII.ToASCII(bare); err == nil {
			bare = ascii
		}
	}
	return front + bare
}
