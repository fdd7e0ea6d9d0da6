package path

import (
	"net/url"
	"strings"
	"testing"
)

// pieces make paths that are read in different ways.
var pieces = []string{
	"/", "a", "b", "A", "/a", "/b", "%2F", "%2f", "%5C", `\`, "%61", "%41", "%62", "%25", "%2561", "%252F", ".", "..", "/..", "%2e", "%2E%2e",
	"x", "*", "%", "%z", "%4", ":", "é", "%C3%A9", "\x00", "%00", " ", "//", "/c", "longer", "/longer/", "LONGER", ";", "?", "/ab", "%2fab", "0", "%30",
}

var keySets = [][]string{
	{"/a/", "/a/b"},
	{"/a"},
	{"/"},
	{"/", "/a", "/a/", "/a/b/", "/a/b"},
	{"/a/b/c/", "/b/", "/longer/longer/"},
	{"/A/", "/a/b0", "/x/A/"},
	{"/.a./", "/a/.../b"},
}

// FuzzFind compares with a slow reading of the rule: the key that wins must win
// in every reading, and stand at the front as it is.
func FuzzFind(f *testing.F) {
	f.Add([]byte{0, 4, 5}, []byte{})
	f.Add([]byte{3, 4, 6, 2}, []byte{4, 6, 2})
	f.Add([]byte{4, 0, 1, 0, 2, 0, 33}, []byte{0, 10, 0, 2, 0, 33})
	f.Add([]byte{5, 0, 3, 0, 21}, []byte{})
	f.Add([]byte{6, 0, 16, 1, 16}, []byte{0, 17})
	f.Fuzz(func(t *testing.T, a, b []byte) {
		keys := keySets[0]
		if len(a) > 0 {
			keys = keySets[int(a[0])%len(keySets)]
			a = a[1:]
		}
		tree := treeOf(keys...)
		one, other := compose(a), compose(b)
		check := func(path, raw string) {
			if got, want := find(tree, path, raw), slowFind(keys, path, raw); got != want {
				t.Fatalf("with the keys %q, Find(%q, %q) = %s, want %s", keys, path, raw, got, want)
			}
		}
		check(one, "")
		check("/"+one, "")
		check("/"+one, "/"+other)
		if u, err := url.ParseRequestURI("/" + one); err == nil {
			check(u.Path, u.RawPath)
			check(u.Path, "/"+one)
		}
	})
}

func compose(choices []byte) string {
	var b strings.Builder
	for _, c := range choices {
		b.WriteString(pieces[int(c)%len(pieces)])
	}
	return b.String()
}

func slowFind(keys []string, path, raw string) string {
	if path == "" {
		path = "/"
	}
	winner, ok := slowRead(keys, path, false)
	if raw != "" && ok {
		asSent, okAsSent := slowRead(keys, raw, true)
		ok = okAsSent && asSent == winner
	}
	if !ok {
		return ambiguous
	}
	return winner
}

func slowRead(keys []string, spelling string, mustDecode bool) (winner string, ok bool) {
	reading, decodes := slowUndo(spelling)
	if mustDecode && !decodes || !strings.HasPrefix(spelling, "/") {
		return "", false
	}
	reading = foldASCII(strings.ReplaceAll(reading, `\`, "/"))
	segments := strings.Split(reading[1:], "/")
	for i, segment := range segments {
		if segment == "" && i < len(segments)-1 || segment == "." || segment == ".." {
			return "", false
		}
	}
	winner = none
	for _, key := range keys {
		if covers(foldASCII(key), reading) && (winner == none || beats(key, winner)) {
			winner = key
		}
	}
	if winner == none {
		return none, true
	}
	rest, stands := strings.CutPrefix(spelling, strings.TrimSuffix(winner, "/"))
	return winner, stands && (rest == "" || rest[0] == '/')
}

// covers: a key "/a/" covers /a and everything below it, "/a" covers /a and /a/.
func covers(key, path string) bool {
	if bare, isSubtree := strings.CutSuffix(key, "/"); isSubtree {
		return path == bare || strings.HasPrefix(path, key)
	}
	return path == key || path == key+"/"
}

// beats: "/a" beats "/a/" where both cover, otherwise the longer key wins.
func beats(key, other string) bool {
	if key+"/" == other || key == other+"/" {
		return key+"/" == other
	}
	return len(key) > len(other)
}

func foldASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// slowUndo undoes %XX once. What is no escape stands for itself.
func slowUndo(s string) (undone string, decodes bool) {
	if s == "" {
		return "", true
	}
	if s[0] != '%' {
		rest, ok := slowUndo(s[1:])
		return s[:1] + rest, ok
	}
	if len(s) >= 3 {
		if c, err := url.PathUnescape(s[:3]); err == nil {
			rest, ok := slowUndo(s[3:])
			return c + rest, ok
		}
	}
	rest, _ := slowUndo(s[1:])
	return "%" + rest, false
}
