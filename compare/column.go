package compare

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
)

// A Column is one or more implementations that count as one.
type Column struct {
	Name    string
	Module  string // whose version counts, "" for Concors
	Routers []string
	members []Implementation
}

// Columns returns Concors on all its routers, then the peers. upstream is the
// address of a server with the handler of [conformance.Upstream].
func Columns(upstream *url.URL) []Column {
	own := Column{Name: concorsName, members: concorsOnEach(upstream)}
	for _, m := range own.members {
		own.Routers = append(own.Routers, m.router)
	}
	columns := []Column{own}
	for _, m := range peerImplementations() {
		columns = append(columns, Column{Name: m.name, Module: m.module, Routers: []string{m.router}, members: []Implementation{m}})
	}
	return columns
}

const concorsName = "Concors"

// isConcors reports whether a column or one of its members is Concors.
func isConcors(name string) bool {
	return name == concorsName || strings.HasPrefix(name, concorsName+" on ")
}

// Play plays a case on every member. A case that one of them fails, the column
// fails. see, if it is not nil, is told about every exchange on every member.
func (c Column) Play(s *Scenario, see func(member string, r Record)) Result {
	worst := Result{Outcome: Passed}
	for _, m := range c.members {
		result := m.play(s, func(r Record) {
			if see != nil {
				see(m.name, r)
			}
		})
		if result.Outcome != Passed && worst.Outcome != Faulty {
			worst = result
		}
	}
	return worst
}

// PlayAll plays all scenarios on all columns and returns the results by column,
// then by scenario.
func PlayAll(columns []Column, scenarios []*Scenario) [][]Result {
	results := make([][]Result, len(columns))
	type job struct{ column, scenario int }
	jobs := make(chan job)
	var workers sync.WaitGroup
	for range 4 { // most of the time goes into waiting for servers to end
		workers.Go(func() {
			for j := range jobs {
				results[j.column][j.scenario] = columns[j.column].Play(scenarios[j.scenario], nil)
			}
		})
	}
	for c := range columns {
		results[c] = make([]Result, len(scenarios))
		for s := range scenarios {
			jobs <- job{c, s}
		}
	}
	close(jobs)
	workers.Wait()
	return results
}

// Own reports whether the column is Concors'.
func (c Column) Own() bool { return isConcors(c.Name) }

// SelectColumns returns the columns whose names match a pattern, in any case;
// a * stands for slashes too.
func SelectColumns(columns []Column, pattern string) []Column {
	flat := func(s string) string { return strings.ReplaceAll(strings.ToLower(s), "/", ":") }
	return slices.DeleteFunc(slices.Clone(columns), func(c Column) bool {
		ok, err := path.Match(flat(pattern), flat(c.Name))
		return !ok || err != nil
	})
}

// Select returns the scenarios whose names match a pattern of path.Match.
func Select(scenarios []*Scenario, pattern string) []*Scenario {
	return slices.DeleteFunc(slices.Clone(scenarios), func(s *Scenario) bool {
		ok, err := path.Match(pattern, s.Name())
		return !ok || err != nil
	})
}
