package conformance

import (
	"fmt"
	"slices"
	"strings"
)

// An exchange is a request, the answer that is wanted, what a browser makes
// of it, and what the observer must hear about it, if the case says so.
type exchange struct {
	line     int
	request  request
	want     response
	verdict  *Verdict
	decision *decision
}

// play sends the request and returns a report of what differs, "" if nothing.
// Where there was no answer at all, the server cannot be asked further.
func (e *exchange) play(s *client, attempt func(), own bool) (report string, answered bool) {
	got, err := s.exchange(e.request, attempt)
	if err != nil {
		return e.report(&answer{text: err.Error()}, []string{"the request got no answer"}), false
	}
	if differences := compare(e.want, got, own); len(differences) > 0 {
		return e.report(got, differences), true
	}
	return "", true
}

// report says what was asked, what came, and what was wanted.
func (e *exchange) report(got *answer, differences []string) string {
	var b strings.Builder
	if n := len(differences); n > maxShown {
		differences = append(slices.Clone(differences[:maxShown]), fmt.Sprintf("(and %d more)", n-maxShown))
	}
	b.WriteString(strings.Join(differences, "\n"))
	head, _, _ := strings.Cut(e.request.raw, "\r\n\r\n")
	b.WriteString("\nasked:\n" + indent(strings.Split(head, "\r\n")))
	lines := []string{got.text}
	for _, f := range got.fields {
		lines = append(lines, f.name+": "+f.value)
	}
	if len(got.body) > 0 {
		lines = append(lines, fmt.Sprintf("(a body of %d bytes)", len(got.body)))
	}
	b.WriteString("came:\n" + indent(lines))
	b.WriteString("wanted:\n" + indent(strings.Split(e.want.head, "\n")))
	return strings.TrimSuffix(b.String(), "\n")
}

// maxShown is how many lines of a head, and how many differences, a report
// shows.
const maxShown = 30

// indent shows lines of a message, without the bytes that would upset a
// terminal.
func indent(lines []string) string {
	var b strings.Builder
	for i, line := range lines {
		if i == maxShown {
			fmt.Fprintf(&b, "    (and %d more)\n", len(lines)-i)
			break
		}
		shown := fmt.Sprintf("%q", cut(line))
		b.WriteString("    " + shown[1:len(shown)-1] + "\n")
	}
	return b.String()
}
