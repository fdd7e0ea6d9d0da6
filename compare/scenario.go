package compare

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"github.com/concors/concors/compare/judge"
	"github.com/concors/concors/conformance"
	concors "github.com/concors/concors/core"
)

// A Scenario is a case in the form in which it is played.
type Scenario struct {
	*conformance.Case
	Outer  json.RawMessage // a second policy, mounted outside the other; nil: none
	Admits []string        // the origins that an origin function admits; nil: no function
	Parts  []Part
}

// A Part is one policy and what is asked while it is in force.
type Part struct {
	Policy    []byte
	Config    concors.Config
	Refused   bool // a reload that must be refused: the policy before it stays
	Exchanges []conformance.Exchange
	Requests  []judge.Request
}

// Scenarios reads all cases, in the order of their names.
func Scenarios() ([]*Scenario, error) {
	cases, err := conformance.Load()
	if err != nil {
		return nil, err
	}
	var out []*Scenario
	for _, c := range cases {
		s, err := newScenario(c)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Name(), err)
		}
		out = append(out, s)
	}
	return out, nil
}

// newScenario reads from the text of the case what the suite does not hand out:
// its setup, and where its reloads stand.
func newScenario(c *conformance.Case) (*Scenario, error) {
	text, err := fs.ReadFile(conformance.Cases(), c.Name()+".txtar")
	if err != nil {
		return nil, err
	}
	s := &Scenario{Case: c}
	exchanges := c.Exchanges()
	for _, f := range files(string(text)) {
		switch f.name {
		case "setup.json":
			var setup struct {
				OriginFunc []string
				Outer      json.RawMessage
			}
			if err := json.Unmarshal([]byte(f.text), &setup); err != nil {
				return nil, err
			}
			s.Outer, s.Admits = setup.Outer, setup.OriginFunc
		case "policy.json":
			part := Part{Policy: []byte(f.text)}
			// A reload that must be refused may be faulty here already.
			part.Config, err = concors.ParseConfig(part.Policy)
			s.Parts = append(s.Parts, part)
		case "errors.json":
			s.Parts[len(s.Parts)-1].Refused, err = true, nil
		case "request.http":
			if err != nil {
				return nil, err
			}
			q, err := judge.Parse(exchanges[0].Raw)
			if err != nil {
				return nil, err
			}
			part := &s.Parts[len(s.Parts)-1]
			part.Exchanges = append(part.Exchanges, exchanges[0])
			part.Requests = append(part.Requests, q)
			exchanges = exchanges[1:]
		}
	}
	return s, nil
}

type file struct{ name, text string }

// files splits a case, whose form the suite has checked already.
func files(text string) []file {
	var out []file
	for line := range strings.Lines(text) {
		if name, ok := strings.CutPrefix(line, "-- "); ok {
			if name, ok = strings.CutSuffix(name, " --\n"); ok {
				out = append(out, file{name: name})
				continue
			}
		}
		if len(out) > 0 {
			out[len(out)-1].text += line
		}
	}
	return out
}

// subject is the folder of the case.
func (s *Scenario) subject() string {
	subject, _, _ := strings.Cut(s.Name(), "/")
	return subject
}
