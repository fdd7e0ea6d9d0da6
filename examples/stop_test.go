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
			idle := dial(t, p.Addr(t)) // a kept connection must not hold the program
			askOn(t, idle, "GET", "/hello")
			if code := p.Stop(t, sig); code != 0 {
				t.Errorf("%v: exit code %d, want 0\n%s", sig, code, p.Stderr.Text())
			}
		}
	})
}

// A browser opens connections that it may never use.
func TestSpareConnectionHoldsNothing(t *testing.T) {
	each(t, func(t *testing.T, name string) {
		t.Parallel()
		p := start(t, name)
		dial(t, p.Addr(t))
		ask(t, p.Addr(t), "GET", "/hello") // connections are taken in order: the spare one is known by now
		if code := p.Stop(t, syscall.SIGTERM); code != 0 {
			t.Errorf("exit code %d, want 0\n%s", code, p.Stderr.Text())
		}
	})
}

// Whoever signals twice waits for nothing. The second signal may come at any
// time after the first; a connection that is open keeps the program until then.
func TestSecondSignalStopsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, name string) {
		for _, signals := range [][]os.Signal{{syscall.SIGTERM, os.Interrupt}, {os.Interrupt, syscall.SIGTERM}} {
			p := start(t, name)
			dial(t, p.Addr(t))
			ask(t, p.Addr(t), "GET", "/hello") // connections are taken in order: the open one is known by now
			for _, sig := range signals {
				p.Signal(t, sig)
			}
			if code := p.ExitCode(t); code != 1 {
				t.Errorf("%v: exit code %d, want 1\n%s", signals, code, p.Stderr.Text())
			}
			p.Stderr.Wait(t, 0, "stopped by a second signal")
		}
	})
}
