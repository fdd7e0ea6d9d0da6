// Package examples holds the tests of the example programs: each is built once
// and run as a person runs it, and asked over the wire.
package examples

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// names are the examples, each a folder and a program.
var names = []string{"stdlib", "chi", "gin", "echo", "fiber"}

// programs is the folder of the built programs.
var programs string

func TestMain(m *testing.M) {
	code, err := buildAndRun(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func buildAndRun(m *testing.M) (code int, err error) {
	if programs, err = os.MkdirTemp("", "concors-examples-"); err != nil {
		return 1, err
	}
	defer os.RemoveAll(programs)
	args := []string{"build", "-o", programs + string(filepath.Separator)}
	if raceDetector {
		args = append(args, "-race")
	}
	for _, name := range names {
		args = append(args, "./"+name)
	}
	if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
		return 1, fmt.Errorf("go %v: %w\n%s", args, err, out)
	}
	return m.Run(), nil
}

// each runs test once for each example.
func each(t *testing.T, test func(t *testing.T, name string)) {
	for _, name := range names {
		t.Run(name, func(t *testing.T) { test(t, name) })
	}
}

// People copy main.go whole, so it stays short enough to be read at once.
func TestMainFilesAreShort(t *testing.T) {
	each(t, func(t *testing.T, name string) {
		source, err := os.ReadFile(filepath.Join(name, "main.go"))
		if err != nil {
			t.Fatal(err)
		}
		if lines := bytes.Count(source, []byte("\n")); lines >= 60 {
			t.Errorf("main.go has %d lines, want fewer than 60", lines)
		}
	})
}
