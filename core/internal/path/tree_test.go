package path

import (
	"net/url"
	"strings"
	"testing"
)

func treeOf(keys ...string) *Tree[int] {
	var tree Tree[int]
	for i, key := range keys {
		tree.Add(key, i)
	}
	return &tree
}

const (
	none      = "(none)"
	ambiguous = "(ambiguous)"
)

func find(tree *Tree[int], path, raw string) string {
	entry, ok := tree.Find(path, raw)
	switch {
	case !ok:
		return ambiguous
	case entry == nil:
		return none
	}
	return entry.Key
}

// The paths are as sent. What a server makes of them, net/url says.
func checkSent(t *testing.T, keys []string, key, sent string) {
	t.Helper()
	tree := treeOf(keys...)
	for _, s := range strings.Fields(sent) {
		u, err := url.ParseRequestURI(s)
		if err != nil {
			t.Errorf("%s: %v", s, err)
			continue
		}
		if got := find(tree, u.Path, u.RawPath); got != key {
			t.Errorf("with the keys %q, %s (path %q, raw %q) is covered by %s, want %s", keys, s, u.Path, u.RawPath, got, key)
		}
		if got := find(tree, u.Path, s); got != key {
			t.Errorf("with the keys %q, %s (path %q) as sent is covered by %s, want %s", keys, s, u.Path, got, key)
		}
	}
}

func TestFind(t *testing.T) {
	keys := []string{"/a/", "/a/b"}
	checkSent(t, keys, "/a/", `/a /a/ /a/x /a/b/c /a/x/ /a/x/y/ /a/bc /a/b/c/ /a/b/c/d`)
	checkSent(t, keys, "/a/", `/a/x%2Fy /a/x%252Fy /a/b%2Fc /a/b%252Fc /a/X /a/%41 /a/x%5Cy /a/%C3%A9 /a/%FF /a/%00 /a/x;y=z /a/:id /a/... /a/.x /a/x. /a/x/.../y /a/x?b`)
	checkSent(t, keys, "/a/b", `/a/b /a/b/`)
	checkSent(t, keys, none, `/ /ab /x%2Fa /x /x/a /x/a/b /aa/b /b /a.b /a-b /a;x=y /a,b /%C3%A9 /x/A /x%2Fa%2Fb /é`)
	checkSent(t, keys, ambiguous, `/A/x /%61/x /a%2Fx /a\x /A /A/ /%41 /a\ /a%5Cx /a%2f /%2561/x /a%252Fx`)
	checkSent(t, keys, ambiguous, `/a/b%2F /a/B /A/b /a/%62 /a/b%5C /a\b /a%2Fb /a/b\ /a%5Cb /a/%2562 /a/b%252F`)
	checkSent(t, keys, ambiguous, `/a//x /a/./x /x/../a/x /x/%2e%2e/a //a // /a// /a/b// /. /.. /a/. /a/.. /a/../ /./a /x//y /x/./y /x/.. /x/%2E /a/x%2F%2Fy /a/x%2F..%2Fb /a/x\..\b /a/x/..%2F /a/x%2F/y /%2Fa /%5Ca /\a /a/%2e%2E/x /a/%252e%252e/x /x%5C..`)
	checkSent(t, keys, ambiguous, `*`)
}

func TestFindExactAndSubtree(t *testing.T) {
	keys := []string{"/a", "/a/"}
	checkSent(t, keys, "/a", "/a /a/")
	checkSent(t, keys, "/a/", "/a/x /a/x/ /a/a")
	checkSent(t, keys, none, "/ /aa /b")
	checkSent(t, keys, ambiguous, "/A /a%2F /a%2Fx /a\\")

	keys = []string{"/a"}
	checkSent(t, keys, "/a", "/a /a/")
	checkSent(t, keys, none, "/a/x /a/x/ /aa / /a%2Fx /A/x /a/a")
	checkSent(t, keys, ambiguous, "/a// /A /a%2F /a%5C /%61")
}

func TestFindRoot(t *testing.T) {
	keys := []string{"/", "/a/b/"}
	checkSent(t, keys, "/", "/ /x /a /a/ /a/c /A /%61 /x%2Fy /a%2Fc")
	checkSent(t, keys, "/a/b/", "/a/b /a/b/ /a/b/c")
	checkSent(t, keys, ambiguous, "/A/b /a%2Fb /a%2Fb%2Fc /a/%62 // /x//y /x/.. *")
}

func TestFindLongest(t *testing.T) {
	keys := []string{"/a/", "/a/b/c/", "/a/b/c/d", "/x/y/z/", "/a-b_c.d~e/"}
	checkSent(t, keys, "/a/", "/a /a/b /a/b/ /a/b/x /a/bb/c")
	checkSent(t, keys, "/a/b/c/", "/a/b/c /a/b/c/ /a/b/c/x /a/b/c/d/e")
	checkSent(t, keys, "/a/b/c/d", "/a/b/c/d /a/b/c/d/")
	checkSent(t, keys, none, "/x /x/y /x/y/ /y/z /x/y/zz")
	checkSent(t, keys, "/a-b_c.d~e/", "/a-b_c.d~e /a-b_c.d~e/x")
	checkSent(t, keys, ambiguous, "/a-b_c.d%7Ee/x /a-b_c%2ed~e/x /x/y%2Fz /x%2Fy/z/ /a/b%2Fc/d")
}

// Keys keep their case, and only a path in that case has them.
func TestFindUpperCaseKey(t *testing.T) {
	keys := []string{"/API/", "/v1/Users"}
	checkSent(t, keys, "/API/", "/API /API/x /API/X")
	checkSent(t, keys, "/v1/Users", "/v1/Users /v1/Users/")
	checkSent(t, keys, none, "/ /apix /v1/x /v1 /v1/Users/x")
	checkSent(t, keys, ambiguous, "/api /Api/x /api/x /v1/users /V1/Users /AP%49/x")
}

func TestFindLongSegments(t *testing.T) {
	long := strings.Repeat("b", 200)
	keys := []string{"/" + long + "/", "/a/"}
	checkSent(t, keys, "/"+long+"/", "/"+long+"/x")
	checkSent(t, keys, none, "/"+long+"b /"+long[1:]+" /B"+long+"/x")
	checkSent(t, keys, ambiguous, "/B"+long[1:]+"/x /%62"+long[1:]+" /"+long[1:]+"B")
	checkSent(t, keys, "/a/", "/a/"+long+"/"+strings.Repeat("c", 1000)+"%2F"+long)
	checkSent(t, keys, ambiguous, "/a/"+strings.Repeat("c", 1000)+"%2F.. /a/"+strings.Repeat("c", 1000)+"\\..")
}

func TestFindOddPaths(t *testing.T) {
	tree := treeOf("/a/", "/a/b")
	for _, c := range []struct{ path, raw, want string }{
		{"", "", none}, // counts as "/"
		{"a", "", ambiguous},
		{"a/x", "", ambiguous},
		{`\a`, "", ambiguous},
		{"%2Fa", "", ambiguous},
		{"http://x/a", "", ambiguous},
		{"/a/%zz", "/a/%zz", ambiguous}, // does not decode
		{"/%", "/%", ambiguous},
		{"/a/x", "/a/x%2", ambiguous},
		{"/a/100%", "/a/100%25", "/a/"}, // does
		{"/a/100%", "", "/a/"},
		{"/a/x", "/b/x", ambiguous}, // two paths
		{"/a/x", "/a/b", ambiguous},
		{"/b/x", "/a/x", ambiguous},
		{"/x", "/y", none},
		{"", "/", none},
		{"/a/x", "a/x", ambiguous},
	} {
		if got := find(tree, c.path, c.raw); got != c.want {
			t.Errorf("Find(%q, %q) = %s, want %s", c.path, c.raw, got, c.want)
		}
	}
	if root := treeOf("/"); find(root, "", "") != "/" {
		t.Error(`the key "/" does not cover the empty path`)
	}
}

func TestEmptyTree(t *testing.T) {
	var tree Tree[int]
	if got := find(&tree, "/a", ""); got != none {
		t.Errorf("the zero Tree finds %s", got)
	}
}

func TestEntryValue(t *testing.T) {
	tree := treeOf("/a", "/b/")
	if entry, _ := tree.Find("/b/c", ""); entry == nil || entry.Value != 1 {
		t.Errorf("Find(/b/c) = %+v, want the value 1", entry)
	}
}
