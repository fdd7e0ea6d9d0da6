package concors

import (
	"fmt"
	"strconv"
	"strings"
)

// String returns the explanation as a few lines of text, to be pasted into a
// ticket: what was decided, each step, and what the answer has. It is the same
// for the same Explanation. What comes from the client is quoted and cut, and
// there are no control characters but line feeds.
func (e Explanation) String() string {
	var b strings.Builder
	e.writeVerdict(&b)
	for _, step := range e.Steps {
		step.write(&b)
	}
	e.writeAnswer(&b)
	return b.String()
}

func (e Explanation) writeVerdict(b *strings.Builder) {
	kind, verdict := "request", "refused, "
	if e.Decision.Preflight() {
		kind = "preflight"
	}
	switch {
	case e.Decision.Reason() == ReasonAllowed:
		verdict = ""
	case e.Decision.Allowed():
		verdict = "passed on, "
	}
	b.WriteString(kind + " " + verdict + string(e.Decision.Reason()))
	if detail := e.Decision.Detail(); detail != "" {
		b.WriteString(" " + quoted(detail))
	}
	b.WriteString("\n")
}

// write writes a step as one line.
func (s Step) write(b *strings.Builder) {
	var parts []string
	if s.Asked != "" || s.Check == CheckPath || s.Check == CheckOrigin && s.Outcome == OutcomeFailed {
		parts = append(parts, quoted(s.Asked))
	}
	switch {
	case s.Field == "":
	case s.Outcome == OutcomeFailed && s.Check != CheckPath:
		parts = append(parts, "not covered by "+s.Field)
	case s.Value == "":
		parts = append(parts, s.Field)
	default:
		parts = append(parts, s.Field+" "+quoted(s.Value))
	}
	if s.Note != "" {
		parts = append(parts, s.Note)
	}
	line := fmt.Sprintf("  %-11s  %-11s  %s", s.Outcome, s.Check, strings.Join(parts, ": "))
	b.WriteString(strings.TrimRight(line, " ") + "\n")
}

// writeAnswer writes what is sent.
func (e Explanation) writeAnswer(b *strings.Builder) {
	status := "the handler's status"
	if e.Decision.Preflight() {
		status = strconv.Itoa(e.Decision.Status())
	}
	b.WriteString("answer: " + status + "\n")
	for name, value := range e.Decision.Fields() {
		if value != "" {
			fmt.Fprintf(b, "  %s: %s\n", name, quoted(value))
		}
	}
}
