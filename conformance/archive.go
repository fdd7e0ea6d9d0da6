package conformance

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A section is one file of a case: a marker line and the lines below it.
type section struct {
	name string
	line int // of the marker, counted from 1
	text string
}

// A caseError is a fault in the text of a case.
type caseError struct {
	name string // of the case
	line int
	text string
}

func (e *caseError) Error() string {
	return fmt.Sprintf("%s.txtar:%d: %s", e.name, e.line, e.text)
}

// lineError is a fault before the name of the case is added to it.
func lineError(line int, format string, args ...any) *caseError {
	return &caseError{line: line, text: fmt.Sprintf(format, args...)}
}

// splitArchive reads the txtar format: a comment, then files, each behind a
// marker line "-- name --". Cases are text that any editor leaves alone, so a
// carriage return or a byte that is no UTF-8 is a fault; they are escaped.
func splitArchive(data string) (comment string, sections []section, err *caseError) {
	number := 0
	var current *section
	for line := range strings.Lines(data) {
		number++
		if fault := plainLine(line); fault != "" {
			return "", nil, lineError(number, "%s", fault)
		}
		if name, ok := marker(line); ok {
			sections = append(sections, section{name: name, line: number})
			current = &sections[len(sections)-1]
			continue
		}
		if current == nil {
			comment += line
		} else {
			current.text += line
		}
	}
	return comment, sections, nil
}

func plainLine(line string) string {
	switch {
	case !strings.HasSuffix(line, "\n"):
		return "the last line does not end"
	case !utf8.ValidString(line):
		return `not UTF-8: write bytes as \x80`
	}
	for _, r := range line[:len(line)-1] {
		if r < ' ' || r == 0x7f {
			return fmt.Sprintf("control character %q: write it as an escape", r)
		}
	}
	return ""
}

// marker returns the name in a line of the form "-- name --".
func marker(line string) (string, bool) {
	name, ok := strings.CutPrefix(line, "-- ")
	if !ok {
		return "", false
	}
	name, ok = strings.CutSuffix(name, " --\n")
	name = strings.TrimSpace(name)
	return name, ok && name != ""
}
