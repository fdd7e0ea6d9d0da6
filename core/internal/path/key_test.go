package path

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func TestCheckKey(t *testing.T) {
	for _, key := range strings.Fields(`
		/ /a /a/ /a/b /a/b/ /API/v1/ /a-b._~c/ /.well-known/ /... /a/.b/ /a/..b /a/b.. /0 /~user /-/ /_/ /v1.2
	`) {
		if fault := CheckKey(key); fault != nil {
			t.Errorf("CheckKey(%q) = %+v", key, *fault)
		}
	}
}

var refused = []struct{ key, code, hint string }{
	{"", FaultKey, `"/"`},
	{"a", FaultKey, `"/a"`},
	{"api/", FaultKey, `"/api/"`},
	{" /a", FaultKey, ""},
	{"//", FaultKey, "slash"},
	{"//a", FaultKey, "slash"},
	{"/a//", FaultKey, "slash"},
	{"/a//b", FaultKey, "slash"},
	{"/.", FaultKey, `"."`},
	{"/..", FaultKey, `".."`},
	{"/a/./b", FaultKey, `"."`},
	{"/a/../", FaultKey, `".."`},
	{"/a?b", FaultKey, `"?b"`},
	{"/a/?b=c", FaultKey, `"?b=c"`},
	{"/a#b", FaultKey, `"#b"`},
	{"/a b", FaultKey, ""},
	{"/a ", FaultKey, ""},
	{"/a%20b", FaultKey, ""},
	{"/a%2Fb", FaultKey, ""},
	{"/a+b", FaultKey, ""},
	{"/é", FaultKey, ""},
	{"/\xff", FaultKey, ""},
	{"/\x00", FaultKey, ""},
	{`/a\b`, FaultKey, ""},
	{"/a;b", FaultKey, ""},
	{"/a:b", FaultKey, ""},
	{"/a,b", FaultKey, ""},
	{"/a@b", FaultKey, ""},
	{"/(a|b)", FaultKey, ""},
	{"/a$", FaultKey, ""},
	{"^/a", FaultKey, ""},
	{"/[id]", FaultKey, ""},
	{"/<id>", FaultKey, ""},

	{"*", FaultPattern, `"/"`},
	{"/*", FaultPattern, `"/"`},
	{"/a/*", FaultPattern, `"/a/"`},
	{"/a/*/b", FaultPattern, `"/a/"`},
	{"/a/b*", FaultPattern, `"/a/"`},
	{"/a/**", FaultPattern, `"/a/"`},
	{"/files/*path", FaultPattern, `"/files/"`},
	{"/users/:id", FaultPattern, `"/users/"`},
	{"/users/:id/posts", FaultPattern, `"/users/"`},
	{"/users/{id}", FaultPattern, `"/users/"`},
	{"/users/{id...}", FaultPattern, `"/users/"`},
	{"/users/{$}", FaultPattern, `"/users/"`},
	{"/users/u-{id}", FaultPattern, `"/users/"`},
	{"users/:id", FaultPattern, `"/users/"`},
}

func TestCheckKeyRefuses(t *testing.T) {
	for _, c := range refused {
		fault := CheckKey(c.key)
		if fault == nil || fault.Code != c.code || !strings.Contains(fault.Hint, c.hint) || fault.Hint == "" {
			t.Errorf("CheckKey(%q) = %+v, want %s with %s", c.key, fault, c.code, c.hint)
		}
	}
}

func TestFold(t *testing.T) {
	if Fold("/API/v1") != Fold("/api/V1") || Fold("/a") == Fold("/a/") || Fold("/a") == Fold("/b") {
		t.Error("Fold tells cases apart, or nothing")
	}
}

var offer = regexp.MustCompile(`write ("(?:[^"\\]|\\.)*")`)

// FuzzCheckKey asserts that what is taken finds itself, and that what a hint
// says to write is taken.
func FuzzCheckKey(f *testing.F) {
	for _, key := range []string{"/a/", "/a", "users/:id", "/a/*", "a", "/.well-known/"} {
		f.Add(key)
	}
	f.Fuzz(func(t *testing.T, key string) {
		fault := CheckKey(key)
		if fault == nil {
			if got := find(treeOf(key), key, ""); got != key {
				t.Fatalf("the key %q covers %q as %s", key, key, got)
			}
			if got := find(treeOf(key), key, key); got != key {
				t.Fatalf("the key %q covers %q as sent as %s", key, key, got)
			}
			return
		}
		match := offer.FindStringSubmatch(fault.Hint)
		if match == nil {
			return
		}
		value, err := strconv.Unquote(match[1])
		if err != nil {
			t.Fatal(err)
		}
		if again := CheckKey(value); again != nil {
			t.Fatalf("CheckKey(%q) = %s, but %q is wrong too: %s", key, fault.Hint, value, again.Hint)
		}
	})
}
