package origin

import "testing"

func TestSplit(t *testing.T) {
	for _, c := range patterns {
		c.want.Text = c.text
		if got := Split(c.text); got != c.want {
			t.Errorf("Split(%q) = %+v, want %+v", c.text, got, c.want)
		}
		if n := testing.AllocsPerRun(10, func() { Split(c.text) }); n != 0 {
			t.Errorf("Split(%q) makes %v allocations", c.text, n)
		}
	}
}

var misses = []struct {
	pattern, origin string
	want            Miss
}{
	{"https://app.example.com", "https://app.example.com", Hit},
	{"https://app.example.com", "http://app.example.com", OtherScheme},
	{"http://localhost:3000", "https://localhost:3000", OtherScheme},
	{"https://app.example.com", "https://app.example.com:8443", OtherPort},
	{"https://app.example.com:8443", "https://app.example.com", OtherPort},
	{"http://localhost:3000", "http://localhost:5173", OtherPort},
	{"http://localhost:3000", "https://localhost", OtherBoth},
	{"http://localhost:*", "https://localhost:5173", OtherScheme},
	{"https://example.com", "https://app.example.com", Below},
	{"https://example.com", "http://app.example.com", FarAway},
	{"https://example.com", "https://evilexample.com", FarAway},
	{"https://app.example.com", "https://example.com", Above},
	{"https://*.example.com", "https://example.com", Apex},
	{"https://*.example.com", "https://a.b.example.com", Hit},
	{"https://*.example.com", "http://a.example.com", OtherScheme},
	{"https://*.example.com", "https://a.example.com:8443", OtherPort},
	{"https://*.example.com", "http://example.com", FarAway},
	{"https://*.example.com:*", "https://a.example.com:8443", Hit},
	{"https://*.example.com", "https://a.example.org", FarAway},
	{"https://*.example.com", "https://eample.com", FarAway},
	{"https://app.exmaple.com", "https://app.example.com", OneEdit},
	{"https://ap.example.com", "https://app.example.com", OneEdit},
	{"https://app.example.com", "https://other.example.com", FarAway},
	{"x://abc", "x://abd", FarAway},
	{"x://abcd", "x://abce", OneEdit},
	{"https://*", "https://a.example.com:8443", OtherPort},
	{"https://*:8443", "https://a.example.com", OtherPort},
	{"https://*", "http://a.example.com", FarAway},
	{"https://*", "https://a.example.com", Hit},
	{"moz-extension://*", "https://a.example.com", FarAway},
	{"null", "https://app.example.com", FarAway},
	{"*", "https://app.example.com", FarAway},
}

func TestMiss(t *testing.T) {
	for _, c := range misses {
		o, ok := Parse(c.origin)
		if p := Split(c.pattern); !ok || p.Miss(o) != c.want {
			t.Errorf("Split(%q).Miss(%q) = %d, want %d", c.pattern, c.origin, p.Miss(o), c.want)
		}
	}
}

// FuzzNear asserts that a pattern covers what a set with it alone does, and
// misses what it does not cover.
func FuzzNear(f *testing.F) {
	for _, c := range misses {
		f.Add(c.pattern, c.origin)
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		p, fault := ParsePattern(pattern)
		o, ok := Parse(text)
		if fault != nil || !ok || p.Any || p.Null {
			return
		}
		split := Split(pattern)
		if split != p {
			t.Fatalf("Split(%q) = %+v, want %+v", pattern, split, p)
		}
		var set Set
		set.Add(p)
		want := set.MatchPattern(text)
		if set.HasExact(text) {
			want = Named
		}
		if got := split.Match(o); got != want || (got == None) != (split.Miss(o) != Hit) {
			t.Fatalf("%q covers %q as %d, misses as %d, want %d", pattern, text, got, split.Miss(o), want)
		}
	})
}
