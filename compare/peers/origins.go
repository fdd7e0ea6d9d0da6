package peers

import "strings"

// isPattern reports whether an entry of AllowOrigins stands for more than one
// origin.
func isPattern(entry string) bool { return strings.Contains(entry, "*") }

// split takes an entry apart. A port of "" is the scheme's own.
func split(entry string) (scheme, host, port string) {
	scheme, rest, found := strings.Cut(entry, "://")
	if !found {
		return "", entry, "" // null, or "*"
	}
	colon := strings.LastIndexByte(rest, ':')
	if colon < strings.LastIndexByte(rest, ']') || colon < 0 {
		return scheme, rest, "" // the colons are an IPv6 address's
	}
	return scheme, rest[:colon], rest[colon+1:]
}

// starred writes patterns for peers whose "*" stands for any text. Where "*"
// may stand once only, a pattern that needs two is not offered.
//
// "https://*" comes out wider than it went in: it then covers every port too,
// and there is nothing nearer.
func starred(entries []string, once bool) ([]string, error) {
	var out []string
	for _, entry := range entries {
		scheme, host, port := split(entry)
		switch {
		case port != "*":
			out = append(out, entry)
		case host == "*":
			out = append(out, scheme+"://*") // any text holds a port as well
		case once && isPattern(host):
			return nil, NotOffered{"a pattern for names and ports at once"}
		default: // any port, or none
			out = append(out, scheme+"://"+host, entry)
		}
	}
	return out, nil
}

// Origins returns origins that together show how answers under the spec differ
// by Origin: one for each entry, those that the function admits, and one that
// nothing should admit.
func (s Spec) Origins() []string {
	var out []string
	for _, entry := range s.Config.AllowOrigins {
		if entry == "*" {
			continue
		}
		scheme, host, port := split(entry)
		if host == "*" {
			host = "any.example"
		}
		host = strings.Replace(host, "*.", "sub.", 1)
		switch {
		case scheme == "":
			out = append(out, host)
		case port == "" || port == "*":
			out = append(out, scheme+"://"+host)
		default:
			out = append(out, scheme+"://"+host+":"+port)
		}
	}
	return append(append(out, s.Admits...), "https://stranger.example")
}
