//go:build e2e

package e2e

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// group is a program that starts others. It has a process group of its own, so
// that all of them can be ended together.
type group struct {
	name  string
	cmd   *exec.Cmd
	life  io.Closer     // while it is open, the group may live
	ended chan struct{} // closed when no process writes output any more

	mu      sync.Mutex
	lines   []string      // of standard output and standard error
	changed chan struct{} // closed, and replaced, at each line
}

// watchdog starts a program and waits for the end of its own input, which comes
// at the latest with the end of the tests, however they end. Then it kills the
// group. It keeps no output open, so that the output ends with the program.
const watchdog = `"$@" & exec >/dev/null 2>&1 3>&-; cat; kill -KILL 0`

// startGroup starts a program with nothing but env in its environment, and ends
// it and all that it started when the test ends. The program gets the files as
// its descriptors from 3 on.
func startGroup(t *testing.T, env []string, files []*os.File, program string, args ...string) *group {
	t.Helper()
	g := &group{name: filepath.Base(program), ended: make(chan struct{}), changed: make(chan struct{})}
	g.cmd = exec.Command("/bin/sh", append([]string{"-c", watchdog, "sh", program}, args...)...)
	g.cmd.Env, g.cmd.ExtraFiles = append([]string{"PATH=" + os.Getenv("PATH")}, env...), files
	g.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	output, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	g.cmd.Stdout, g.cmd.Stderr = write, write
	if g.life, err = g.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	err = g.cmd.Start()
	write.Close()
	if err != nil {
		t.Fatal(err)
	}
	go g.read(output)
	t.Cleanup(func() { g.end(t) })
	return g
}

// read keeps what the group prints until its last process is gone.
func (g *group) read(output *os.File) {
	defer close(g.ended)
	defer output.Close()
	in := bufio.NewReader(output)
	for {
		line, err := in.ReadString('\n')
		if line != "" {
			g.mu.Lock()
			g.lines = append(g.lines, strings.TrimSuffix(line, "\n"))
			close(g.changed)
			g.changed = make(chan struct{})
			g.mu.Unlock()
		}
		if err != nil {
			return
		}
	}
}

// end asks all processes of the group to end, and then has no more patience.
func (g *group) end(t *testing.T) {
	id := g.cmd.Process.Pid
	syscall.Kill(-id, syscall.SIGTERM)
	select {
	case <-g.ended:
	case <-time.After(patience / 6):
		t.Logf("%s does not end by itself", g.name)
	}
	// Until the watchdog is waited for, the group's number is nobody else's.
	syscall.Kill(-id, syscall.SIGKILL)
	select {
	case <-g.ended:
	case <-time.After(patience):
		t.Errorf("%s does not end", g.name)
	}
	g.life.Close()
	g.cmd.Wait() // it was killed
}

// line waits for a line that holds a text.
func (g *group) line(t *testing.T, text string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for i, over := 0, false; ; {
		g.mu.Lock()
		lines, changed := g.lines, g.changed
		g.mu.Unlock()
		for ; i < len(lines); i++ {
			if strings.Contains(lines[i], text) {
				return lines[i]
			}
		}
		if over {
			t.Fatalf("%s prints no line with %q:\n%s", g.name, text, g.text())
		}
		select {
		case <-changed:
		case <-g.ended: // all lines are there: look once more
			over = true
		case <-ctx.Done():
			over = true
		}
	}
}

// follow hands each line to a function until no process writes any more.
func (g *group) follow(hear func(line string)) {
	for i, over := 0, false; ; {
		g.mu.Lock()
		lines, changed := g.lines, g.changed
		g.mu.Unlock()
		for ; i < len(lines); i++ {
			hear(lines[i])
		}
		if over {
			return
		}
		select {
		case <-changed:
		case <-g.ended: // all lines are there: look once more
			over = true
		}
	}
}

// text is what the group has printed so far.
func (g *group) text() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return strings.Join(g.lines, "\n")
}
