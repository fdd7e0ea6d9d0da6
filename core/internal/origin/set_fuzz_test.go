package origin

import (
	"slices"
	"strings"
	"testing"
)

// FuzzSet compares with a plain reading: take text apart, then go through the
// patterns one by one.
func FuzzSet(f *testing.F) {
	lists := [][]string{
		{"https://*.example.com"},
		{"https://*.example.com", "https://*.b.example.com:8443", "https://*.test:*", "http://*.example.com:*"},
		{"http://localhost:*", "http://[::1]:*", "https://*:8443", "https://*.a.test"},
		{"https://*", "http://*:*", "moz-extension://*", "https://*.example.com:8443"},
	}
	for i, list := range lists {
		for _, text := range list {
			for _, member := range membersOf(text) {
				f.Add(uint8(i), member)
			}
		}
	}
	f.Add(uint8(1), "https://[::1].example.com:8443")
	f.Add(uint8(1), "https://a..b.example.com:8443")
	f.Add(uint8(0), "https://"+strings.Repeat("a.", 121)+"example.com")
	f.Fuzz(func(t *testing.T, i uint8, text string) {
		list := lists[int(i)%len(lists)]
		set, want := setOf(t, list...), None
		for _, pattern := range list {
			want = max(want, plainMatch(pattern, text))
		}
		if got := set.MatchPattern(text); got != want {
			t.Fatalf("MatchPattern(%q) in %q = %d, want %d", text, list, got, want)
		}
	})
}

func plainMatch(pattern, text string) Match {
	p, _ := ParsePattern(pattern)
	o, ok := Parse(text)
	switch {
	case !ok || o.Scheme != p.Scheme || !p.AnyPort && o.Port != p.Port:
		return None
	case p.AnyHost:
		return AnyHost
	case p.Subdomains:
		labels, base := strings.Split(o.Host, "."), strings.Split(p.Host, ".")
		if o.IP || len(labels) <= len(base) || !slices.Equal(labels[len(labels)-len(base):], base) {
			return None
		}
	case o.Host != p.Host:
		return None
	}
	return Named
}
