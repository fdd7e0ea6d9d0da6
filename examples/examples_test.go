// Package examples holds the tests of the example programs: each is built once
// and run as a person runs it, and asked over the wire.
package examples

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/concors/concors/examples/internal/program"
)

// programs is the folder of the built programs.
var programs string

func TestMain(m *testing.M) { program.Main(m, &programs) }

// start runs an example on a free port, args aside, and waits until it listens.
func start(t *testing.T, name string, args ...string) *program.Process {
	t.Helper()
	return program.Start(t, filepath.Join(programs, name), args...)
}

// launch runs an example with args alone and does not wait for it.
func launch(t *testing.T, name string, args ...string) *program.Process {
	t.Helper()
	return program.Launch(t, filepath.Join(programs, name), args...)
}

// each runs test once for each example.
func each(t *testing.T, test func(t *testing.T, name string)) {
	for _, name := range program.Names {
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
