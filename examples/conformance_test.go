package examples

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/concors/concors/conformance"
)

// TestConformance plays the cases that need no more than a policy. One program
// for each debug mode plays them all: a case's policy is written into the file
// and reloaded, and the case begins when the log says that it is in force, so
// that no earlier policy answers it.
func TestConformance(t *testing.T) {
	each(t, func(t *testing.T, name string) {
		file := filepath.Join(t.TempDir(), "policy.json")
		running := make(map[bool]*process)
		program := t // it outlives the cases
		conformance.RunServer(t, func(t *testing.T, policy []byte, debug bool) string {
			t.Helper()
			if err := os.WriteFile(file, policy, 0o600); err != nil {
				t.Fatal(err)
			}
			p := running[debug]
			if p == nil {
				args := []string{"-policy", file}
				if debug {
					args = append(args, "-debug")
				}
				p = start(program, name, args...)
				running[debug] = p
				return p.addr(t)
			}
			p.reload(t, "policy reloaded")
			return p.addr(t)
		})
	})
}
