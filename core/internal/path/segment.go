package path

import "strings"

// segment is one segment of a path, read as the most lenient router would: %XX
// undone once, "\" taken for "/", ASCII letters folded to lower case.
type segment struct {
	text   string // the segment, if it stands in the path as it reads
	folded []byte // else what it reads as, cut after the limit
	next   int    // where the next segment begins
	last   bool   // no slash follows
}

// readSegment reads the segment of p that begins at i, using buf where it
// must, for limit bytes and one more. It reports false for an escape that is
// none, where strict is set; elsewhere a lone "%" stands for itself.
func readSegment(p string, i int, buf []byte, limit int, strict bool) (s segment, ok bool) {
	end := i
	for end < len(p) && p[end] != '/' && p[end] != '%' && p[end] != '\\' && (p[end] < 'A' || p[end] > 'Z') {
		end++
	}
	if end == len(p) || p[end] == '/' {
		return segment{text: p[i:end], next: end + 1, last: end == len(p)}, true
	}
	s.folded = append(buf, p[i:min(end, i+limit+1)]...)
	for end < len(p) {
		c, width := p[end], 1
		if c == '%' {
			if value, isEscape := unhex(p[end+1:]); isEscape {
				c, width = value, len("%XX")
			} else if strict {
				return s, false
			}
		}
		end += width
		if c == '/' || c == '\\' {
			s.next = end
			return s, true
		}
		if len(s.folded) <= limit {
			s.folded = append(s.folded, lower(c))
		}
	}
	s.next, s.last = end, true
	return s, true
}

func (s segment) isEmpty() bool {
	return s.text == "" && len(s.folded) == 0
}

func (s segment) isDots() bool {
	if s.folded != nil {
		return string(s.folded) == "." || string(s.folded) == ".."
	}
	return s.text == "." || s.text == ".."
}

func unhex(s string) (byte, bool) {
	const digits = "0123456789abcdef"
	if len(s) < 2 {
		return 0, false
	}
	high, low := strings.IndexByte(digits, lower(s[0])), strings.IndexByte(digits, lower(s[1]))
	return byte(high<<4 | low), high >= 0 && low >= 0
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + ('a' - 'A')
	}
	return c
}
