//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/concors/concors/compare/peers"
)

// roundTrips is what TestRoundTrips counts.
type roundTrips struct {
	sites   []site
	columns []column
}

// column is what one engine sends.
type column struct {
	engine, version string
	counts          map[string][2]int // by the name of the site
}

// markdown is a table with a line for each router and middleware.
func (r *roundTrips) markdown(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	fetches := len(sessionMethods) * len(sessionHeaders)
	fmt.Fprintf(&b, "Preflights for the %d fetches of one URL, method by method, and for the %d of %d URLs. *lists*: the policy lists\n"+
		"methods and headers; *stars*: it has `*` for both.\n\n", fetches, fetches*sessionURLs, sessionURLs)
	b.WriteString("| router | middleware |")
	for _, p := range sessionPolicies {
		for _, c := range r.columns {
			fmt.Fprintf(&b, " %s: %s |", p.name, c.engine)
		}
	}
	b.WriteString("\n| --- | --- |" + strings.Repeat(" ---: |", len(sessionPolicies)*len(r.columns)) + "\n")
	for i, s := range r.sites {
		if s.policy == &sessionPolicies[0] {
			fmt.Fprintf(&b, "| %s | %s |", s.router, s.middleware)
		}
		for _, c := range r.columns {
			if n, counted := c.counts[s.name]; counted {
				fmt.Fprintf(&b, " %d, %d |", n[0], n[1])
			} else {
				b.WriteString(" – |")
			}
		}
		if i+1 == len(r.sites) || r.sites[i+1].policy == &sessionPolicies[0] {
			b.WriteString("\n")
		}
	}
	b.WriteString("\n" + r.played(t) + "\n")
	return b.String()
}

// played says with what it was counted.
func (r *roundTrips) played(t *testing.T) string {
	t.Helper()
	with := []string{runtime.Version()}
	for _, c := range r.columns {
		with = append(with, strings.TrimSpace(c.engine+" "+c.version))
	}
	var listed []string
	for _, peer := range peers.All() {
		if !slices.ContainsFunc(r.sites, func(s site) bool { return s.middleware == peer.Name }) {
			continue
		}
		with = append(with, peer.Name+" "+moduleVersion(t, peer.Module))
		if slices.ContainsFunc(r.sites, func(s site) bool { return s.middleware == peer.Name && s.listed }) {
			listed = append(listed, peer.Name)
		}
	}
	text := "Counted on " + time.Now().UTC().Format("2 January 2006") + " with " + strings.Join(with, ", ") + "."
	if listed != nil {
		text += "\nNo sign for every method: " + strings.Join(listed, ", ") + "; their five are listed under stars, too."
	}
	return text
}

// moduleVersion asks the go command: a test, unlike a program, does not hold
// the versions of its modules.
func moduleVersion(t *testing.T, path string) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Version}}", path).Output()
	if err != nil {
		t.Fatalf("the version of %s: %v", path, err)
	}
	return strings.TrimSpace(string(out))
}

// The marks between which a file shows the table.
const (
	roundTripsBegin = "<!-- round trips -->"
	roundTripsEnd   = "<!-- end of round trips -->"
)

// publish writes the table into the file that the variable ROUNDTRIPS names.
func (r *roundTrips) publish(t *testing.T, table string) {
	t.Helper()
	file := os.Getenv("ROUNDTRIPS")
	switch {
	case file == "":
		return
	case t.Failed() || len(r.columns) < 3 || slices.ContainsFunc(r.columns, func(c column) bool { return len(c.counts) < len(r.sites) }):
		t.Fatalf("%s stays as it is: not everything was counted, or not as it should be", file)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(text), roundTripsBegin)
	_, after, ends := strings.Cut(rest, roundTripsEnd)
	if !begins || !ends {
		t.Fatalf("%s has no %s with %s behind it", file, roundTripsBegin, roundTripsEnd)
	}
	renewed := before + roundTripsBegin + "\n\n" + table + "\n" + roundTripsEnd + after
	if err := os.WriteFile(file, []byte(renewed), 0o644); err != nil {
		t.Fatal(err)
	}
}
