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

// installed returns the path of a program. Without it the test is skipped: not
// everybody has every browser. Where CI is set, everything must be there.
func installed(t *testing.T, name, debianPackage string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("%v: install the Debian package %s", err, debianPackage)
	}
	t.Skipf("%v: the Debian package %s has it", err, debianPackage)
	return ""
}
