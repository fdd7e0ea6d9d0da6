package main

import "testing"

// As GitHub makes them: lower case, blanks to hyphens, no other punctuation.
func TestSlug(t *testing.T) {
	s := slugger{}
	for _, c := range []struct{ heading, slug string }{
		{"A proxy whose upstream sends 1xx", "a-proxy-whose-upstream-sends-1xx"},
		{"Tenants: origins in a database", "tenants-origins-in-a-database"},
		{"`core/gateway`, and v1.4", "coregateway-and-v14"},
		{"snake_case - and a dash", "snake_case---and-a-dash"},
		{"Être", "être"},
		{"Twice", "twice"},
		{"Twice", "twice-1"},
		{"Twice!", "twice-2"},
	} {
		if got := s.slug(c.heading); got != c.slug {
			t.Errorf("slug(%q) = %q, want %q", c.heading, got, c.slug)
		}
	}
}
