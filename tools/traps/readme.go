package traps

import "strings"

// A Readme is that of an adapter.
type Readme struct {
	Sections []string // their titles, in order
	Traps    []string // the first cells of the table in the section Traps
	text     string
}

// ParseReadme takes a README apart.
func ParseReadme(text string) *Readme {
	r := &Readme{text: plain(text)}
	rows := 0 // of the table that the line stands in
	for line := range strings.Lines(text) {
		if title, ok := strings.CutPrefix(line, "## "); ok {
			r.Sections = append(r.Sections, strings.TrimSpace(title))
		}
		if !strings.HasPrefix(line, "| ") {
			rows = 0
			continue
		}
		// Two rows, the head and the rule below it, are no traps.
		if rows++; rows > 2 && r.Sections != nil && r.Sections[len(r.Sections)-1] == "Traps" {
			cell, _, _ := strings.Cut(line[len("| "):], " | ")
			r.Traps = append(r.Traps, plain(cell))
		}
	}
	return r
}

// Says reports whether the README has these words, however its lines break.
func (r *Readme) Says(words string) bool {
	return strings.Contains(r.text, plain(words))
}

// Begins reports whether a trap begins with these words.
func Begins(trap, words string) bool {
	return strings.HasPrefix(trap, plain(words))
}

func plain(text string) string { return strings.Join(strings.Fields(text), " ") }
