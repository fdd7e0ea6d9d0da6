package examples

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

// patience ends a test that waits for something that never comes. It is no
// measure: what is waited for comes within moments.
const patience = time.Minute

// process is a running example.
type process struct {
	cmd            *exec.Cmd
	stdout, stderr *lines
	ended          chan struct{} // closed when the program and its output are at their end
	err            error         // of the end
}

// start runs an example on free ports, args aside, and stops it when the test
// ends.
func start(t *testing.T, name string, args ...string) *process {
	t.Helper()
	p := launch(t, name, append([]string{"-addr", "127.0.0.1:0", "-page", ""}, args...)...)
	p.stdout.wait(t, p, 0, "API on ")
	return p
}

// launch runs an example with args alone and does not wait for it.
func launch(t *testing.T, name string, args ...string) *process {
	t.Helper()
	p := &process{stdout: newLines(), stderr: newLines(), ended: make(chan struct{})}
	p.cmd = exec.Command(filepath.Join(programs, name), args...)
	p.cmd.Stdout, p.cmd.Stderr = p.stdout, p.stderr
	p.cmd.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0") // the race detector's pause of a second at each end
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		if code := p.stop(t, syscall.SIGTERM); code > 2 {
			t.Errorf("%s ended with %d\n%s", name, code, p.stderr.text())
		}
	})
	return p
}

// stop sends a signal, unless the program has ended, and returns the exit code.
func (p *process) stop(t *testing.T, sig os.Signal) int {
	t.Helper()
	if err := p.cmd.Process.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Error(err)
	}
	return p.exitCode(t)
}

// exitCode waits for the program's end. A program that outlives our patience
// is killed.
func (p *process) exitCode(t *testing.T) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	select {
	case <-p.ended:
	case <-ctx.Done():
		p.cmd.Process.Kill()
		<-p.ended
		t.Errorf("the program did not end\n%s", p.stderr.text())
	}
	return p.cmd.ProcessState.ExitCode()
}

// addr is the address of the API, as printed.
func (p *process) addr(t *testing.T) string {
	t.Helper()
	return strings.TrimPrefix(p.printed(t, "API on "), "http://")
}

// printed returns the word behind prefix in the first line with that prefix.
func (p *process) printed(t *testing.T, prefix string) string {
	t.Helper()
	line, _ := p.stdout.wait(t, p, 0, prefix)
	word, _, _ := strings.Cut(strings.TrimPrefix(line, prefix), " ")
	return strings.TrimSuffix(word, ",")
}

// reload sends SIGHUP, waits for the line that says what came of it, and
// compares that line. It returns the lines that standard error got meanwhile.
func (p *process) reload(t *testing.T, result string) []string {
	t.Helper()
	from := p.stderr.len()
	if err := p.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	line, end := p.stderr.wait(t, p, from, `msg="policy re`, `msg="no policy file`)
	got := p.stderr.from(from)[:end-from]
	if !strings.Contains(line, result) {
		t.Fatalf("SIGHUP gives %q, want %q", got, result)
	}
	return got
}
