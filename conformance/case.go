package conformance

import (
	"fmt"
	"slices"
	"strings"
)

// A Case is one text file: what is set up, and what happens in which order.
type Case struct {
	name   string // subject/sentence-with-hyphens
	title  string
	setup  setup
	policy []byte // in force at the start
	steps  []step
}

// A step is either a reload of the policy or a request with its answer.
type step struct {
	reload *reload
	ask    *exchange
}

// A reload replaces the policy, or is refused for faults in these fields.
type reload struct {
	line   int
	policy []byte
	faults []string // nil where the reload must succeed
}

// follows says behind which file of a case each may stand; "" is the comment.
var follows = map[string][]string{
	"setup.json":    {""},
	"policy.json":   {"", "setup.json", "policy.json", "errors.json", "response.http", "verdict.json", "decision.json"},
	"errors.json":   {"policy.json"},
	"request.http":  {"policy.json", "errors.json", "response.http", "verdict.json", "decision.json"},
	"response.http": {"request.http"},
	"verdict.json":  {"response.http"},
	"decision.json": {"response.http", "verdict.json"},
}

// endings are the files that may end a case.
var endings = []string{"response.http", "verdict.json", "decision.json"}

// parseCase reads a case and is strict, since a slip in a case would otherwise
// pass for a promise kept.
func parseCase(name, data string) (*Case, error) {
	c := &Case{name: name}
	comment, sections, err := splitArchive(data)
	if err == nil {
		err = c.parseComment(comment)
	}
	last := ""
	for _, s := range sections {
		if err != nil {
			break
		}
		switch after, known := follows[s.name]; {
		case !known:
			err = lineError(s.line, "unknown file %q", s.name)
		case !slices.Contains(after, last):
			err = lineError(s.line, "%s cannot stand behind %s", s.name, orComment(last))
		default:
			err = c.parseSection(s)
		}
		last = s.name
	}
	if err == nil && !slices.Contains(endings, last) {
		line := strings.Count(data, "\n")
		err = lineError(line, "a case ends with an answer, not with %s", orComment(last))
	}
	if err == nil {
		err = c.checkVerdicts()
	}
	if err != nil {
		err.name = name
		return nil, err
	}
	return c, nil
}

func orComment(name string) string {
	if name == "" {
		return "the comment"
	}
	return name
}

// parseComment checks the text on top: a title, a blank line, why, a blank
// line.
func (c *Case) parseComment(comment string) *caseError {
	lines := strings.Split(comment, "\n")
	c.title = lines[0]
	// A comment that ends with a blank line splits into two empty strings at
	// its end.
	n := len(lines) - 2
	switch {
	case c.title == "" || !strings.HasSuffix(c.title, "."):
		return lineError(1, "a case begins with one sentence as its title")
	case n < 2 || lines[1] != "":
		return lineError(2, "a blank line, then why, must follow the title")
	case lines[n] != "":
		return lineError(len(lines), "no blank line between the comment and the first file")
	case n < 4 || n > 7:
		return lineError(3, "why has 2 to 5 lines, not %d", n-2)
	case slices.Contains(lines[2:n], ""):
		return lineError(3, "why is one paragraph")
	}
	return nil
}

func (c *Case) parseSection(s section) (err *caseError) {
	switch s.name {
	case "setup.json":
		c.setup, err = parseSetup(s)
	case "policy.json":
		if c.policy == nil {
			c.policy = []byte(s.text)
		} else {
			c.steps = append(c.steps, step{reload: &reload{line: s.line, policy: []byte(s.text)}})
		}
	case "errors.json":
		if len(c.steps) == 0 || c.steps[len(c.steps)-1].reload == nil {
			return lineError(s.line, "the first policy of a case is valid: errors.json follows a reload")
		}
		c.steps[len(c.steps)-1].reload.faults, err = parseFaults(s)
	case "request.http":
		e := &exchange{line: s.line}
		e.request, err = parseRequest(s)
		c.steps = append(c.steps, step{ask: e})
	case "response.http":
		c.steps[len(c.steps)-1].ask.want, err = parseResponse(s)
	case "verdict.json":
		c.steps[len(c.steps)-1].ask.verdict, err = parseVerdict(s)
	case "decision.json":
		c.steps[len(c.steps)-1].ask.decision, err = parseDecision(s)
	}
	return err
}

// checkVerdicts wants a verdict wherever a browser could have one: where the
// request comes from exactly one origin.
func (c *Case) checkVerdicts() *caseError {
	for _, s := range c.steps {
		switch {
		case s.ask == nil || (s.ask.verdict != nil) == (s.ask.request.origins == 1):
		case s.ask.verdict == nil:
			return lineError(s.ask.line, "a request with an Origin needs a verdict.json behind its response")
		default:
			return lineError(s.ask.line, "a request with %d Origin lines has no verdict.json", s.ask.request.origins)
		}
	}
	return nil
}

// listens reports whether the case says what the observer hears.
func (c *Case) listens() bool {
	return slices.ContainsFunc(c.steps, func(s step) bool { return s.ask != nil && s.ask.decision != nil })
}

// at names a line of the case.
func (c *Case) at(line int) string {
	return fmt.Sprintf("%s.txtar:%d", c.name, line)
}
