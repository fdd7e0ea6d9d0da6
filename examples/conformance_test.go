package examples

import (
	"path/filepath"
	"testing"

	"github.com/concors/concors/conformance"
	"github.com/concors/concors/examples/internal/program"
)

// TestConformance plays the cases that need no more than a policy. One program
// for each debug mode plays them all: a case's policy is written into the file
// and reloaded, and the case begins when the log says that it is in force, so
// that no earlier policy answers it.
func TestConformance(t *testing.T) {
	each(t, func(t *testing.T, name string) {
		file := filepath.Join(t.TempDir(), "policy.json")
		running := make(map[bool]*program.Process)
		outer := t // it outlives the cases
		conformance.RunServer(t, func(t *testing.T, policy []byte, debug bool) string {
			t.Helper()
			program.WritePolicy(t, file, string(policy))
			p := running[debug]
			if p == nil {
				args := []string{"-policy", file}
				if debug {
					args = append(args, "-debug")
				}
				p = start(outer, name, args...)
				running[debug] = p
				return p.Addr(t)
			}
			p.Reload(t, "policy reloaded")
			return p.Addr(t)
		})
	})
}
