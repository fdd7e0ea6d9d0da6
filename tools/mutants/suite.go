package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// A bench is where one mutant after the other is built and played: a folder for
// its files beside the copy of the work tree, which stays as it is.
type bench struct {
	tree    string
	folder  string
	timeout time.Duration
}

// An outcome is what a suite made of a mutant.
type outcome struct {
	by       string // the first case that failed, as subject/name
	module   string // whose suite it is
	timedOut bool
	passed   int // how many cases passed before
}

func (o outcome) killed() bool { return o.by != "" }

// overlay has the go command read text in place of a file of the tree, and
// returns the flag that says so. The tree itself never changes, so that several
// benches share it and nothing is left of a mutant.
func (b *bench) overlay(file, text string) (string, error) {
	mutated := filepath.Join(b.folder, "mutated.go")
	if err := os.WriteFile(mutated, []byte(text), 0o644); err != nil {
		return "", err
	}
	original := filepath.Join(b.tree, filepath.FromSlash(file))
	data, err := json.Marshal(map[string]map[string]string{"Replace": {original: mutated}})
	if err != nil {
		return "", err
	}
	replace := filepath.Join(b.folder, "overlay.json")
	return "-overlay=" + replace, os.WriteFile(replace, data, 0o644)
}

// play builds the tests of a module and plays its conformance suite up to the
// first case that fails.
func (b *bench) play(ctx context.Context, module string, flags ...string) (outcome, error) {
	binary := filepath.Join(b.folder, module+".test")
	// Without paths of this copy in it, what did not change is in the build
	// cache the next time too.
	args := append([]string{"test", "-c", "-trimpath", "-vet=off", "-ldflags=-s -w", "-o", binary}, flags...)
	build := b.command(ctx, module, "go", append(args, ".")...)
	if out, err := build.CombinedOutput(); ctx.Err() != nil {
		return outcome{}, ctx.Err()
	} else if err != nil {
		return outcome{}, fmt.Errorf("%s does not compile: %w\n%s", module, err, out)
	}
	limited, cancel := context.WithTimeout(ctx, b.timeout)
	defer cancel()
	// The driver has the one clock: that of the test would call it a panic.
	run := b.command(limited, module, binary, "-test.run=Conformance", "-test.failfast", "-test.v", "-test.timeout=0")
	out, err := run.CombinedOutput()
	if ctx.Err() != nil {
		return outcome{}, ctx.Err()
	}
	o := readOutput(out)
	o.module, o.timedOut = module, limited.Err() != nil
	switch {
	case err == nil && o.passed == 0:
		return o, fmt.Errorf("%s plays no case", module)
	case err == nil:
		o.by = ""
	case o.by == "":
		return o, fmt.Errorf("%s fails, but in no case: %w\n%s", module, err, tail(out))
	}
	return o, nil
}

// command is one that ends with its children when ctx does.
func (b *bench) command(ctx context.Context, module, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = filepath.Join(b.tree, module)
	// A go command that is killed leaves its own temporary folder behind.
	cmd.Env = append(os.Environ(), "GOWORK="+b.workspace(), "GOTMPDIR="+b.folder)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

// workspace is that of the copy: the driver itself is started without one.
func (b *bench) workspace() string {
	file := filepath.Join(b.tree, "go.work")
	if _, err := os.Stat(file); err != nil {
		return "off"
	}
	return file
}

var (
	failLine = regexp.MustCompile(`(?m)^\s*--- FAIL: Test\w*Conformance\w*/(\S+)`)
	passLine = regexp.MustCompile(`(?m)^\s*--- PASS: Test\w*Conformance\w*/\S+`)
	runLine  = regexp.MustCompile(`(?m)^=== RUN\s+Test\w*Conformance\w*/(\S+)`)
)

// readOutput finds the first case that failed. A program that came to an end in
// the midst of a case, by a crash or because it hung, names none: then it is
// the last one that began.
func readOutput(out []byte) outcome {
	// Each case is reported when the whole test ends, a failed one last.
	o := outcome{passed: len(passLine.FindAllIndex(out, -1))}
	if failed := failLine.FindSubmatch(out); failed != nil {
		o.by = string(failed[1])
	} else if began := runLine.FindAllSubmatch(out, -1); began != nil {
		o.by = string(began[len(began)-1][1])
	}
	return o
}

// tail is the end of an output, where a failure is told.
func tail(out []byte) string {
	const most = 20
	lines := strings.Split(string(bytes.TrimSpace(out)), "\n")
	return strings.Join(lines[max(0, len(lines)-most):], "\n")
}
