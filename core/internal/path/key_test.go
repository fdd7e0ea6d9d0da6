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
	{"a", FaultKey, `write "/a/", which covers all below it, or "/a" for that path alone`},
	{"api", FaultKey, `write "/api/", which covers all below it, or "/api" for that path alone`},
	{"api/v1", FaultKey, `write "/api/v1/", which covers all below it, or "/api/v1" for that path alone`},
	{"api/", FaultKey, `slash: write "/api/"`},
	{"https://api.example.com/x", FaultKey, `keys are paths, without scheme and host: write "/x/", which covers all below it, or "/x" for that path alone`},
	{"https://api.example.com/x/", FaultKey, `keys are paths, without scheme and host: write "/x/"`},
	{"https://api.example.com:8443", FaultKey, `keys are paths, without scheme and host: write "/"`},
	{"https://api.example.com/x//y", FaultKey, "keys are paths, without scheme and host"},
	{"https://api.example.com/x?y", FaultKey, "keys are paths, without scheme and host"},
	{"https://api.example.com/x/*", FaultPattern, `keys are paths, without scheme and host; it has the wildcard or parameter "*": write "/x/", which covers all below it`},
	{"https://*.example.com/x", FaultPattern, `keys are paths, without scheme and host: write "/x/", which covers all below it, or "/x" for that path alone`},
	{"/https://api.example.com", FaultKey, ""},
	{"://x", FaultPattern, `write "/"`},
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
	{"/a/b*", FaultPattern, `write "/a/b/", which covers all below it`},
	{"/api/v3*", FaultPattern, `write "/api/v3/", which covers all below it`},
	{"/api/v3**", FaultPattern, `write "/api/v3/"`},
	{"api/v3*", FaultPattern, `write "/api/v3/"`},
	{"v3*", FaultPattern, `write "/v3/"`},
	{"/a/b*/", FaultPattern, `write "/a/"`},
	{"/a/b*/c", FaultPattern, `write "/a/"`},
	{"/a/*b", FaultPattern, `write "/a/"`},
	{"/a/b+*", FaultPattern, `write "/a/"`},
	{"/a/..*", FaultPattern, `write "/a/"`},
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

var offer = regexp.MustCompile(`(?:write|or) ("(?:[^"\\]|\\.)*")`)

// FuzzCheckKey asserts that what is taken finds itself, and that what a hint
// says to write is taken.
func FuzzCheckKey(f *testing.F) {
	for _, key := range []string{"/a/", "/a", "users/:id", "/a/*", "a", "/.well-known/", "api/v3*", "https://a.example/x", "https://a.example/*", "{id}", "http://"} {
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
		for _, match := range offer.FindAllStringSubmatch(fault.Hint, -1) {
			value, err := strconv.Unquote(match[1])
			if err != nil {
				t.Fatal(err)
			}
			if again := CheckKey(value); again != nil {
				t.Fatalf("CheckKey(%q) = %s, but %q is wrong too: %s", key, fault.Hint, value, again.Hint)
			}
		}
	})
}
