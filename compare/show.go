package compare

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/concors/concors/compare/judge"
	"github.com/concors/concors/conformance"
	"github.com/concors/concors/conformance/browser"
)

// Show plays a case on a column and writes what was asked, what came, what the
// case wants, what a browser makes of it, and which rules are broken.
func Show(w io.Writer, c Column, s *Scenario) Result {
	fmt.Fprintf(w, "%s: %s\n%s\n", c.Name, s.Name(), s.Title())
	for i, part := range s.Parts {
		fmt.Fprintf(w, "policy %d: %s\n", i+1, strings.TrimSpace(string(part.Policy)))
	}
	if s.Admits != nil {
		fmt.Fprintf(w, "an origin function admits %q\n", s.Admits)
	}
	last := ""
	result := c.Play(s, func(member string, r Record) {
		if member != last && len(c.members) > 1 {
			fmt.Fprintf(w, "\n== %s\n", member)
		}
		last = member
		r.write(w)
	})
	fmt.Fprintf(w, "\n%s: %s", c.Name, result.Outcome)
	if result.Why != "" {
		fmt.Fprintf(w, ": %s", result.Why)
	}
	fmt.Fprintln(w)
	return result
}

func (r Record) write(w io.Writer) {
	fmt.Fprintf(w, "\n-- exchange %d\n", r.Exchange)
	head, _, _ := strings.Cut(r.Request.Raw, "\r\n\r\n")
	writeLines(w, "asked", strings.Split(head, "\r\n"))
	switch {
	case r.Err != nil:
		writeLines(w, "came", []string{r.Err.Error()})
	default:
		writeLines(w, "came", answerLines(r.Answer.Status, r.Answer.Header, r.Answer.Ran))
	}
	writeLines(w, "the case has", answerLines(r.Want.Status, r.Want.Header, r.Want.HandlerRan))
	if r.Want.Verdict != nil && r.Err == nil {
		omit, include := judge.Verdict(r.Request, r.Answer, browser.Omit), judge.Verdict(r.Request, r.Answer, browser.Include)
		lines := []string{fmt.Sprint(conformance.Verdict{Omit: omit == nil, Include: include == nil})}
		if omit != nil {
			lines = append(lines, "omit: "+omit.Error())
		}
		if include != nil {
			lines = append(lines, "include: "+include.Error())
		}
		writeLines(w, "a browser finds", lines)
		writeLines(w, "the policy means", []string{fmt.Sprint(*r.Want.Verdict)})
	}
	for _, f := range r.Findings {
		text := fmt.Sprintf("%s: %s", f.Rule, f.Text)
		if f.Excuse != nil {
			text = "no fault, " + text + "\n    since " + f.Excuse.Why
		}
		fmt.Fprintf(w, "  %s\n", text)
	}
}

// answerLines shows of an answer what the CORS protocol is about.
func answerLines(status int, header map[string][]string, ran bool) []string {
	lines := []string{fmt.Sprintf("status %d", status)}
	for _, name := range slices.Sorted(maps.Keys(header)) {
		if name == "Vary" || strings.HasPrefix(name, "Access-Control-") {
			for _, value := range header[name] {
				lines = append(lines, name+": "+value)
			}
		}
	}
	if ran {
		return append(lines, "(from a handler)")
	}
	return append(lines, "(from the middleware)")
}

// writeLines quotes what a terminal would choke on, and cuts what is endless.
func writeLines(w io.Writer, what string, lines []string) {
	fmt.Fprintf(w, "  %s:\n", what)
	for _, line := range lines {
		if len(line) > 200 {
			line = fmt.Sprintf("%s... (%d bytes)", line[:200], len(line))
		}
		shown := fmt.Sprintf("%q", line)
		fmt.Fprintf(w, "    %s\n", strings.ReplaceAll(shown[1:len(shown)-1], `\"`, `"`))
	}
}
