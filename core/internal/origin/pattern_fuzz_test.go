package origin

import (
	"strconv"
	"strings"
	"testing"
)

// FuzzParsePattern asserts what holds for every text: a pattern that is taken
// matches an origin, and a value that is offered instead is taken.
func FuzzParsePattern(f *testing.F) {
	for _, c := range patterns {
		f.Add(c.text)
	}
	for _, c := range refused {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, fault := ParsePattern(text)
		switch {
		case fault == nil:
			checkMatches(t, p)
		case fault.Code == "" || fault.Hint == "":
			t.Fatalf("ParsePattern(%q) = %+v, without code or hint", text, fault)
		default:
			checkOffer(t, text, fault)
		}
	})
}

func checkMatches(t *testing.T, p Pattern) {
	t.Helper()
	var set Set
	if p.Any {
		return
	}
	if !set.Add(p) || set.Add(p) {
		t.Fatalf("%q is not new in an empty set, or new for the second time", p.Text)
	}
	for _, member := range membersOf(p.Text) {
		if !set.matches(member) {
			t.Fatalf("%q does not match %q", p.Text, member)
		}
		for _, other := range []string{member + "x", "x" + member, member + "/", member + ".evil.test", strings.ToUpper(member)} {
			if set.matches(other) && !strings.Contains(p.Text, "*") {
				t.Fatalf("%q matches %q", p.Text, other)
			}
		}
	}
}

// membersOf returns the shortest origins that a pattern means.
func membersOf(text string) []string {
	scheme, authority, ok := strings.Cut(text, "://")
	if !ok {
		return []string{text}
	}
	host, anyPort := strings.CutSuffix(authority, ":*")
	if after, ok := strings.CutPrefix(host, "*."); ok {
		host = "a." + after
	} else if after, ok := strings.CutPrefix(host, "*"); ok {
		host = "a" + after
	}
	members := []string{scheme + "://" + host}
	if anyPort {
		members = append(members, scheme+"://"+host+":1")
	}
	return members
}

// matches is what a policy asks of a set. What matches a pattern is an origin.
func (s *Set) matches(text string) bool {
	matches := s.HasExact(text) || s.MatchPattern(text) != None
	if _, ok := Parse(text); matches && !ok && text != "null" {
		panic("matches " + strconv.Quote(text) + ", which is no origin")
	}
	return matches
}

func checkOffer(t *testing.T, text string, fault *Fault) {
	t.Helper()
	value := offered(fault.Hint)
	if value == "" {
		return
	}
	if value == text {
		t.Fatalf("ParsePattern(%q) = %s, which offers the same", text, fault.Hint)
	}
	if _, again := ParsePattern(value); again != nil {
		t.Fatalf("ParsePattern(%q) = %s, but that is %s, %s", text, fault.Hint, again.Code, again.Hint)
	}
}
