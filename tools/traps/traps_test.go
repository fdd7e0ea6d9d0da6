package traps

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

var adapters = []string{"stdlib", "chi", "gin", "echo", "fiber"}

// first are the sections that every README begins with, so that a reader finds
// the same thing at the same place.
var first = []string{"Where to mount it", "A policy for a part of the server", "Traps"}

func readmes(t *testing.T) map[string]*Readme {
	t.Helper()
	all := make(map[string]*Readme)
	for _, adapter := range adapters {
		text, err := os.ReadFile(filepath.Join("../..", adapter, "README.md"))
		if err != nil {
			t.Fatal(err)
		}
		all[adapter] = ParseReadme(string(text))
	}
	return all
}

func TestReadmesAreAlike(t *testing.T) {
	for adapter, r := range readmes(t) {
		if len(r.Sections) < len(first) || !slices.Equal(r.Sections[:len(first)], first) {
			t.Errorf("%s has the sections %q, want %q first", adapter, r.Sections, first)
		}
	}
}

// TestTraps holds that every trap has a test, and that every test of traps says
// what of a README it proves.
func TestTraps(t *testing.T) {
	all := readmes(t)
	var quotes []Quote
	for _, dir := range append(adapters, "examples/traps") {
		tests, err := ParseTests(filepath.Join("../..", dir), dir == "examples/traps")
		if err != nil {
			t.Fatal(err)
		}
		for _, silent := range tests.Silent {
			t.Errorf("%s quotes no README", silent)
		}
		for _, lost := range tests.Lost {
			t.Errorf("%s: not above a test", lost)
		}
		quotes = append(quotes, tests.Quotes...)
	}
	for _, q := range quotes {
		if r := all[q.Readme]; r == nil || !r.Says(q.Words) {
			t.Errorf("%s: the README of %s does not say %q", q.Test, q.Readme, q.Words)
		}
	}
	for adapter, r := range all {
		for _, trap := range r.Traps {
			if !slices.ContainsFunc(quotes, func(q Quote) bool { return q.Readme == adapter && Begins(trap, q.Words) }) {
				t.Errorf("%s: no test quotes the trap %q", adapter, trap)
			}
		}
	}
}
