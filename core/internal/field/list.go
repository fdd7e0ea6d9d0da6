package field

import "strings"

// Next cuts the first element off a comma-separated list and trims it. Empty
// elements are passed over (RFC 9110, section 5.6.1.2); an empty element means
// that the list has ended. Whoever calls Next until then reads each byte once.
func Next(list string) (element, rest string) {
	for list != "" && (list[0] == ',' || isOWS(list[0])) {
		list = list[1:]
	}
	element, rest, _ = strings.Cut(list, ",")
	return TrimOWS(element), rest
}

// Join writes the elements of the lists of several lines as one list, n bytes
// long, with commas alone between them.
func Join(lines []string, n int) string {
	var b strings.Builder
	b.Grow(n)
	for _, line := range lines {
		for element, rest := Next(line); element != ""; element, rest = Next(rest) {
			if b.Len() > 0 {
				b.WriteByte(',')
			}
			b.WriteString(element)
		}
	}
	return b.String()
}
