package program

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Patience ends a test that waits for something that never comes. It is no
// measure: what is waited for comes within moments.
const Patience = time.Minute

// Process is a running example.
type Process struct {
	Stdout, Stderr *Lines
	cmd            *exec.Cmd
	ended          chan struct{} // closed when the program and its output are at their end
}

// Start runs the program at path on a free port, without its page unless args
// say otherwise, waits until it listens, and stops it when the test ends.
func Start(t testing.TB, path string, args ...string) *Process {
	t.Helper()
	p := Launch(t, path, append([]string{"-addr", "127.0.0.1:0", "-page", ""}, args...)...)
	p.Stdout.Wait(t, 0, "API on ")
	return p
}

// Launch runs the program at path with args alone and does not wait for it. It
// is stopped when the test ends.
func Launch(t testing.TB, path string, args ...string) *Process {
	t.Helper()
	ctx, cancel := lifetime(t)
	p := &Process{ended: make(chan struct{})}
	p.Stdout, p.Stderr = newLines(p), newLines(p)
	p.cmd = exec.CommandContext(ctx, path, args...)
	p.cmd.Stdout, p.cmd.Stderr = p.Stdout, p.Stderr
	p.cmd.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0") // the race detector's pause of a second at each end
	if err := p.cmd.Start(); err != nil {
		cancel()
		t.Fatal(err)
	}
	go func() {
		p.cmd.Wait() // the exit code says it all
		close(p.ended)
	}()
	t.Cleanup(func() {
		defer cancel()
		if code := p.Stop(t, syscall.SIGTERM); code > 2 {
			t.Errorf("%s ended with %d\n%s", filepath.Base(path), code, p.Stderr.Text())
		}
	})
	return p
}

// lifetime is over just before the time for all tests is. They are cut then
// without any cleanup, and the program is to be gone by that time.
func lifetime(t testing.TB) (context.Context, context.CancelFunc) {
	if t, ok := t.(*testing.T); ok {
		if end, ok := t.Deadline(); ok {
			return context.WithDeadline(context.Background(), end.Add(-time.Second))
		}
	}
	return context.WithCancel(context.Background())
}

// Signal sends a signal, which a program that has ended does not get.
func (p *Process) Signal(t testing.TB, sig os.Signal) {
	t.Helper()
	if err := p.cmd.Process.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Error(err)
	}
}

// Stop sends a signal, unless the program has ended, and returns the exit code.
func (p *Process) Stop(t testing.TB, sig os.Signal) int {
	t.Helper()
	p.Signal(t, sig)
	return p.ExitCode(t)
}

// ExitCode waits for the program's end. A program that outlives our patience
// is killed.
func (p *Process) ExitCode(t testing.TB) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	select {
	case <-p.ended:
	case <-ctx.Done():
		p.cmd.Process.Kill()
		<-p.ended
		t.Errorf("the program did not end\n%s", p.Stderr.Text())
	}
	return p.cmd.ProcessState.ExitCode()
}

// Addr is the address of the API, as printed.
func (p *Process) Addr(t testing.TB) string {
	t.Helper()
	return strings.TrimPrefix(p.Printed(t, "API on "), "http://")
}

// Printed returns the word behind prefix in the first line with that prefix.
func (p *Process) Printed(t testing.TB, prefix string) string {
	t.Helper()
	line, _ := p.Stdout.Wait(t, 0, prefix)
	word, _, _ := strings.Cut(strings.TrimPrefix(line, prefix), " ")
	return strings.TrimSuffix(word, ",")
}

// Reload sends SIGHUP, waits for the line that says what came of it, and
// compares that line. It returns the lines that standard error got meanwhile.
func (p *Process) Reload(t testing.TB, result string) []string {
	t.Helper()
	from := p.Stderr.Len()
	p.Signal(t, syscall.SIGHUP)
	line, end := p.Stderr.Wait(t, from, `msg="policy re`, `msg="no policy file`)
	got := p.Stderr.From(from)[:end-from]
	if !strings.Contains(line, result) {
		t.Fatalf("SIGHUP gives %q, want %q", got, result)
	}
	return got
}
