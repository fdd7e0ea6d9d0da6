package field

import (
	"fmt"
	"slices"
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
				if !names.contains(spelling) {
					t.Errorf("%s: %q is not in it", label, spelling)
				}
			}
		}
		for _, name := range []string{
			"", "X", "X-", "X-AA", "X-B", "x-a ", "Content-Typ", "Content-Types", "content_type", "*",
			strings.Repeat("x", 99), strings.Repeat("x", 101), strings.Repeat("x", 1<<20),
			"X-\u0410", "X-a\u030a", "content-t\u0443pe", "@ontent-type", "content-tYpe\x00",
			"\u212aey", // the Kelvin sign folds to k outside ASCII
		} {
			if names.contains(name) {
				t.Errorf("%s: %.30q is in it", label, name)
			}
		}
	}
}

// Names are ASCII: what folds to one of them elsewhere in Unicode is another.
func TestNamesFoldASCIIOnly(t *testing.T) {
	for _, list := range [][]string{{"k", "s"}, {"k", "s", "1", "2", "3", "4", "5", "6", "7", "8", "longer"}} {
		names := NewNames(list)
		if !names.contains("K") || !names.contains("S") || names.contains("\u212a") || names.contains("\u017f") {
			t.Errorf("%q are compared as Unicode, or not at all", list)
		}
	}
}

func TestSkipListed(t *testing.T) {
	long := strings.Repeat("x", 100)
	for label, list := range sets() {
		names := NewNames(list)
		for _, c := range []struct{ list, rest string }{
			{"", ""},
			{"x-a", ""},
			{"content-type,x-a,x-a", ""},
			{"X-A,Content-TYPE,x-A", ""},
			{"x-a,", ""},
			{"x-a \t", ""},
			{",,\t, ,", ""},
			{" x-a\t, ,\tcontent-type\t ,, ", ""},
			{"x-a,,x-ab", "x-ab"},
			{"x-a,x-a x,x-a", "x-a x,x-a"},
			{"x-a,x-a \tx-a", "x-a \tx-a"},
			{"x-a x", "x-a x"},
			{" x-ab , x-a", "x-ab , x-a"},
			{"x-a,x-", "x-"},
			{"x-a;x-a", "x-a;x-a"},
			{"x-a\x00", "x-a\x00"},
			{long + "," + strings.ToUpper(long) + ",x-b", "x-b"},
			{"x" + long, "x" + long},
		} {
			if rest := names.SkipListed(c.list); rest != c.rest {
				t.Errorf("%s: SkipListed(%q) = %q, want %q", label, c.list, rest, c.rest)
			}
		}
	}
	var none Names
	if rest := none.SkipListed(" ,x-a"); rest != "x-a" {
		t.Errorf("SkipListed leaves %q for no names", rest)
	}
}

// A name that comes again and again is passed over many times at once, however
// it is spelled and whatever stands between.
func TestSkipListedStrides(t *testing.T) {
	for label, list := range sets() {
		names := NewNames(list)
		for _, again := range []string{"x-a,", "X-A,", "Content-Type , ,\t", "x-a                 ,"} {
			for n := range 100 {
				for _, rest := range []string{"", "x", "x-", "x-ab", "x-b,x-a", "X-AB,", "x-a x", "x-a" + strings.Repeat(" ", 17) + "x"} {
					if got := names.SkipListed(strings.Repeat(again, n) + rest); got != rest {
						t.Errorf("%s: SkipListed leaves %q behind %d times %q, want %q", label, got, n, again, rest)
					}
				}
				for _, rest := range []string{",", " ", "\t,", " x-a", ", ,x-a , "} {
					if got := names.SkipListed(strings.Repeat(again, n) + rest); got != "" {
						t.Errorf("%s: SkipListed leaves %q behind %d times %q of %q, want nothing", label, got, n, again, rest)
					}
					if got := names.SkipListed(strings.Repeat(again, n) + rest + ", x-b"); got != "x-b" {
						t.Errorf("%s: SkipListed leaves %q behind %d times %q and %q, want x-b", label, got, n, again, rest)
					}
				}
			}
		}
	}
}

// FuzzSkipListed compares with a plain reading of the list, element by element.
func FuzzSkipListed(f *testing.F) {
	for _, c := range lists {
		f.Add(c.list, uint8(1))
	}
	f.Add("X-A,content-TYPE\t, ,x-a", uint8(1))
	f.Add("x-a ,, \t", uint8(40))
	f.Add("x-many-7 x", uint8(0))
	f.Add("x-a,x-a,x-a,x-a,x-a,x-a,x-a,x-a,x-a,x-a,x-a,x-a,x-a,x-a,x-a,x-a,x-a, x-a", uint8(0))
	f.Fuzz(func(t *testing.T, list string, times uint8) {
		list = strings.Repeat(list, int(times)) + list
		for label, known := range sets() {
			names, want := NewNames(known), ""
			for i, part := 0, ""; i <= len(list); i += len(part) + 1 {
				part, _, _ = strings.Cut(list[i:], ",")
				name := strings.Trim(part, " \t")
				isListed := slices.ContainsFunc(known, func(one string) bool { return len(one) == len(name) && strings.EqualFold(one, name) })
				if name != "" && !isListed {
					want = list[i+strings.Index(part, name):]
					break
				}
			}
			if got := names.SkipListed(list); got != want {
				t.Fatalf("%s: SkipListed(%q) = %q, want %q", label, list, got, want)
			}
		}
	})
}

func TestNoNames(t *testing.T) {
	var zero Names
	built := NewNames(nil)
	if zero.contains("") || zero.contains("a") || built.contains("") || built.contains("a") {
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
			if got := names.contains(name); got != want {
				t.Fatalf("%s: whether %q is in it is told as %v", label, name, got)
			}
		}
	})
}

// contains reports whether the set has name, in whatever case.
func (n *Names) contains(name string) bool { return name != "" && n.front(name) == len(name) }
