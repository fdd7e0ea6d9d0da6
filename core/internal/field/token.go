// Package field knows the grammar of HTTP header fields: tokens, lists of them,
// and the names that the Fetch standard sets apart.
package field

import "strings"

// isTokenByte marks the bytes of a token (RFC 9110, section 5.6.2).
var isTokenByte = func() (table [256]bool) {
	const marks = "!#$%&'*+-.^_`|~"
	for c := range table {
		table[c] = '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' ||
			c < 0x80 && strings.IndexByte(marks, byte(c)) >= 0
	}
	return table
}()

// IsToken reports whether s is a token: one byte or more, none of them a
// separator, white space, a control or outside ASCII.
func IsToken(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isTokenByte[s[i]] {
			return false
		}
	}
	return s != ""
}

// TrimOWS removes blanks and tabs from both ends, which are no part of a field
// value (RFC 9110, section 5.5).
func TrimOWS(s string) string {
	if s == "" || s[0] > ' ' && s[len(s)-1] > ' ' {
		return s // as good as always, and so little that it is inlined
	}
	return trimOWS(s)
}

func trimOWS(s string) string {
	for s != "" && isOWS(s[0]) {
		s = s[1:]
	}
	for s != "" && isOWS(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

func isOWS(c byte) bool {
	return c == ' ' || c == '\t'
}
