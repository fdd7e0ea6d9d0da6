package compare

import (
	"errors"
	"fmt"
	"strings"
)

// The marks between which a file shows the table.
const (
	markBegin = "<!-- mirror: make mirror writes what follows -->"
	markEnd   = "<!-- end of mirror -->"
)

// Renew returns the text with a new table between the marks.
func (r *Report) Renew(text string) (string, error) {
	before, rest, ok := strings.Cut(text, markBegin)
	_, after, ok2 := strings.Cut(rest, markEnd)
	if !ok || !ok2 {
		return "", errors.New("no marks of the mirror: want " + markBegin + " and " + markEnd)
	}
	var b strings.Builder
	b.WriteString(before + markBegin + "\n")
	r.writeSubjects(&b)
	fmt.Fprintf(&b, "\nPlayed on %s with %s", r.Date.Format("2 January 2006"), r.Go)
	for _, c := range r.Columns {
		if c.Module != "" {
			fmt.Fprintf(&b, ", %s %s", c.Name, r.Versions[c.Module])
		}
	}
	b.WriteString(".\n" + markEnd + after)
	return b.String(), nil
}
