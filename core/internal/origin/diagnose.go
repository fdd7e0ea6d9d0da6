package origin

import (
	"fmt"
	"strconv"
	"strings"
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
		return &Fault{FaultUserInfo, "remove " + strconv.Quote(user+"@") + offer(" and", Repair(s))}
	}
	if tail != "" {
		return diagnoseTail(tail, s)
	}
	if len(s) > MaxLen {
		return tooLong(s)
	}
	return diagnoseAuthority(authority, s)
}

// diagnoseWhole sees to faults that make it useless to take s apart.
func diagnoseWhole(s string) *Fault {
	switch {
	case strings.TrimFunc(s, isSpace) == "":
		return &Fault{FaultEmpty, "remove it"}
	case strings.ContainsAny(s[:1], quotes):
		return &Fault{FaultScheme, "remove the quotes" + offer(" and", Repair(s))}
	case strings.Contains(s, `:\\`):
		return &Fault{FaultNoScheme, "slashes stand between the scheme and the host" + offer(":", Repair(s))}
	case isRegexp(s):
		return &Fault{FaultRegexp, "regular expressions and placeholders are not supported: " + toDecide}
	}
	if parts := split(s); len(parts) > 1 {
		return &Fault{FaultSeveral, "give each origin an entry of its own" + offerAll(parts)}
	}
	if strings.ContainsFunc(s, isSpace) {
		return &Fault{FaultWhiteSpace, "remove the white space" + offer(" and", Repair(s))}
	}
	return nil
}

func diagnoseNoScheme(s string) *Fault {
	if strings.EqualFold(s, "null") {
		return &Fault{FaultUpperCase, "browsers send null in lower case, and it takes dangerouslyAllowNullOrigin to list it: remove it"}
	}
	if strings.Trim(s, "*.:/") == "" {
		return &Fault{FaultWildcard, `every origin is "*"`}
	}
	if !strings.ContainsAny(s, ".:") && !IsLoopback(strings.ToLower(s)) {
		return &Fault{FaultNoScheme, `an origin begins with a scheme, such as "https://app.example.com", and every origin is "*"`}
	}
	return &Fault{FaultNoScheme, "an origin begins with a scheme" + offer(":", Repair(s))}
}

func diagnoseScheme(scheme, rest, s string) *Fault {
	switch {
	case schemeLen(scheme) == len(scheme):
		return nil
	case strings.Contains(scheme, "*"):
		hint := "a scheme cannot hold a wildcard"
		safe, plain := Repair("https://"+rest), Repair("http://"+rest)
		if scheme == "*" && safe != "" && plain != "" {
			hint += ": list " + strconv.Quote(safe) + " and, if pages without TLS are meant too, " + strconv.Quote(plain)
		}
		return &Fault{FaultWildcard, hint}
	case schemeLen(strings.ToLower(scheme)) == len(scheme):
		return &Fault{FaultUpperCase, "browsers send schemes and hosts in lower case" + offer(":", Repair(s))}
	}
	return &Fault{FaultScheme, fmt.Sprintf("the scheme %q is not one letter followed by letters, digits, +, - or .", scheme) + offer(":", Repair(s))}
}

func diagnoseTail(tail, s string) *Fault {
	switch tail[0] {
	case '?':
		return &Fault{FaultQuery, "remove the query " + strconv.Quote(tail) + offer(" and", Repair(s))}
	case '#':
		return &Fault{FaultFragment, "remove the fragment " + strconv.Quote(tail) + offer(" and", Repair(s))}
	}
	return &Fault{FaultPath, "remove the path " + strconv.Quote(tail) + offer(" and", Repair(s))}
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
		return &Fault{FaultDefaultPort, "browsers leave the default port out" + offer(":", Repair(s))}
	case strings.Contains(number, "*"):
		return &Fault{FaultWildcard, `"*" stands for the whole port or for none of it: list the ports, or` + offer("", Repair(strings.TrimSuffix(s, port)+":*"))}
	case number == "":
		return &Fault{FaultPort, "the port is empty" + offer(":", Repair(s))}
	}
	return &Fault{FaultPort, fmt.Sprintf("the port %q is not a number from 1 to 65535 without leading zeros", number) + offer(":", Repair(s))}
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
		return &Fault{FaultUpperCase, "browsers send schemes and hosts in lower case" + offer(":", Repair(s))}
	case !isASCII(bare):
		return &Fault{FaultUnicode, "browsers send a host as A-labels" + offer(":", Repair(s))}
	case strings.HasSuffix(bare, "."):
		return &Fault{FaultHost, "remove the dot at the end" + offer(" and", Repair(s))}
	case len(bare) > maxHost:
		return &Fault{FaultNeverMatches, fmt.Sprintf("its host has %d bytes, and no host has more than %d", len(bare), maxHost)}
	}
	if endsInNumber(bare[strings.LastIndexByte(bare, '.')+1:]) {
		if isWild {
			return &Fault{FaultWildcard, "an IP address has no subdomains: list each address"}
		}
		if !isIPv4(bare) {
			return &Fault{FaultIP, "a host that ends in a number is an IPv4 address of four decimal numbers, as browsers write it" + offer(":", Repair(s))}
		}
	}
	for label := range strings.SplitSeq(bare, ".") {
		if label == "" {
			return &Fault{FaultHost, "a label of its host is empty: there is a dot too many"}
		}
		if _, ok := checkHost("x." + label + ".x"); !ok {
			return &Fault{FaultHost, fmt.Sprintf("the label %q is not 1 to 63 letters, digits, - and _", label) + offer(":", Repair(s))}
		}
	}
	return nil
}

func diagnoseWildcard(host, s string) *Fault {
	hint := `"*" stands for the whole host, or for whole labels at its front`
	if base, ok := strings.CutPrefix(host, "*"); ok && base != "" && isHostByte[base[0]] && base[0] != '-' {
		host, s = "*."+base, strings.Replace(s, host, "*."+base, 1) // "*example.com" lacks a dot
	}
	labels := strings.Split(host, ".")
	for len(labels) > 0 && strings.Contains(labels[0], "*") {
		labels = labels[1:]
	}
	wider := ""
	if base := strings.Join(labels, "."); base != "" && !strings.Contains(base, "*") && !isPublicSuffix(base) {
		wider = Repair(strings.Replace(s, host, "*."+base, 1))
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
		return &Fault{FaultIP, "an origin has no zone" + offer(":", Repair(s))}
	case isIPv6(host):
		return nil
	}
	return &Fault{FaultIP, "it is not an IPv6 address as browsers write it, in lower case and shortened" + offer(":", Repair(s))}
}

func tooLong(s string) *Fault {
	return &Fault{FaultNeverMatches, fmt.Sprintf("it has %d bytes, and no browser sends an origin of more than %d", len(s), MaxLen)}
}

// offer ends a hint with the value to write, if there is one.
func offer(lead, value string) string {
	if value == "" {
		return ""
	}
	return lead + " write " + strconv.Quote(value)
}
