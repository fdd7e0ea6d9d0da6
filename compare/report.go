package compare

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/concors/concors/compare/judge"
)

// A Report is what the table is written from.
type Report struct {
	Date      time.Time
	Go        string            // the version of Go
	Versions  map[string]string // of the peers' modules
	Columns   []Column
	Scenarios []*Scenario
	Results   [][]Result // as PlayAll returns them
}

// Markdown writes the report.
func (r *Report) Markdown(w io.Writer) error {
	var b strings.Builder
	r.writeHead(&b)
	r.writeSubjects(&b)
	r.writeRules(&b)
	r.writeFaults(&b)
	r.writeDesigns(&b)
	r.writeUnplayed(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

const head = `# The mirror

The conformance cases, played against the CORS middleware that people use today: each on its own router, in the
configuration nearest to the policy of the case that its documentation offers. An answer is judged by what it means, not by
how it is spelt: what a browser makes of it, whether a cache may keep it, whether the handler ran.
[How it is judged](../compare/README.md), and what is done to be fair, stands with the code.

` + "`make mirror`" + ` made this page on %s with %s. Nobody edits it.

`

func (r *Report) writeHead(b *strings.Builder) {
	fmt.Fprintf(b, head, r.Date.Format("2 January 2006"), r.Go)
	b.WriteString("| | version | router |\n| --- | --- | --- |\n")
	for _, c := range r.Columns {
		version := r.Versions[c.Module]
		if c.Module == "" {
			version = "this repository"
		}
		fmt.Fprintf(b, "| %s | %s | %s |\n", c.Name, version, strings.Join(c.Routers, ", "))
	}
}

const legend = `
Each cell is *passed/played*. What is not played, or not counted against anybody, follows in small: **d** differs by design,
as its makers say; **h** harmless, since no browser sends such a request; **r** refused at build; **n** not offered, there is
no setting for what the case needs.

`

// writeSubjects writes the table itself.
func (r *Report) writeSubjects(b *strings.Builder) {
	b.WriteString(legend)
	b.WriteString("| subject | cases |")
	for _, c := range r.Columns {
		b.WriteString(" " + c.Name + " |")
	}
	b.WriteString("\n| --- | --- |" + strings.Repeat(" --- |", len(r.Columns)) + "\n")
	subjects := map[string]int{}
	for _, s := range r.Scenarios {
		subjects[s.subject()]++
	}
	for _, subject := range slices.Sorted(maps.Keys(subjects)) {
		r.writeRow(b, subject, subjects[subject], func(s *Scenario) bool { return s.subject() == subject })
	}
	r.writeRow(b, "**all**", len(r.Scenarios), func(*Scenario) bool { return true })
}

func (r *Report) writeRow(b *strings.Builder, name string, cases int, in func(*Scenario) bool) {
	fmt.Fprintf(b, "| %s | %d |", name, cases)
	for c := range r.Columns {
		count := map[Outcome]int{}
		for i, s := range r.Scenarios {
			if in(s) {
				count[r.Results[c][i].Outcome]++
			}
		}
		b.WriteString(" " + cell(count) + " |")
	}
	b.WriteString("\n")
}

func cell(count map[Outcome]int) string {
	text := "–"
	if played := count[Passed] + count[Faulty]; played > 0 {
		text = fmt.Sprintf("%d/%d", count[Passed], played)
	}
	var small []string
	for _, o := range []struct {
		outcome Outcome
		letter  string
	}{{ByDesign, "d"}, {Harmless, "h"}, {Refused, "r"}, {NotOffered, "n"}} {
		if n := count[o.outcome]; n > 0 {
			small = append(small, fmt.Sprintf("%d %s", n, o.letter))
		}
	}
	if len(small) > 0 {
		text += " <sub>" + strings.Join(small, ", ") + "</sub>"
	}
	return text
}

// casesBy returns the names of the cases in which a column breaks a rule.
func (r *Report) casesBy(column int, rule judge.Rule) []string {
	var names []string
	for i, s := range r.Scenarios {
		if slices.ContainsFunc(r.Results[column][i].Findings, func(f Finding) bool { return f.Excuse == nil && f.Rule == rule }) {
			names = append(names, s.Name())
		}
	}
	return names
}

// writeRules counts the cases by what is wrong in them.
func (r *Report) writeRules(b *strings.Builder) {
	b.WriteString("\n## What is wrong, by rule\n\nCases in which some answer breaks the rule; a case may break several.\n\n| what happens |")
	for _, c := range r.Columns {
		b.WriteString(" " + c.Name + " |")
	}
	b.WriteString("\n| --- |" + strings.Repeat(" --- |", len(r.Columns)) + "\n")
	var unbroken []string
	for _, rule := range judge.Meanings {
		row, total := "", 0
		for c := range r.Columns {
			n := len(r.casesBy(c, rule.Rule))
			row, total = row+" "+dash(n)+" |", total+n
		}
		if total == 0 {
			unbroken = append(unbroken, "**"+string(rule.Rule)+"**, "+rule.Meaning)
			continue
		}
		fmt.Fprintf(b, "| **%s**: %s |%s\n", rule.Rule, rule.Meaning, row)
	}
	if len(unbroken) > 0 {
		fmt.Fprintf(b, "\nNobody breaks the others, but by design: %s.\n", strings.Join(unbroken, "; "))
	}
}

func dash(n int) string {
	if n == 0 {
		return "–"
	}
	return fmt.Sprint(n)
}

// writeFaults names every case that counts against somebody.
func (r *Report) writeFaults(b *strings.Builder) {
	b.WriteString("\n## Every fault\n\nEach is shown, with what was asked and what came, by one command such as\n\n" +
		"```sh\ngo run ./compare/mirror -peer rs/cors -case methods/include-options-only-if-listed\n```\n")
	for c, column := range r.Columns {
		total := 0
		for _, result := range r.Results[c] {
			if result.Outcome == Faulty {
				total++
			}
		}
		if total == 0 {
			continue
		}
		fmt.Fprintf(b, "\n<details><summary>%s: %s</summary>\n\n", column.Name, plural(total))
		for _, rule := range judge.Meanings {
			if names := r.casesBy(c, rule.Rule); len(names) > 0 {
				fmt.Fprintf(b, "- **%s**: %s\n", rule.Rule, quoted(names))
			}
		}
		b.WriteString("\n</details>\n")
	}
}

func plural(cases int) string {
	if cases == 1 {
		return "1 case"
	}
	return fmt.Sprintf("%d cases", cases)
}

func quoted(names []string) string { return "`" + strings.Join(names, "`, `") + "`" }

// OwnFaults counts the cases that Concors does not pass.
func (r *Report) OwnFaults() int {
	n := 0
	for c, column := range r.Columns {
		for _, result := range r.Results[c] {
			if column.Own() && result.Outcome != Passed {
				n++
			}
		}
	}
	return n
}

// List writes every case that counts against a column, one a line for each rule.
func (r *Report) List(w io.Writer) {
	for c, column := range r.Columns {
		faulty := 0
		for i, s := range r.Scenarios {
			result := r.Results[c][i]
			if result.Outcome != Faulty {
				continue
			}
			faulty++
			var seen []judge.Rule
			for _, f := range result.Findings {
				if f.Excuse == nil && !slices.Contains(seen, f.Rule) {
					seen = append(seen, f.Rule)
					fmt.Fprintf(w, "%s\t%s\t%s, exchange %d: %s\n", column.Name, s.Name(), f.Rule, f.Exchange, cut(f.Text))
				}
			}
		}
		fmt.Fprintf(w, "%s: %d cases fail\n", column.Name, faulty)
	}
}

func cut(s string) string {
	if len(s) > 300 {
		return s[:300] + "..."
	}
	return s
}
