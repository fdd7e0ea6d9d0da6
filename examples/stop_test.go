package examples

import (
	"os"
	"syscall"
	"testing"
)

func TestSignalsStopCleanly(t *testing.T) {
	each(t, func(t *testing.T, name string) {
		for _, sig := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
			p := start(t, name, "-page", "127.0.0.1:0")
			idle := dial(t, p.addr(t)) // a kept connection must not hold the program
			askOn(t, idle, "GET", "/hello")
			if code := p.stop(t, sig); code != 0 {
				t.Errorf("%v: exit code %d, want 0\n%s", sig, code, p.stderr.text())
			}
		}
	})
}

// A browser opens connections that it may never use.
func TestSpareConnectionHoldsNothing(t *testing.T) {
	each(t, func(t *testing.T, name string) {
		t.Parallel()
		p := start(t, name)
		dial(t, p.addr(t))
		ask(t, p.addr(t), "GET", "/hello") // connections are taken in order: the spare one is known by now
		if code := p.stop(t, syscall.SIGTERM); code != 0 {
			t.Errorf("exit code %d, want 0\n%s", code, p.stderr.text())
		}
	})
}
