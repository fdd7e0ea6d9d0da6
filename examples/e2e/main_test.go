//go:build e2e

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/concors/concors/examples/internal/program"
)

// folder holds the built programs while the tests run.
var folder string

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "concors-e2e-"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(folder)
	os.Exit(code)
}

var build = sync.OnceValue(func() error { return program.Build(folder, program.Names...) })

// start runs an example, which is built before the first one starts.
func start(t *testing.T, router string, args ...string) *program.Process {
	t.Helper()
	if err := build(); err != nil {
		t.Fatal(err)
	}
	return program.Start(t, filepath.Join(folder, router), args...)
}

// installed returns the path of a program, or has the test miss it.
func installed(t *testing.T, name, debianPackage string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		missing(t, err.Error(), debianPackage)
	}
	return path
}

// missing skips the test: not everybody has every browser. Where CI is set,
// everything must be there.
func missing(t *testing.T, what, debianPackage string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("%s: install the Debian package %s", what, debianPackage)
	}
	t.Skipf("%s: the Debian package %s has it", what, debianPackage)
}
