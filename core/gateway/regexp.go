package gateway

import (
	"fmt"
	"regexp"

	"github.com/concors/concors/core/internal/origin"
)

// A host has 253 bytes and a label 63 (package origin). A regular expression can
// count labels or the bytes of one, but not those of all: so it takes as many
// long labels as surely fit, or twice as many of half the length.
const (
	maxHost   = 253
	longLabel = 63
	halfLabel = 31
)

// maxScheme keeps an origin that is matched within the 512 bytes that the policy
// reads.
const maxScheme = 200

const labelByte = `[a-z0-9_-]`

// originRegexp writes a pattern other than "*" as a regular expression of RE2
// that is to match the whole of an origin. It never matches "*" itself: Envoy
// takes a matcher that does as one for every origin. A hint says what is lost;
// the expression is empty if all is.
func originRegexp(p origin.Pattern) (expr string, effect Effect, hint string) {
	if len(p.Scheme) > maxScheme {
		return "", LeftOut, "its scheme is too long for Envoy to stay within what the policy allows"
	}
	var host string
	switch {
	case p.Subdomains:
		host, hint = namesBelow(p.Host)
	case p.AnyHost:
		host = anyHost
		hint = "not written are IPv6 addresses, hosts whose last label begins with a digit, hosts of more than three labels " +
			"one of which has more than 31 bytes, and those of more than seven labels"
	default:
		host = regexp.QuoteMeta(p.Host)
	}
	expr = regexp.QuoteMeta(p.Scheme+"://") + host
	switch {
	case p.AnyPort:
		expr += `(:(` + portsOf(p.Scheme) + `))?`
	case p.Port != 0:
		expr += fmt.Sprintf(":%d", p.Port)
	}
	return expr, Narrowed, hint
}

// namesBelow matches the names below base.
func namesBelow(base string) (expr, hint string) {
	room := maxHost - len(base)
	n := room / (longLabel + 1)
	if n == 0 {
		return fmt.Sprintf(`%s{1,%d}\.`, labelByte, room-1) + regexp.QuoteMeta(base), "not written are names more than one label below it"
	}
	expr = `(` + labels(longLabel, 1, n) + `|` + labels(halfLabel, 1, 2*n) + `)` + regexp.QuoteMeta(base)
	return expr, fmt.Sprintf("not written are names more than %d labels below it one of which has more than %d bytes, "+
		"and those more than %d below it", n, halfLabel, 2*n)
}

// labels matches from least to most labels of at most n bytes, each with a dot
// behind it.
func labels(n, least, most int) string {
	return fmt.Sprintf(`(%s{1,%d}\.){%d,%d}`, labelByte, n, least, most)
}

// anyHost matches names, and IPv4 addresses. A last label that is a number, or
// begins like one in base 16, would be an address: it is kept to those that do
// not begin with a digit.
var anyHost = `(` + labels(longLabel, 0, 2) + lastLabel(longLabel) +
	`|` + labels(halfLabel, 0, 6) + lastLabel(halfLabel) +
	`|(` + byteNumber + `\.){3}` + byteNumber + `)`

func lastLabel(n int) string { return fmt.Sprintf(`[a-z_-]%s{0,%d}`, labelByte, n-1) }

const byteNumber = `(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])`

// portsOf matches the ports that browsers write: 1 to 65535 but for the
// scheme's default.
func portsOf(scheme string) string {
	const four = `|[1-9][0-9]{3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]`
	switch scheme {
	case "http": // not 80
		return `[1-9]|[1-79][0-9]|8[1-9]|[1-9][0-9]{2}` + four
	case "https": // not 443
		return `[1-9][0-9]?|[1-35-9][0-9]{2}|4[0-35-9][0-9]|44[0-24-9]` + four
	}
	return `[1-9][0-9]{0,2}` + four
}
