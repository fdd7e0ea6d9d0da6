package judge

import (
	"fmt"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/concors/concors/conformance/browser"
)

// Possible reports whether a page in a browser can be behind a request. If
// none can, nobody is let through or blocked, whatever the answer says: it then
// matters to caches alone.
//
// What proxies may do on the way is allowed for: white space around values, list
// elements that are empty, and lists in several lines (RFC 9110, sections 5.3,
// 5.5 and 5.6.1.2). Where it is unclear, the request counts as possible only if
// the URL standard and Fetch let a browser send it.
func (q Request) Possible() bool {
	switch {
	case len(q.Origins) == 0:
		return true
	case len(q.Origins) > 1 || !isOrigin(q.page()):
		return false
	case !q.isPreflight():
		return true
	}
	return len(q.asked) == 1 && isMethod(q.askedMethod()) && areNames(q.askedNames())
}

// isMethod reports whether a browser asks for the method: what it forbids and
// what it spells otherwise it never does (Fetch, Methods).
func isMethod(method string) bool {
	return isToken(method) && browser.NormalizeMethod(method) == method &&
		!slices.Contains([]string{"CONNECT", "TRACE", "TRACK"}, strings.ToUpper(method))
}

// areNames reports whether a browser asks for these names: in lower case,
// sorted, each once, and none that scripts cannot set (Fetch, CORS-unsafe
// request-header names).
func areNames(names []string) bool {
	for i, name := range names {
		// The value makes safelisted names unsafe, so that only forbidden ones
		// are left out.
		unsafe := browser.UnsafeNames(http.Header{name: {"("}})
		if !isToken(name) || !slices.Equal(unsafe, []string{name}) || i > 0 && names[i-1] >= name {
			return false
		}
	}
	return true
}

var token = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")

func isToken(s string) bool { return token.MatchString(s) }

var (
	scheme = regexp.MustCompile(`^[a-z][a-z0-9+.-]*$`)
	// forbidden are the URL standard's forbidden domain code points, and those
	// that it would have turned into others.
	forbidden = regexp.MustCompile(`[^!-~]|[A-Z"#%/:<>?@\\^|\[\]]`)
	number    = regexp.MustCompile(`^([0-9]+|0x[0-9a-f]*)$`)
)

// isOrigin reports whether a browser has pages with that origin (HTML,
// serialization of an origin).
func isOrigin(origin string) bool {
	if origin == "null" {
		return true
	}
	s, rest, found := strings.Cut(origin, "://")
	if !found || !scheme.MatchString(s) {
		return false
	}
	host, port := rest, ""
	if colon := strings.LastIndexByte(rest, ':'); colon > strings.LastIndexByte(rest, ']') {
		host, port = rest[:colon], rest[colon+1:]
		if !isPort(s, port) {
			return false
		}
	}
	if s != "http" && s != "https" {
		return !strings.ContainsAny(host, " \t/?#@\\") && host != ""
	}
	if address, ok := strings.CutPrefix(host, "["); ok {
		address, ok = strings.CutSuffix(address, "]")
		return ok && isIPv6(address)
	}
	return isHost(host)
}

// isPort: no leading zero, never the scheme's own (URL, serializing), and not 0,
// which is a bad port (Fetch, Port blocking).
func isPort(scheme, port string) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n > 0 && strconv.FormatUint(n, 10) == port &&
		!(scheme == "http" && n == 80) && !(scheme == "https" && n == 443)
}

func isIPv6(address string) bool {
	ip, err := netip.ParseAddr(address)
	if err != nil || !ip.Is6() || ip.Zone() != "" {
		return false
	}
	if ip.Is4In6() { // which the URL standard writes in hex
		b := ip.As16()
		return address == fmt.Sprintf("::ffff:%x:%x", int(b[12])<<8|int(b[13]), int(b[14])<<8|int(b[15]))
	}
	return ip.String() == address
}

// isHost takes what the DNS can hold, and the dot at the end that browsers keep.
func isHost(host string) bool {
	if forbidden.MatchString(host) {
		return false
	}
	host = strings.TrimSuffix(host, ".")
	labels := strings.Split(host, ".")
	for _, label := range labels {
		if label == "" || len(label) > 63 {
			return false
		}
	}
	if number.MatchString(labels[len(labels)-1]) {
		ip, err := netip.ParseAddr(host)
		return err == nil && ip.Is4()
	}
	return len(host) <= 253
}
