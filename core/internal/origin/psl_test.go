package origin

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/publicsuffix"
)

func TestIsPublicSuffix(t *testing.T) {
	for _, base := range strings.Fields(`
		com org de uk co.uk org.uk com.au io dev app tokyo.jp
		github.io gitlab.io vercel.app netlify.app herokuapp.com cloudfront.net s3.amazonaws.com
		ck foo.ck nom.br kawasaki.jp mythic-beasts.com x.mythic-beasts.com
		intranet corp home lan foo unlisted x test1
	`) {
		if !isPublicSuffix(base) {
			t.Errorf("isPublicSuffix(%q) = false", base)
		}
	}
	for _, base := range strings.Fields(`
		example.com example.co.uk a.github.io www.ck city.kawasaki.jp a.b.example.com amazonaws.com
		localhost local internal test example invalid
		a.localhost a.local a.internal a.test a.example a.invalid a.unlisted
	`) {
		if isPublicSuffix(base) {
			t.Errorf("isPublicSuffix(%q) = true", base)
		}
	}
}

// FuzzIsPublicSuffix compares with the rule as it is written down, which asks
// twice: base is one, or every name below it is.
func FuzzIsPublicSuffix(f *testing.F) {
	for _, base := range strings.Fields(`
		com co.uk github.io a.github.io ck www.ck x.ck kawasaki.jp city.kawasaki.jp x.kawasaki.jp se x.se mythic-beasts.com x.mythic-beasts.com
		a.b.c unlisted a.unlisted .com com. a..com 1.2 ::1 -.uk
	`) {
		f.Add(base)
	}
	f.Fuzz(func(t *testing.T, base string) {
		if _, err := netip.ParseAddr(base); err == nil || slices.Contains(strings.Fields("localhost local internal test example invalid"), base) {
			return // no base of a wildcard, or set aside
		}
		suffix, _ := publicsuffix.PublicSuffix(base)
		below, _ := publicsuffix.PublicSuffix("x." + base)
		if got, want := isPublicSuffix(base), suffix == base || below == "x."+base; got != want {
			t.Fatalf("isPublicSuffix(%q) = %v, want %v", base, got, want)
		}
	})
}
