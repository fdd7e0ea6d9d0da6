package conformance

import (
	"fmt"
	"strings"
)

// A field is one line of a message head.
type field struct{ name, value string }

// head returns the lines above the first blank one, expanded, and the text
// below it.
func head(s section) (lines []string, body string, err *caseError) {
	number := s.line
	rest := s.text
	for {
		line, after, found := strings.Cut(rest, "\n")
		number++
		if !found {
			return nil, "", lineError(number, "%s: no blank line after the head", s.name)
		}
		rest = after
		if line == "" {
			break
		}
		line, fault := expand(line)
		if fault != nil {
			return nil, "", lineError(number, "%s: %v", s.name, fault)
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return nil, "", lineError(s.line+1, "%s begins with a blank line", s.name)
	}
	return lines, rest, nil
}

// parseField splits a field line. The value keeps the blanks that stand round
// it, the first one after the colon aside.
func parseField(line string) (field, error) {
	name, value, ok := strings.Cut(line, ":")
	if !ok || name == "" {
		return field{}, fmt.Errorf("%q: want a field", cut(line))
	}
	for i := range len(name) {
		if !isTokenByte(name[i]) {
			return field{}, fmt.Errorf("field name %q is no token", cut(name))
		}
	}
	return field{name: name, value: strings.TrimPrefix(value, " ")}, nil
}

// isTokenByte reports whether b may stand in a token (RFC 9110, section 5.6.2).
func isTokenByte(b byte) bool {
	switch {
	case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9':
		return true
	}
	return strings.IndexByte("!#$%&'*+-.^_`|~", b) >= 0
}

// cut shortens what is quoted in reports.
func cut(s string) string {
	const most = 200
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}
