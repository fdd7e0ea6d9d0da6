package conformance

import (
	"net"
	"slices"
	"testing"
)

// RunServer plays the cases that need no more than a policy against a server
// with routes of its own, which may be another process or written in another
// language. It logs how many there were and fails if there was none.
//
// start starts the server for one case with a policy file and debug mode on or
// off, on any free port of a loopback address, has it run until the test that
// it is given ends, and returns its address as IP:port. What the server must
// do, and what is compared, [Case.PlayServer] says.
func RunServer(t *testing.T, start func(t *testing.T, policy []byte, debug bool) (addr string)) {
	played := 0
	for _, c := range load(t) {
		if !c.NeedsOnlyPolicy() {
			continue
		}
		played++
		t.Run(c.name, func(t *testing.T) {
			dial, err := loopback(start(t, c.Policy(), c.Debug()))
			if err != nil {
				t.Fatal(err)
			}
			for _, difference := range c.PlayServer(dial) {
				t.Error(difference)
			}
		})
	}
	t.Logf("played %d cases", played)
	if played == 0 {
		t.Error("no case was played")
	}
}

// NeedsOnlyPolicy reports whether a server that knows nothing of this suite
// can play the case: no second policy, no origin function, no reload, and none
// of the suite's special routes but /error and /panic.
func (c *Case) NeedsOnlyPolicy() bool {
	if c.setup.outer != nil || c.setup.originFunc != nil {
		return false
	}
	for _, s := range c.steps {
		if s.reload != nil || s.ask.needsRoute() {
			return false
		}
	}
	return true
}

// specialRoutes are those that RunServer's servers need not have.
var specialRoutes = []string{
	"/stream", "/vary", "/notmodified", "/redirect", "/options", "/private", "/missing", "/getonly", "/upstream",
}

// needsRoute reports whether a special route of the suite's servers answers.
func (e *exchange) needsRoute() bool {
	return e.want.handlerRan && slices.Contains(specialRoutes, e.request.path())
}

// PlayServer plays a case that [Case.NeedsOnlyPolicy] over connections that
// dial opens, to a server that has the case's policy and debug mode in force.
// It returns what differs from what the case wants, nil if nothing.
//
// On the server, /error and /panic answer 500; what all else answers is its own
// affair. So the status counts only where the middleware itself answers, whether
// a handler ran is not compared, nor is an Accept-Encoding in Vary where one
// did, nor what an observer heard.
func (c *Case) PlayServer(dial func() (net.Conn, error)) []string {
	s := &client{dial: dial}
	defer s.close()
	var out []string
	for _, step := range c.steps {
		if step.ask == nil {
			return append(out, c.at(step.reload.line)+": a reload, which only Play can do")
		}
		report, answered := step.ask.play(s, func() {}, true)
		if report != "" {
			out = append(out, c.at(step.ask.line)+": "+report)
		}
		if !answered {
			break
		}
	}
	return out
}
