package browser

import (
	"errors"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

var (
	errScheme = errors.New("its scheme is neither http nor https: give an absolute URL such as https://api.example.com/")
	errHost   = errors.New("its host is missing or not written as browsers serialise it")
	errPort   = errors.New("its port is no port")
)

// parseURL parses a URL against a base, if there is one, as far as net/url
// follows the URL standard. The result is an http or https URL with the host
// and port as a browser serialises them and without a fragment, which no server
// sees.
func parseURL(base *url.URL, raw string) (*url.URL, error) {
	spelt := respell(base, raw)
	u, err := url.Parse(spelt)
	if err == nil && strings.HasPrefix(spelt, "//") && u.Host == "" {
		return nil, errHost // to net/url it is a path, and leads to the base
	}
	if err != nil {
		var parse *url.Error
		errors.As(err, &parse)
		return nil, parse.Err // the caller quotes the URL
	}
	if base != nil {
		u = base.ResolveReference(u)
	} else {
		forced := u.ForceQuery
		u = u.ResolveReference(new(url.URL)) // for its dot segments
		u.ForceQuery = forced
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return u, errScheme
	}
	host, err := canonicalHost(u.Hostname())
	if err != nil || u.Opaque != "" {
		return nil, errHost
	}
	port, err := canonicalPort(u.Scheme, u.Port())
	if err != nil {
		return nil, err
	}
	u.Host = host + port
	u.Fragment, u.RawFragment = "", ""
	if !hasCredentials(u) {
		u.User = nil // "//@host" is "//host"
	}
	u.RawQuery = escapeQuery(u.RawQuery)
	if u.Path == "" {
		u.Path = "/"
	}
	return u, nil
}

// respell undoes what the URL standard forgives in an http URL and net/url does
// not: blanks around it, tabs in it, backslashes for slashes, more slashes than
// two before a host, escaped dot segments, the base's scheme before a path, a
// colon in a path's first segment. "///evil.example" and `/\evil.example` are
// other hosts. The fragment goes, which net/url would judge.
func respell(base *url.URL, raw string) string {
	raw, _, _ = strings.Cut(strings.ReplaceAll(strings.Trim(raw, " "), "\t", ""), "#")
	end := strings.IndexByte(raw, '?')
	if end < 0 {
		end = len(raw)
	}
	head := strings.ReplaceAll(raw[:end], `\`, "/")
	scheme := ""
	for _, s := range []string{"http:", "https:"} {
		if strings.HasPrefix(lower(head), s) {
			scheme = s
		}
	}
	rest := head[len(scheme):]
	if strings.HasPrefix(rest, "///") {
		rest = "//" + strings.TrimLeft(rest, "/")
	}
	if base != nil && scheme == base.Scheme+":" && !strings.HasPrefix(rest, "//") {
		scheme = "" // URL, scheme state: special relative or authority state
		rest = guardColon(rest)
	} else if scheme == "" && !startsWithScheme.MatchString(rest) {
		rest = guardColon(rest)
	}
	return scheme + plainDots(rest) + raw[end:]
}

var startsWithScheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)

// guardColon keeps a path whose first segment has a colon from passing for a
// scheme.
func guardColon(path string) string {
	if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ":") {
		return "./" + path
	}
	return path
}

// plainDots writes out escaped dot segments (URL, single-dot and double-dot URL
// path segment).
func plainDots(path string) string {
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		switch lower(segment) {
		case "%2e":
			segments[i] = "."
		case ".%2e", "%2e.", "%2e%2e":
			segments[i] = ".."
		}
	}
	return strings.Join(segments, "/")
}

// canonicalHost returns the host as it stands in an origin. It knows no way to
// turn Unicode into A-labels, nor the odd spellings of an IPv4 address.
func canonicalHost(host string) (string, error) {
	host = lower(host)
	if strings.Contains(host, ":") {
		ip, err := netip.ParseAddr(host)
		if err != nil || ip.Zone() != "" {
			return "", errHost
		}
		if ip.Is4In6() {
			b := ip.As16() // the URL standard writes no dots here
			hex := func(i int) string { return strconv.FormatUint(uint64(b[i])<<8|uint64(b[i+1]), 16) }
			return "[::ffff:" + hex(12) + ":" + hex(14) + "]", nil
		}
		return "[" + ip.String() + "]", nil
	}
	for i := range len(host) {
		if host[i] <= ' ' || host[i] >= 0x7f || strings.IndexByte(`#%/<>?@[\]^|`, host[i]) >= 0 {
			return "", errHost
		}
	}
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	last := labels[len(labels)-1]
	if last == "" || isNumber(last) && !isIPv4(host) {
		return "", errHost
	}
	return host, nil
}

// isNumber reports whether a last label makes a host an IPv4 address (URL,
// ends in a number).
func isNumber(label string) bool {
	hex, ok := strings.CutPrefix(label, "0x")
	return allDigits(label) || ok && strings.Trim(hex, "0123456789abcdef") == ""
}

func isIPv4(host string) bool {
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Is4()
}

// canonicalPort returns ":port", or nothing for the default port.
func canonicalPort(scheme, port string) (string, error) {
	if port == "" {
		return "", nil
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return "", errPort
	}
	if scheme == "http" && number == 80 || scheme == "https" && number == 443 {
		return "", nil
	}
	return ":" + strconv.FormatUint(number, 10), nil
}

// escapeQuery escapes what the URL standard escapes in the query of an http
// URL. net/url leaves a blank, which would end the request line.
func escapeQuery(query string) string {
	var b strings.Builder
	for i := range len(query) {
		if c := query[i]; c <= ' ' || c >= 0x7f || strings.IndexByte(`"#<>'`, c) >= 0 {
			b.WriteString("%" + strings.ToUpper(strconv.FormatUint(uint64(c)|0x100, 16))[1:])
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// originOf returns the origin of a URL that parseURL returned, serialised.
func originOf(u *url.URL) string { return u.Scheme + "://" + u.Host }

// otherOrigin is an origin of a scheme that is neither http nor https, such as
// that of an extension or an app.
var otherOrigin = regexp.MustCompile(`^[a-z][a-z0-9+.-]*://[!-~]+$`)

// isOrigin reports whether a page can have that origin, serialised.
func isOrigin(page string) bool {
	if page == "null" {
		return true
	}
	u, err := parseURL(nil, page)
	switch {
	case err == errScheme:
		return otherOrigin.MatchString(page) && !strings.HasPrefix(page, "file:") &&
			!strings.ContainsAny(page[strings.Index(page, "://")+3:], `/?#@\`)
	case err != nil:
		return false
	}
	return originOf(u) == page
}

// isTrustworthy reports whether a page from https may ask for the URL (Secure
// Contexts, is url potentially trustworthy).
func isTrustworthy(u *url.URL) bool {
	if u.Scheme == "https" {
		return true
	}
	host := strings.TrimSuffix(u.Hostname(), ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && (ip.Is4() && ip.IsLoopback() || ip == netip.IPv6Loopback())
}

// hasCredentials is URL, include credentials: an empty user name is none.
func hasCredentials(u *url.URL) bool {
	password, _ := u.User.Password()
	return u.User.Username() != "" || password != ""
}
