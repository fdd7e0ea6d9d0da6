package field

import (
	"fmt"
	"strings"
	"testing"
)

// few names are kept in a list and many in a map: both must say the same.
func sets() map[string][]string {
	long := strings.Repeat("X", 100)
	many := []string{"Content-Type", "X-A", long}
	for i := range 20 {
		many = append(many, fmt.Sprintf("X-Many-%d", i))
	}
	return map[string][]string{"few": {"Content-Type", "X-A", long}, "many": many}
}

func TestNames(t *testing.T) {
	for label, list := range sets() {
		names := NewNames(list)
		for _, name := range list {
			for _, spelling := range []string{name, strings.ToLower(name), strings.ToUpper(name)} {
				if !names.Has(spelling) {
					t.Errorf("%s: Has(%q) = false", label, spelling)
				}
			}
		}
		for _, name := range []string{
			"", "X", "X-", "X-AA", "X-B", "x-a ", "Content-Typ", "Content-Types", "content_type", "*",
			strings.Repeat("x", 99), strings.Repeat("x", 101), strings.Repeat("x", 1<<20),
			"X-\u0410", "X-a\u030a", "content-t\u0443pe", "@ontent-type", "content-tYpe\x00",
			"\u212aey", // the Kelvin sign folds to k outside ASCII
		} {
			if names.Has(name) {
				t.Errorf("%s: Has(%.30q) = true", label, name)
			}
		}
	}
}

// Names are ASCII: what folds to one of them elsewhere in Unicode is another.
func TestNamesFoldASCIIOnly(t *testing.T) {
	for _, list := range [][]string{{"k", "s"}, {"k", "s", "1", "2", "3", "4", "5", "6", "7", "8", "longer"}} {
		names := NewNames(list)
		if !names.Has("K") || !names.Has("S") || names.Has("\u212a") || names.Has("\u017f") {
			t.Errorf("%q are compared as Unicode, or not at all", list)
		}
	}
}

func TestSkipListed(t *testing.T) {
	few := NewNames([]string{"X-A", "X-Ab", "Content-Type"})
	for _, c := range []struct{ list, rest string }{
		{"", ""},
		{"x-a", ""},
		{"content-type,x-ab,x-a,x-a", ""},
		{"x-a,", ""},
		{"x-a,,x-ab", ",x-ab"},
		{"x-ab,x-a x", "x-a x"},
		{"x-ab, x-a", " x-a"},
		{"x-a,X-A", "X-A"},
		{"x-abc", "x-abc"},
		{"x-a,x-", "x-"},
		{"x-b,x-a", "x-b,x-a"},
		{",x-a", ",x-a"},
	} {
		if rest := few.SkipListed(c.list); rest != c.rest {
			t.Errorf("SkipListed(%q) = %q, want %q", c.list, rest, c.rest)
		}
	}
	for label, list := range sets() {
		names := NewNames(list)
		long := strings.Repeat("x", 100)
		if rest := names.SkipListed(long + ",x-b"); rest != "x-b" {
			t.Errorf("%s: SkipListed leaves %q behind a long name, want %q", label, rest, "x-b")
		}
	}
	for n := range 100 {
		again := strings.Repeat("x-ab,", n)
		for _, rest := range []string{"", "x", "x-", "x-abc", "x-b,x-ab", ",x-ab", "X-AB"} {
			if got := few.SkipListed(again + rest); got != rest {
				t.Errorf("SkipListed leaves %q behind %d names, want %q", got, n, rest)
			}
		}
	}
	var none Names
	if rest := none.SkipListed("x-a"); rest != "x-a" {
		t.Errorf("SkipListed takes %q off for no names", rest)
	}
}

func TestNoNames(t *testing.T) {
	var zero Names
	built := NewNames(nil)
	if zero.Has("") || zero.Has("a") || built.Has("") || built.Has("a") {
		t.Error("no names have one")
	}
}

func TestIsForbiddenRequest(t *testing.T) {
	// Fetch, "forbidden request-header", the names and prefixes listed there.
	for _, name := range strings.Fields(`
		Accept-Charset Accept-Encoding Access-Control-Request-Headers Access-Control-Request-Method Connection
		Content-Length Cookie Cookie2 Date DNT Expect Host Keep-Alive Origin Referer Set-Cookie TE Trailer
		Transfer-Encoding Upgrade Via Proxy-Authorization Proxy- Sec-Fetch-Mode Sec-
	`) {
		for _, spelling := range []string{name, strings.ToLower(name), strings.ToUpper(name)} {
			if !IsForbiddenRequest(spelling) && !IsCORS(spelling) {
				t.Errorf("%q is not forbidden", spelling)
			}
		}
	}
	for _, name := range strings.Fields(`
		Accept Accept-Language Authorization Content-Type Content-Encoding Cookies X-Origin Origins User-Agent
		X-Forwarded-For X-HTTP-Method X-HTTP-Method-Override X-Method-Override Proxy Sec Security Hostname Range
		If-None-Match Priority Traceparent X-Sec-Token X-Proxy-Id
	`) {
		if IsForbiddenRequest(name) || IsCORS(name) || IsForbiddenResponse(name) {
			t.Errorf("%q is forbidden", name)
		}
	}
}

func TestIsCORS(t *testing.T) {
	for _, name := range []string{"Access-Control-Allow-Origin", "access-control-max-age", "ACCESS-CONTROL-X", "Access-Control-Request-Private-Network"} {
		if !IsCORS(name) {
			t.Errorf("IsCORS(%q) = false", name)
		}
	}
	for _, name := range []string{"", "Access-Control", "X-Access-Control-Allow-Origin", "AccessControl-Allow-Origin"} {
		if IsCORS(name) {
			t.Errorf("IsCORS(%q) = true", name)
		}
	}
}

func TestIsForbiddenResponse(t *testing.T) {
	for name, want := range map[string]bool{
		"Set-Cookie": true, "set-cookie2": true, "SET-COOKIE": true, "Cookie": false, "Set-Cookie3": false, "Content-Length": false, "Origin": false,
	} {
		if got := IsForbiddenResponse(name); got != want {
			t.Errorf("IsForbiddenResponse(%q) = %v", name, got)
		}
	}
}

// FuzzNames compares with the folding of the standard library, ASCII only.
func FuzzNames(f *testing.F) {
	f.Add("x-a")
	f.Add("CONTENT-TYPE")
	f.Add("x-many-07")
	f.Add("\u212a")
	f.Fuzz(func(t *testing.T, name string) {
		for label, list := range sets() {
			want := false
			for _, known := range list {
				want = want || strings.EqualFold(known, name) && len(known) == len(name)
			}
			names := NewNames(list)
			if got := names.Has(name); got != want {
				t.Fatalf("%s: Has(%q) = %v", label, name, got)
			}
		}
	})
}
