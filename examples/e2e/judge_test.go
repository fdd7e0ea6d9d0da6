//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

// A take is one fetch of a question: against one example, in one mode.
type take struct {
	question
	example     string
	credentials browser.Credentials
	policy      *decider // nil where none decides
}

// judge has a page of one origin make fetches and compares what comes of them.
func (s *stage) judge(t *testing.T, takes []take) (verdicts []verdict) {
	t.Helper()
	s.open(t, takes[0].origin)
	ids, calls := make([]string, len(takes)), make([]call, len(takes))
	for i, k := range takes {
		ids[i] = s.id(k.example)
		calls[i] = k.call(ids[i])
	}
	foreseen := s.foresee(t.Context(), takes, ids)
	outcomes := s.fetch(t, calls)
	var blocked []string
	for i, o := range outcomes {
		if !o.OK {
			blocked = append(blocked, ids[i])
		}
	}
	said := s.reasons(t, blocked)
	s.tally.fetches += len(takes)
	for i, k := range takes {
		m := <-foreseen
		if m.err != nil {
			t.Fatalf("%v: the model: %v", k, m.err)
		}
		v := verdict{take: k, engine: s.engine, outcome: outcomes[i], said: said[ids[i]], result: m.result,
			seen: s.front.take(ids[i]), modelled: s.front.take(modelID(ids[i]))}
		for _, fault := range v.faults(&s.tally) {
			t.Errorf("%v:\n%s\nthe model: %v", k, fault, m.result)
		}
		verdicts = append(verdicts, v)
	}
	return verdicts
}

type modelled struct {
	result *browser.Result
	err    error
}

// foresee has the model make the same fetches in the background, and returns a
// channel of what comes of them.
func (s *stage) foresee(ctx context.Context, takes []take, ids []string) <-chan modelled {
	out := make(chan modelled, len(takes))
	go func() {
		for i, k := range takes {
			result, err := s.model.Fetch(ctx, k.modelled(modelID(ids[i])))
			out <- modelled{result, err}
		}
	}()
	return out
}

// modelID is the identifier of the model's fetch that goes with a page's.
func modelID(id string) string { return id + "m" }

// call is the fetch for the page's script.
func (k take) call(id string) call {
	return call{
		URL:  apiFor(k.origin) + withID(k.target, id),
		Init: requestInit{Method: k.method, Headers: append([][2]string{}, k.header...), Body: k.body, Credentials: k.credentials},
	}
}

// modelled is the same fetch for the model.
func (k take) modelled(id string) browser.Fetch {
	f := browser.Fetch{Page: k.origin, URL: k.call(id).URL, Method: k.method, Header: map[string][]string{},
		Body: k.body, Credentials: k.credentials}
	for _, field := range k.header {
		f.Header.Add(field[0], field[1])
	}
	return f
}

func (k take) String() string {
	return fmt.Sprintf("%s: %s %.80s with %d headers from %.80s, credentials %s", k.example, k.method, k.target, len(k.header), k.origin, k.credentials)
}

// tally counts what was compared.
type tally struct {
	fetches, verdicts, reasons, debug int
}

func (n tally) String() string {
	return fmt.Sprintf("%d fetches of pages, of which %d verdicts, %d reasons and %d of debug mode are compared", n.fetches, n.verdicts, n.reasons, n.debug)
}
