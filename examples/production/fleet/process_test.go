package main

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience is how long a test waits for what must come about.
const patience = 2 * time.Minute

// process is the test binary as another program. It ends with the test, and with
// the test binary, however that ends: then its input is closed.
type process struct {
	cmd   *exec.Cmd
	lines *bufio.Scanner
	once  sync.Once
}

func start(t *testing.T, kind string, args ...string) *process {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "FLEET_PROCESS="+kind)
	errors := new(bytes.Buffer)
	cmd.Stderr = errors
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{cmd: cmd, lines: bufio.NewScanner(out)}
	t.Cleanup(func() {
		p.kill()
		if t.Failed() {
			t.Logf("%s %q wrote:\n%s", kind, args, errors)
		}
	})
	return p
}

// line returns the next line of the process's output.
func (p *process) line(t *testing.T) string {
	t.Helper()
	defer time.AfterFunc(patience, p.kill).Stop()
	if !p.lines.Scan() {
		t.Fatalf("the process ended: %v", p.lines.Err())
	}
	return p.lines.Text()
}

func (p *process) kill() {
	p.once.Do(func() {
		p.cmd.Process.Kill()
		p.cmd.Wait()
	})
}

// stop ends the process as an orchestrator does.
func (p *process) stop(t *testing.T) {
	t.Helper()
	p.once.Do(func() {
		defer time.AfterFunc(patience, func() { p.cmd.Process.Kill() }).Stop()
		if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		if err := p.cmd.Wait(); err != nil {
			t.Errorf("the process ended with %v", err)
		}
	})
}

// TestHelp asks for the flags, which is no failure.
func TestHelp(t *testing.T) {
	p := start(t, "server", "-h")
	p.once.Do(func() {
		if err := p.cmd.Wait(); err != nil {
			t.Error(err)
		}
	})
}

// try does what may have to wait for the store.
func try(t *testing.T, do func(context.Context) error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for {
		once, cancel := context.WithTimeout(ctx, 5*time.Second)
		err := do(once)
		cancel()
		if err == nil {
			return
		}
		if ctx.Err() != nil {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// until waits for a state, and says what it was at last.
func until(t *testing.T, state func() error) {
	t.Helper()
	try(t, func(context.Context) error { return state() })
}
