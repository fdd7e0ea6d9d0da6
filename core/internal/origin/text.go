package origin

import (
	"strconv"
	"strings"
	"unicode"
)

// quotes are signs that people put round a value.
const quotes = "\"'`"

// split takes an entry apart that holds several origins. White space alone
// does not make two of one: "https://a b" is a slip of the hand.
func split(s string) []string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || isSpace(r) })
	if len(parts) < 2 {
		return parts
	}
	schemes := 0
	for _, part := range parts {
		if strings.Contains(part, "://") || part == "*" || part == "null" {
			schemes++
		}
	}
	if schemes == len(parts) || schemes > 0 && strings.ContainsAny(s, ",;") {
		return parts
	}
	return nil
}

// isRegexp reports whether s has marks that only a regular expression or a
// placeholder has.
func isRegexp(s string) bool {
	if strings.HasPrefix(s, "^") || strings.Contains(s, `\`) {
		return true
	}
	_, rest, ok := strings.Cut(s, "://")
	if !ok {
		rest = s
	}
	authority, _ := cutTail(strings.TrimPrefix(rest, "*."))
	if strings.ContainsAny(authority, "^$(){}|+") || strings.HasPrefix(authority, ".*") {
		return true
	}
	if class, ok := strings.CutPrefix(authority, "["); ok {
		inner, _, _ := strings.Cut(class, "]")
		return strings.Trim(inner, "0123456789abcdefABCDEF:.%") != "" && !strings.Contains(inner, "%")
	}
	return strings.Contains(authority, "[")
}

// cutTail parts the authority from the path, query or fragment behind it.
func cutTail(s string) (authority, tail string) {
	if i := strings.IndexAny(s, "/?#"); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func isSpace(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\ufeff' || r == '\u200b'
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// offerAll ends a hint with the entries to write, if all of them may be.
func offerAll(parts []string) string {
	quoted := make([]string, len(parts))
	for i, part := range parts {
		if part = Repair(part); part == "" {
			return ""
		}
		quoted[i] = strconv.Quote(part)
	}
	return ": " + strings.Join(quoted, ", ")
}
