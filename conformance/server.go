package conformance

import (
	"slices"
	"testing"
)

// RunServer plays the cases that need no more than a policy against a server
// with routes of its own, which may be another process or written in another
// language. It logs how many there were and fails if there was none.
//
// start starts the server for one case with a policy file and debug mode on or
// off, on any free port of a loopback address, has it run until the test that
// it is given ends, and returns its address as IP:port. On the server, /error
// and /panic answer 500; what all else answers is its own affair. So the status
// counts only where Concors itself answers, whether a handler ran is not
// compared, nor is an Accept-Encoding in Vary where one did, nor what an observer
// heard.
func RunServer(t *testing.T, start func(t *testing.T, policy []byte, debug bool) (addr string)) {
	played := 0
	for _, c := range load(t) {
		if !c.needsPolicyOnly() {
			continue
		}
		played++
		t.Run(c.name, func(t *testing.T) {
			addr := start(t, slices.Clone(c.policy), c.setup.debug)
			for _, difference := range c.playServer(addr) {
				t.Error(difference)
			}
		})
	}
	t.Logf("played %d cases", played)
	if played == 0 {
		t.Error("no case was played")
	}
}

// needsPolicyOnly reports whether a server that knows nothing of this suite
// can play the case.
func (c *testCase) needsPolicyOnly() bool {
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

// needsRoute reports whether a special route of the suite's servers answers.
func (e *exchange) needsRoute() bool {
	return e.want.handlerRan &&
		slices.Contains([]string{"/stream", "/vary", "/notmodified", "/redirect", "/options"}, e.request.path())
}

// playServer plays a case against a server with routes of its own.
func (c *testCase) playServer(addr string) []string {
	s, err := newClient(addr)
	if err != nil {
		return []string{err.Error()}
	}
	defer s.close()
	var out []string
	for _, step := range c.steps {
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
