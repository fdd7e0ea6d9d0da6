package field

import "strings"

// Next cuts the first element off a comma-separated list and trims it. Empty
// elements are passed over (RFC 9110, section 5.6.1.2); an empty element means
// that the list has ended. Whoever calls Next until then reads each byte once.
func Next(list string) (element, rest string) {
	start := rowLen(list)
	end := start
	for end < len(list) && list[end] != ',' {
		end++
	}
	if end < len(list) {
		rest = list[end+1:]
	}
	for end > start && isOWS(list[end-1]) {
		end--
	}
	return list[start:end], rest
}

// IsTight reports whether list is one token or more with a comma alone between
// them, as browsers write lists of names.
func IsTight(list string) bool {
	start := 0 // of the present token
	for i := 0; i < len(list); i++ {
		if isTokenByte[list[i]] {
			continue
		}
		if list[i] != ',' || i == start {
			return false
		}
		start = i + 1
	}
	return start < len(list)
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
