package compare

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// excusedBy returns the names of the cases in which one of the columns needs an
// excuse.
func (r *Report) excusedBy(d *Design) []string {
	var names []string
	for i, s := range r.Scenarios {
		if slices.ContainsFunc(r.Results, func(results []Result) bool {
			return slices.ContainsFunc(results[i].Findings, func(f Finding) bool { return f.Excuse == d })
		}) {
			names = append(names, s.Name())
		}
	}
	return names
}

// writeDesigns names what is not held against a peer, and why.
func (r *Report) writeDesigns(b *strings.Builder) {
	b.WriteString("\n## By design\n\nWhat makers chose, and say, is no fault. The rule named is waived in these cases, and no other.\n")
	for i := range designs {
		d := &designs[i]
		names := r.excusedBy(d)
		if len(names) == 0 {
			continue
		}
		who := "all of them"
		if d.Peers != nil {
			who = strings.Join(d.Peers, ", ")
		}
		fmt.Fprintf(b, "\n**%s**: %s. (%s.)\n", who, d.Why, d.Where)
		for _, rule := range d.Rules {
			fmt.Fprintf(b, "<details><summary>%s, %s</summary>\n\n%s\n\n</details>\n", rule, plural(len(names)), quoted(names))
		}
	}
	fmt.Fprintf(b, "\n**all of them**: %s, so that there is no page to be let through or blocked.\n", impossible.Why)
	names := r.excusedBy(impossible)
	fmt.Fprintf(b, "<details><summary>every rule but cache, %s</summary>\n\n%s\n\n</details>\n", plural(len(names)), quoted(names))
}

// writeUnplayed says what the peers have no setting for, or refuse.
func (r *Report) writeUnplayed(b *strings.Builder) {
	b.WriteString("\n## Not offered, and refused at build\n\n")
	b.WriteString("Cases that need something for which there is no setting.\n\n| needed |")
	for _, c := range r.Columns {
		b.WriteString(" " + c.Name + " |")
	}
	b.WriteString("\n| --- |" + strings.Repeat(" --- |", len(r.Columns)) + "\n")
	needs := map[string][]int{}
	var refused []string
	for c, column := range r.Columns {
		for i, result := range r.Results[c] {
			switch result.Outcome {
			case NotOffered:
				if needs[result.Why] == nil {
					needs[result.Why] = make([]int, len(r.Columns))
				}
				needs[result.Why][c]++
			case Refused:
				refused = append(refused, fmt.Sprintf("- %s, `%s`: `%s`", column.Name, r.Scenarios[i].Name(), result.Why))
			}
		}
	}
	for _, need := range slices.Sorted(maps.Keys(needs)) {
		fmt.Fprintf(b, "| %s |", need)
		for _, n := range needs[need] {
			fmt.Fprintf(b, " %s |", dash(n))
		}
		b.WriteString("\n")
	}
	if len(refused) > 0 {
		fmt.Fprintf(b, "\nPolicies that are refused although a setting can express them:\n\n%s\n", strings.Join(refused, "\n"))
	}
}
