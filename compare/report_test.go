package compare

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/concors/concors/compare/judge"
	"github.com/concors/concors/compare/peers"
)

func TestMarkdown(t *testing.T) {
	r := *report(t)
	r.Date, r.Go = time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC), "go1.26.0"
	r.Versions = map[string]string{"github.com/rs/cors": "v1.11.1"}
	var b strings.Builder
	if err := r.Markdown(&b); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	for _, want := range []string{
		"on 25 November 2026 with go1.26.0.",
		"| rs/cors | v1.11.1 | net/http |",
		"| Concors | this repository | net/http, chi, gin, echo, fiber |",
		"| subject | cases | Concors | rs/cors | go-chi/cors | gin-contrib/cors | echo | fiber | gorilla/handlers |",
		"\n| vary | ",
		"\n| **all** | ",
		"go run ./compare/mirror -peer rs/cors -case methods/include-options-only-if-listed",
		"`origins/may-be-null-by-a-switch`",
		"| policies by path | – |",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	// Every row of a table has as many cells as its head.
	cells := 0
	for line := range strings.Lines(text) {
		switch n := strings.Count(line, "|"); {
		case !strings.HasPrefix(line, "|"):
			cells = 0
		case cells == 0:
			cells = n
		case n != cells:
			t.Errorf("a row of %d cells in a table of %d: %s", n, cells, line)
		}
	}
}

func TestCell(t *testing.T) {
	for want, count := range map[string]map[Outcome]int{
		"–": {}, "3/3": {Passed: 3}, "0/2": {Faulty: 2}, "– <sub>4 n</sub>": {NotOffered: 4},
		"1/3 <sub>4 d, 5 h, 6 r, 7 n</sub>": {Passed: 1, Faulty: 2, ByDesign: 4, Harmless: 5, Refused: 6, NotOffered: 7},
	} {
		if got := cell(count); got != want {
			t.Errorf("cell(%v) = %q, want %q", count, got, want)
		}
	}
}

func TestOutcome(t *testing.T) {
	fault := judge.Fault{Rule: judge.Admits}
	for name, test := range map[string]struct {
		findings []Finding
		want     Outcome
	}{
		"nothing":         {nil, Passed},
		"a fault":         {[]Finding{{1, fault, nil}}, Faulty},
		"a design":        {[]Finding{{1, fault, &designs[0]}}, ByDesign},
		"no page":         {[]Finding{{1, fault, impossible}}, Harmless},
		"both":            {[]Finding{{1, fault, impossible}, {2, fault, &designs[0]}, {3, fault, impossible}}, ByDesign},
		"a fault besides": {[]Finding{{1, fault, &designs[0]}, {2, fault, nil}}, Faulty},
	} {
		if got := outcome(test.findings); got != test.want {
			t.Errorf("%s: outcome = %s, want %s", name, got, test.want)
		}
	}
	for _, test := range []struct {
		err  error
		want Outcome
	}{
		{peers.NotOffered{What: "paths"}, NotOffered},
		{peers.Refused{Why: "null"}, Refused},
		{errors.New("no port is free"), Faulty},
	} {
		if got := unplayed(test.err).Outcome; got != test.want {
			t.Errorf("unplayed(%v) = %s, want %s", test.err, got, test.want)
		}
	}
}

func TestShow(t *testing.T) {
	r := report(t)
	column := SelectColumns(r.Columns, "gorilla*")
	scenario := Select(r.Scenarios, "vary/names-origin-on-a-denied-answer")
	if len(column) != 1 || len(scenario) != 1 {
		t.Fatalf("%d columns and %d cases, want one each", len(column), len(scenario))
	}
	var b strings.Builder
	if got := Show(&b, column[0], scenario[0]).Outcome; got != Faulty {
		t.Errorf("Show = %s, want %s", got, Faulty)
	}
	for _, want := range []string{
		`policy 1: {"allowOrigins": ["https://app.example.com"]}`,
		"  asked:\n    GET /", "  came:\n    status 200\n", "  the case has:\n", "  a browser finds:\n    omit blocked, include blocked",
		"  the policy means:\n    omit blocked, include blocked\n",
		"  cache: Vary names [], so a cache may give this answer to GET from https://app.example.com",
		"gorilla/handlers: faulty\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("Show lacks %q:\n%s", want, b.String())
		}
	}
}
