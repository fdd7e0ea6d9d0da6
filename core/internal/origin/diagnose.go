package origin

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

const toDecide = `list the origins, use a subdomain wildcard such as "https://*.example.com", or decide with an origin function`

// diagnose says what is wrong with s, which is no pattern. It names the fault
// that a person would see first; the value that it offers mends all of them.
func diagnose(s string) *Fault {
	if fault := diagnoseWhole(s); fault != nil {
		return fault
	}
	if name, _, ok := strings.Cut(s, ":"); ok {
		if fault := neverAnOrigin(name, s); fault != nil {
			return fault
		}
	}
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok || scheme == "" {
		return diagnoseNoScheme(s)
	}
	if fault := diagnoseScheme(scheme, rest, s); fault != nil {
		return fault
	}
	authority, tail := cutTail(rest)
	if user, _, ok := cutLast(authority, "@"); ok {
		return &Fault{FaultUserInfo, "remove " + strconv.Quote(user+"@") + offer(" and", repair(s))}
	}
	if tail != "" {
		return diagnoseTail(tail, s)
	}
	return diagnoseAuthority(authority, s)
}

// diagnoseWhole sees to faults that make it useless to take s apart.
func diagnoseWhole(s string) *Fault {
	switch {
	case s == "":
		return &Fault{FaultEmpty, "remove it"}
	case len(s) > MaxLen:
		return &Fault{FaultNeverMatches, fmt.Sprintf("it has %d bytes, and no browser sends an origin of more than %d", len(s), MaxLen)}
	}
	if parts := split(s); len(parts) > 1 {
		return &Fault{FaultSeveral, "give each origin an entry of its own: " + quoteAll(parts)}
	}
	if strings.ContainsFunc(s, isSpace) {
		return &Fault{FaultWhiteSpace, "remove the white space" + offer(" and", repair(s))}
	}
	if isRegexp(s) {
		return &Fault{FaultRegexp, "regular expressions and placeholders are not supported: " + toDecide}
	}
	return nil
}

func diagnoseNoScheme(s string) *Fault {
	if strings.EqualFold(s, "null") {
		return &Fault{FaultUpperCase, `browsers send it in lower case: write "null"`}
	}
	if strings.Trim(s, "*.:/") == "" {
		return &Fault{FaultWildcard, `every origin is "*"`}
	}
	return &Fault{FaultNoScheme, "an origin begins with a scheme" + offer(":", repair(s))}
}

func diagnoseScheme(scheme, rest, s string) *Fault {
	switch {
	case schemeLen(scheme) == len(scheme):
		return nil
	case strings.Contains(scheme, "*"):
		hint := "a scheme cannot hold a wildcard"
		if _, ok := parsePattern("https://" + rest); ok && scheme == "*" {
			hint += ": list " + strconv.Quote("https://"+rest) + " and, if pages without TLS are meant too, " + strconv.Quote("http://"+rest)
		}
		return &Fault{FaultWildcard, hint}
	case schemeLen(strings.ToLower(scheme)) == len(scheme):
		return &Fault{FaultUpperCase, "browsers send schemes and hosts in lower case" + offer(":", repair(s))}
	}
	return &Fault{FaultScheme, fmt.Sprintf("the scheme %q is not one letter followed by letters, digits, +, - or .", scheme) + offer(":", repair(s))}
}

func diagnoseTail(tail, s string) *Fault {
	switch tail[0] {
	case '?':
		return &Fault{FaultQuery, "remove the query " + strconv.Quote(tail) + offer(" and", repair(s))}
	case '#':
		return &Fault{FaultFragment, "remove the fragment " + strconv.Quote(tail) + offer(" and", repair(s))}
	}
	return &Fault{FaultPath, "remove the path " + strconv.Quote(tail) + offer(" and", repair(s))}
}

func diagnoseAuthority(authority, s string) *Fault {
	n := hostLen(authority)
	host, port := authority[:n], authority[n:]
	if fault := diagnoseHost(host, s); fault != nil {
		return fault
	}
	number := strings.TrimPrefix(port, ":")
	switch {
	case number == "80" || number == "443":
		return &Fault{FaultDefaultPort, "browsers leave the default port out" + offer(":", repair(s))}
	case strings.Contains(number, "*"):
		return &Fault{FaultWildcard, `"*" stands for the whole port or for none of it: write ":*", or list the ports`}
	case number == "":
		return &Fault{FaultPort, "the port is empty" + offer(":", repair(s))}
	}
	return &Fault{FaultPort, fmt.Sprintf("the port %q is not a number from 1 to 65535 without leading zeros", number) + offer(":", repair(s))}
}

func diagnoseHost(host, s string) *Fault {
	bare := strings.TrimPrefix(host, "*.")
	isWild := bare != host
	switch {
	case host == "" || host == "*.":
		return &Fault{FaultHost, "name a host"}
	case host == "*":
		return nil
	case strings.Contains(bare, "*"):
		return diagnoseWildcard(host, s)
	case strings.HasPrefix(bare, "["):
		return diagnoseIPv6(bare, isWild, s)
	case strings.ToLower(bare) != bare && isASCII(bare):
		return &Fault{FaultUpperCase, "browsers send schemes and hosts in lower case" + offer(":", repair(s))}
	case !isASCII(bare):
		return &Fault{FaultUnicode, "browsers send a host as A-labels" + offer(":", repair(s))}
	case strings.HasSuffix(bare, "."):
		return &Fault{FaultHost, "remove the dot at the end" + offer(" and", repair(s))}
	case len(bare) > maxHost:
		return &Fault{FaultNeverMatches, fmt.Sprintf("its host has %d bytes, and no host has more than %d", len(bare), maxHost)}
	}
	if endsInNumber(bare[strings.LastIndexByte(bare, '.')+1:]) {
		if isWild {
			return &Fault{FaultWildcard, "an IP address has no subdomains: list each address"}
		}
		if !isIPv4(bare) {
			return &Fault{FaultIP, "a host that ends in a number is an IPv4 address of four decimal numbers, as browsers write it" + offer(":", repair(s))}
		}
	}
	for label := range strings.SplitSeq(bare, ".") {
		if label == "" {
			return &Fault{FaultHost, "a label of its host is empty: there is a dot too many"}
		}
		if _, ok := checkHost("x." + label + ".x"); !ok {
			return &Fault{FaultHost, fmt.Sprintf("the label %q is not 1 to 63 letters, digits, - and _", label)}
		}
	}
	return nil
}

func diagnoseWildcard(host, s string) *Fault {
	hint := `"*" stands for the whole host, or for whole labels at its front`
	if base, ok := strings.CutPrefix(host, "*"); ok && !strings.HasPrefix(base, ".") {
		host, s = "*."+base, strings.Replace(s, host, "*."+base, 1) // "*example.com" lacks a dot
	}
	labels := strings.Split(host, ".")
	for len(labels) > 0 && strings.Contains(labels[0], "*") {
		labels = labels[1:]
	}
	wider := ""
	if base := strings.Join(labels, "."); base != "" && !strings.Contains(base, "*") && !IsPublicSuffix(base) {
		wider = repair(strings.Replace(s, host, "*."+base, 1))
	}
	if wider == "" {
		return &Fault{FaultWildcard, hint + ": " + toDecide}
	}
	return &Fault{FaultWildcard, hint + ": write " + strconv.Quote(wider) + ", which covers every name there at any depth, or decide with an origin function"}
}

func diagnoseIPv6(host string, isWild bool, s string) *Fault {
	switch {
	case isWild:
		return &Fault{FaultWildcard, "an IP address has no subdomains: list each address"}
	case strings.Contains(host, "%"):
		return &Fault{FaultIP, "an origin has no zone" + offer(":", repair(s))}
	case isIPv6(host):
		return nil
	}
	return &Fault{FaultIP, "it is not an IPv6 address as browsers write it, in lower case and shortened" + offer(":", repair(s))}
}

// offer ends a hint with the value to write, if there is one.
func offer(lead, value string) string {
	if value == "" {
		return ""
	}
	return lead + " write " + strconv.Quote(value)
}

// repair returns the pattern that s probably means, or "".
func repair(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return isSpace(r) || strings.ContainsRune("\"'`<>", r) })
	if s == "*" || s == "null" {
		return s
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
	if p, ok := parsePattern(candidate); !ok || neverAnOrigin(p.Scheme, candidate) != nil {
		return ""
	}
	return candidate
}

func guessScheme(s string) (scheme, rest string) {
	for _, scheme := range []string{"https", "http"} {
		if rest, ok := strings.CutPrefix(strings.ToLower(s), scheme+":"); ok {
			return scheme, strings.TrimLeft(rest, "/")
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
