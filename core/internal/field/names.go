package field

import (
	"slices"
	"strings"
)

const (
	// few is up to how many names are compared one by one: below it, that is
	// quicker than a map.
	few = 8
	// long is from where on names are compared one by one as well, since
	// folding them for a map would take memory for each.
	long = 64
)

// Names is a set of header names, compared without case. It is not changed
// after it is built; the zero Names is empty.
type Names struct {
	list    []string            // in lower case: few names, and long ones
	set     map[string]struct{} // in lower case: the others
	longest int
}

// NewNames returns the set of names, which must be tokens.
func NewNames(names []string) Names {
	var n Names
	for _, name := range names {
		n.longest = max(n.longest, len(name))
		name = strings.ToLower(name)
		if len(names) <= few || len(name) > long {
			n.list = append(n.list, name)
			continue
		}
		if n.set == nil {
			n.set = make(map[string]struct{}, len(names))
		}
		n.set[name] = struct{}{}
	}
	return n
}

// SkipListed takes names off the front of a list as long as they are in the
// set, in whatever case, and the blanks and empty elements about them. What it
// leaves begins with the first name that is not; of most lists it is nothing.
func (n *Names) SkipListed(list string) (rest string) {
	list = list[rowLen(list):]
	for list != "" {
		k := n.front(list)
		if k == 0 || k == len(list) {
			return list[k:]
		}
		row := 1 + rowLen(list[k+1:])
		if list[k] != ',' && k+row < len(list) && strings.IndexByte(list[k:k+row], ',') < 0 {
			return list // the name goes on behind a blank
		}
		k += row
		// A list that equals itself k bytes on has that name again and again:
		// a client may send 1 MiB of it.
		for many := 16 * k; many+k <= len(list) && list[:many] == list[k:many+k]; {
			list = list[many:]
		}
		list = list[k:]
		list = list[rowLen(list):] // behind the last repetition
	}
	return list
}

// front is the length of the name of the set that list begins with, if a blank,
// a comma or nothing stands behind it, else 0.
func (n *Names) front(list string) int {
	if n.set != nil {
		list = list[:min(len(list), n.longest+1)]
		k := 0
		for k < len(list) && !isRowByte[list[k]] {
			k++
		}
		if !n.has(list[:k]) {
			return 0
		}
		return k
	}
	for _, known := range n.list {
		k := len(known)
		if (k == len(list) || k < len(list) && isRowByte[list[k]]) && (list[:k] == known || EqualFold(list[:k], known)) {
			return k
		}
	}
	return 0
}

// has looks a name up where there are many.
func (n *Names) has(name string) bool {
	if len(name) > long {
		return slices.ContainsFunc(n.list, func(known string) bool { return EqualFold(known, name) })
	}
	// Browsers send names in lower case (Fetch, "CORS-unsafe request-header
	// names", last step), so the first look-up mostly settles it.
	if _, ok := n.set[name]; ok {
		return true
	}
	var buf [long]byte
	folded, changed := appendLower(buf[:0], name)
	if !changed {
		return false
	}
	_, ok := n.set[string(folded)]
	return ok
}

// EqualFold compares names without the case of ASCII letters, and of no others:
// [strings.EqualFold] takes the long s for an s.
func EqualFold(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i < len(a); i++ {
		if a[i] != b[i] && lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}

func appendLower(b []byte, s string) (folded []byte, changed bool) {
	for i := 0; i < len(s); i++ {
		c := lower(s[i])
		changed = changed || c != s[i]
		b = append(b, c)
	}
	return b, changed
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + ('a' - 'A')
	}
	return c
}

// IsForbiddenRequest reports whether pages cannot set the header, whatever its
// value (Fetch, "forbidden request-header").
func IsForbiddenRequest(name string) bool {
	name = strings.ToLower(name)
	switch name {
	case "accept-charset", "accept-encoding", "connection", "content-length", "cookie", "cookie2", "date",
		"dnt", "expect", "host", "keep-alive", "origin", "referer", "set-cookie", "te", "trailer",
		"transfer-encoding", "upgrade", "via":
		return true
	}
	return strings.HasPrefix(name, "proxy-") || strings.HasPrefix(name, "sec-")
}

// IsForbiddenResponse reports whether pages cannot read the header, exposed or
// not (Fetch, "forbidden response-header name").
func IsForbiddenResponse(name string) bool {
	return strings.EqualFold(name, "Set-Cookie") || strings.EqualFold(name, "Set-Cookie2")
}

// IsCORS reports whether name belongs to the CORS protocol.
func IsCORS(name string) bool {
	return strings.HasPrefix(strings.ToLower(name), "access-control-")
}
