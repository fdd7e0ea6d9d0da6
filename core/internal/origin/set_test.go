package origin

import (
	"fmt"
	"strings"
	"testing"
)

func setOf(t *testing.T, texts ...string) *Set {
	t.Helper()
	set := NewSet(len(texts))
	for _, text := range texts {
		p, fault := ParsePattern(text)
		if fault != nil {
			t.Fatalf("ParsePattern(%q) = %+v", text, fault)
		}
		if !set.Add(p) {
			t.Fatalf("Add(%q) = false in %q", text, texts)
		}
	}
	return &set
}

func check(t *testing.T, set *Set, patterns, in, out string) {
	t.Helper()
	for _, text := range strings.Fields(in) {
		if !set.matches(text) {
			t.Errorf("%s do not match %q", patterns, text)
		}
	}
	for text := range strings.SplitSeq(out, "\n") {
		if text = strings.TrimPrefix(text, "\t"); set.matches(text) {
			t.Errorf("%s match %q", patterns, text)
		}
	}
}

// sets holds patterns and what they do and do not match. Of the latter each
// line is one origin; the first is empty, and so is that origin.
var sets = []struct{ patterns, in, out string }{
	{"", "", `
	https://example.com`},

	{"https://shop.example", "https://shop.example", `
	http://shop.example
	https://shop.example:8443
	https://shop.example:443
	https://a.shop.example
	https://shop.example.
	https://shop.example/
	https://shop.example.evil.test
	https://evilshop.example
	https://shop.example@evil.test
	https://shop.example:8443@evil.test
	https://evil.test#shop.example
	https://xshop.example
	https://shop
	https://shopXexample
	https://SHOP.example
	HTTPS://shop.example
	 https://shop.example
	https://shop.example 
	null
	*`},

	{"https://a.example https://b.example:8443", "https://a.example https://b.example:8443", `
	https://a.example:8443
	https://b.example
	https://b.example:844
	https://a.example.b.example
	https://c.example
	`},

	{"null https://a.example", "null https://a.example", `
	NULL
	nul
	null://a.example`},

	{"https://*.shop.example", `https://a.shop.example https://a.b.shop.example https://a.b.c.d.e.f.shop.example https://xn--bcher-kva.shop.example
	https://_.shop.example https://-.shop.example https://1.shop.example https://1.2.3.4.shop.example https://shop.example.shop.example
	https://example.shop.example https://evil.test.shop.example`, `
	https://shop.example
	https://.shop.example
	https://a..shop.example
	https://a.shop.example.
	https://.a.shop.example
	https://evilshop.example
	https://a-shop.example
	https://a.shop.example.evil.test
	https://a.shop.example:443
	https://a.shop.example:444
	https://a.shop.example/
	https://evil.test/.shop.example
	https://evil.test#.shop.example
	https://evil.test?.shop.example
	https://evil.test\.shop.example
	https://evil.test@a.shop.example
	https://evil.test:80.shop.example
	http://a.shop.example
	https://A.shop.example
	https://a.Shop.example
	https://a.shopXexample
	https://a.b` + "`" + `c.shop.example
	https://*.shop.example
	https://a,b.shop.example
	https://[::1].shop.example
	https://example
	https://a.example
	x-https://a.shop.example`},

	{"https://*.example.com:8443", "https://a.example.com:8443 https://a.b.example.com:8443", `
	https://a.example.com
	https://a.example.com:84
	https://a.example.com:84430
	https://example.com:8443
	https://a.example.com:8443.evil.test
	http://a.example.com:8443`},

	{"https://*.example.com:*", "https://a.example.com https://a.b.example.com:1 https://a.example.com:65535 https://a.example.com:80", `
	https://example.com
	https://example.com:8443
	https://a.example.com:443
	https://a.example.com:0
	https://a.example.com:65536
	https://a.example.com:
	https://a.example.com:*
	https://a.example.com:08
	https://a.example.com.evil.test:8443
	http://a.example.com:8443`},

	{"http://localhost:*", "http://localhost http://localhost:5173 http://localhost:1 http://localhost:443", `
	http://localhost.evil.test
	http://localhost:5173.evil.test
	http://localhost:
	http://localhost:05173
	http://localhost:80
	http://localhost:65536
	https://localhost:5173
	http://a.localhost:5173
	http://xlocalhost:5173
	http://localhost:5173@evil.test`},

	{"http://127.0.0.1:* http://[::1]:*", "http://127.0.0.1 http://127.0.0.1:3000 http://[::1] http://[::1]:3000", `
	http://127.0.0.1.evil.test
	http://127.0.0.2:3000
	http://127.1:3000
	http://[::2]:3000
	http://[0::1]:3000
	http://::1:3000`},

	{"https://*", "https://a https://example.com https://a.b.c.example.com https://10.0.0.1 https://[::1]", `
	https://example.com:8443
	https://example.com:443
	http://example.com
	https://
	https://*
	https://a..b
	https://1.2.3
	https://a.example/
	null`},

	{"https://*:8443", "https://a:8443 https://10.0.0.1:8443 https://[::1]:8443", `
	https://a
	https://a:8444
	http://a:8443`},

	{"https://*:*", "https://a https://a:1 https://10.0.0.1:8443 https://[::1]:65535", `
	https://a:443
	https://a:0
	http://a
	http://a:8443`},

	{"moz-extension://*", "moz-extension://5a1c2f3e-0000-4444-8888-0123456789ab", `
	moz-extension2://a
	moz-extension://
	chrome-extension://a`},

	// Patterns at several depths, with the same ports and others, side by side.
	{"https://*.example https://*.b.example.org https://*.d.c.b.a.test:8443 https://*.b.test:* http://*.example", `
	https://a.example https://a.b.example http://a.example https://x.b.example.org https://y.x.b.example.org https://e.d.c.b.a.test:8443 https://a.b.test https://a.b.test:1`, `
	https://example
	https://a.example:8443
	https://b.example.org
	https://x.example.org
	http://x.b.example.org
	https://e.d.c.b.a.test
	https://d.c.b.a.test:8443
	https://c.b.a.test:8443
	https://b.test
	https://a.c.test`},
}

func TestSet(t *testing.T) {
	for _, c := range sets {
		check(t, setOf(t, strings.Fields(c.patterns)...), c.patterns, c.in, c.out)
	}
}

// A wildcard for names never admits an address that ends like one of them.
func TestSetKeepsAddressesOut(t *testing.T) {
	set := setOf(t, "https://*.a", "https://*.test:*")
	for _, text := range []string{"https://1.2.3.4", "https://[::a]", "https://[2001:db8::a]:8443"} {
		if set.matches(text) {
			t.Errorf("%q matches", text)
		}
	}
}

func TestSetAtAnyDepth(t *testing.T) {
	for depth := 1; depth <= 125; depth++ {
		base := strings.Repeat("b.", depth-1) + "a"
		set := setOf(t, "https://*."+base)
		if member := "https://c." + base; !set.matches(member) || set.matches("https://"+base) {
			t.Errorf("https://*.%s fails at %s or at its base", base, member)
		}
		if other := "https://c.x" + base; set.matches(other) {
			t.Errorf("https://*.%s matches %s", base, other)
		}
	}
}

// A host has 253 bytes at most, whatever port stands behind it.
func TestSetAtTheLongestHost(t *testing.T) {
	for _, port := range []string{"", ":8", ":65535", ":*"} {
		for length := 240; length <= 251; length++ { // of what stands behind "*."
			base := strings.Repeat("b.", 125)[:length-1-length%2] + strings.Repeat("a", 1+length%2)
			set := setOf(t, "https://*."+base+port)
			end := strings.Replace(port, "*", "65535", 1)
			for n := 1; n <= 63; n++ {
				text := "https://" + strings.Repeat("c", n) + "." + base + end
				if got, want := set.matches(text), n+1+len(base) <= 253; got != want {
					t.Errorf("https://*.<%d bytes>%s matches %d bytes more: %v, want %v", len(base), port, n+1, got, want)
				}
			}
		}
	}
}

func TestSetOfMany(t *testing.T) {
	for _, n := range []int{1, 2, 3, 8, 9, 100, 10_000} {
		set := NewSet(n)
		for i := range n {
			p, _ := ParsePattern(fmt.Sprintf("https://t%d.test:8443", i))
			if !set.Add(p) {
				t.Fatalf("Add(%s) = false", p.Text)
			}
		}
		for i := range n {
			if text := fmt.Sprintf("https://t%d.test:8443", i); !set.matches(text) {
				t.Errorf("of %d, %s is not in the set", n, text)
			}
		}
		for _, text := range []string{"", fmt.Sprintf("https://t%d.test:8443", n), "https://t0.test:844", "https://t0.test:84431", "https://t00.test:8443"} {
			if set.matches(text) {
				t.Errorf("of %d, %q is in the set", n, text)
			}
		}
	}
}

// A pattern that a wider one covers too is no duplicate, only the same again is.
func TestSetTellsDuplicates(t *testing.T) {
	set := NewSet(3)
	for _, text := range []string{
		"https://a.example.com", "https://b.example.com", "https://*.example.com", "https://*.example.com:8443", "https://*.example.com:*",
		"https://example.com:*", "https://*", "https://*:8443", "https://*:*", "http://*", "null", "http://*.example.com",
	} {
		p, fault := ParsePattern(text)
		if fault != nil {
			t.Fatalf("ParsePattern(%q) = %+v", text, fault)
		}
		if !set.Add(p) {
			t.Errorf("Add(%q) = false at first", text)
		}
		if set.Add(p) {
			t.Errorf("Add(%q) = true the second time", text)
		}
	}
}

func TestSetTellsNamedFromAnyHost(t *testing.T) {
	set := setOf(t, "https://*:*", "https://*.example.com", "https://localhost:*")
	for text, want := range map[string]Match{
		"https://a.example.com": Named, "https://localhost:1": Named, "https://example.com": AnyHost,
		"https://a.example.com:8443": AnyHost, "https://[::1]": AnyHost, "http://a.example.com": None,
	} {
		if got := set.MatchPattern(text); got != want {
			t.Errorf("MatchPattern(%q) = %d, want %d", text, got, want)
		}
	}
}
