// Package origin knows how origins are written: as browsers serialise them in
// the Origin field, and as patterns in a policy.
package origin

import (
	"net/netip"
	"strconv"
	"strings"
)

// MaxLen bounds an origin, in bytes: a host of 253, a port, and a scheme as
// long as nobody has. Longer values are refused before anything reads them.
const MaxLen = 512

// maxHost is the longest host name that DNS can carry, in bytes.
const maxHost = 253

// maxLabel is the longest label, in bytes.
const maxLabel = 63

// Origin is a tuple origin, taken apart. Its strings are parts of the text that
// was parsed.
type Origin struct {
	Scheme, Host string // an IPv6 host keeps its brackets
	Port         int    // 0 is the scheme's default
	IP           bool   // the host is an IPv4 or IPv6 address
}

// Parse takes s apart if s is a tuple origin exactly as a browser serialises
// it, and reports whether it is (URL standard, "host serializing"; HTML
// standard, "serialization of an origin"). It copies nothing.
func Parse(s string) (Origin, bool) {
	if len(s) > MaxLen {
		return Origin{}, false
	}
	n := schemeLen(s)
	if n == 0 || !strings.HasPrefix(s[n:], "://") {
		return Origin{}, false
	}
	return parseBehind(s[:n], s[n+len("://"):])
}

// parseBehind takes apart what stands behind a scheme.
func parseBehind(scheme, rest string) (Origin, bool) {
	end := hostLen(rest)
	o := Origin{Scheme: scheme, Host: rest[:end]}
	var ok bool
	if o.IP, ok = checkHost(o.Host); !ok {
		return Origin{}, false
	}
	if o.Port, ok = portBehind(rest[end:], defaultPort(scheme)); !ok {
		return Origin{}, false
	}
	return o, true
}

// String writes o as a browser would.
func (o Origin) String() string {
	s := o.Scheme + "://" + o.Host
	if o.Port != 0 {
		s += ":" + strconv.Itoa(o.Port)
	}
	return s
}

// IsLoopback reports whether the host cannot leave the machine: localhost and
// names below it, 127.0.0.0/8 and [::1].
func IsLoopback(host string) bool {
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || host == "[::1]" ||
		strings.HasPrefix(host, "127.") && isIPv4(host)
}

func schemeLen(s string) int {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '.' || c == '-'):
		default:
			return i
		}
	}
	return len(s)
}

// hostLen is the length of the host at the front of s: up to the colon of a
// port, colons between brackets aside, or all of s.
func hostLen(s string) int {
	if strings.HasPrefix(s, "[") {
		if i := strings.IndexByte(s, ']'); i >= 0 && (i+1 == len(s) || s[i+1] == ':') {
			return i + 1
		}
		return len(s)
	}
	if i := strings.IndexByte(s, ':'); i >= 0 {
		return i
	}
	return len(s)
}

func checkHost(host string) (isIP, ok bool) {
	if strings.HasPrefix(host, "[") {
		return true, isIPv6(host)
	}
	if host == "" || len(host) > maxHost {
		return false, false
	}
	if !areLabels(host) {
		return false, false
	}
	// URL standard, "ends in a number checker": such a host is an IPv4 address
	// or none at all.
	if endsInNumber(host[strings.LastIndexByte(host, '.')+1:]) {
		return true, isIPv4(host)
	}
	return false, true
}

// areLabels reports whether s is one label or more, with dots between them.
func areLabels(s string) bool {
	n := 0 // bytes of the present label
	for i := 0; i < len(s); i++ {
		switch {
		case isHostByte[s[i]]:
			n++
		case s[i] == '.' && 0 < n && n <= maxLabel:
			n = 0
		default:
			return false
		}
	}
	return 0 < n && n <= maxLabel
}

// isHostByte marks the bytes of a label.
var isHostByte = func() (table [256]bool) {
	for c := range table {
		table[c] = 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_'
	}
	return table
}()

func endsInNumber(last string) bool {
	if strings.HasPrefix(last, "0x") {
		return true
	}
	end := last[len(last)-1] // which settles it for most names
	return '0' <= end && end <= '9' && strings.Trim(last, "0123456789") == ""
}

func isIPv4(host string) bool {
	for part := range 4 {
		n, v := 0, 0
		for n < len(host) && '0' <= host[n] && host[n] <= '9' && n < 3 {
			v = v*10 + int(host[n]-'0')
			n++
		}
		if n == 0 || v > 255 || n > 1 && host[0] == '0' {
			return false
		}
		host = host[n:]
		if part < 3 {
			if !strings.HasPrefix(host, ".") {
				return false
			}
			host = host[1:]
		}
	}
	return host == ""
}

func isIPv6(host string) bool {
	const longest = "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]"
	if len(host) > len(longest) || !strings.HasSuffix(host, "]") {
		return false
	}
	address := host[1 : len(host)-1]
	if strings.Trim(address, "0123456789abcdef:") != "" {
		return false
	}
	parsed, err := netip.ParseAddr(address)
	if err != nil {
		return false
	}
	var buf [len(longest)]byte
	return string(appendIPv6(buf[:0], parsed)) == address
}

// appendIPv6 writes a as the URL standard does, which differs from RFC 5952 in
// that an IPv4-mapped address stays in hexadecimal.
func appendIPv6(b []byte, a netip.Addr) []byte {
	if !a.Is4In6() {
		return a.AppendTo(b)
	}
	v := a.As16()
	b = append(b, "::ffff:"...)
	b = strconv.AppendUint(b, uint64(v[12])<<8|uint64(v[13]), 16)
	b = append(b, ':')
	return strconv.AppendUint(b, uint64(v[14])<<8|uint64(v[15]), 16)
}

// portBehind reads what stands behind a host: nothing, or a colon and a port
// other than the standard one of the scheme.
func portBehind(s string, standard int) (port int, ok bool) {
	if s == "" {
		return 0, true
	}
	port = parsePort(s[1:])
	return port, port != 0 && port != standard
}

// parsePort returns the port, or 0 if s is none.
func parsePort(s string) int {
	if s == "" || len(s) > 5 || s[0] == '0' {
		return 0
	}
	port := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0
		}
		port = port*10 + int(s[i]-'0')
	}
	if port > 65535 {
		return 0
	}
	return port
}

func defaultPort(scheme string) int {
	switch scheme {
	case "http":
		return 80
	case "https":
		return 443
	}
	return 0
}
