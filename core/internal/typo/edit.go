// Package typo knows slips of the hand.
package typo

// IsOneEdit reports whether one slip makes a of b, ASCII case aside: a letter
// that is wrong, missing or too many, or two neighbours that are swapped. It
// reads both once and copies nothing.
func IsOneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	for a != "" && lower(a[0]) == lower(b[0]) {
		a, b = a[1:], b[1:]
	}
	for a != "" && lower(a[len(a)-1]) == lower(b[len(b)-1]) {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	switch len(b) {
	case 1:
		return true // and a is empty, or one other letter
	case 2:
		return len(a) == 2 && lower(a[0]) == lower(b[1]) && lower(a[1]) == lower(b[0])
	}
	return false
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + ('a' - 'A')
	}
	return c
}
