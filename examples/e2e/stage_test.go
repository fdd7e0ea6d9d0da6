//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/concors/concors/conformance/browser"
	"github.com/concors/concors/examples/internal/program"
)

// stage is what the cases are played on: one tab, and each example twice, with
// debug mode off and on.
type stage struct {
	*tab
	front    *front
	model    *browser.Browser
	examples []*example
	ids      int // given so far
	tally    tally
}

// example is a running program whose policy comes from a file.
type example struct {
	name  string // in identifiers
	debug bool
	file  string
	*program.Process
}

// newStage starts the examples.
func newStage(t *testing.T, e engine, f *front) *stage {
	t.Helper()
	s := &stage{tab: &tab{engine: e}, front: f, model: &browser.Browser{Transport: f.transport(t)}}
	for _, router := range program.Names {
		for _, debug := range []bool{false, true} {
			x := &example{name: router, debug: debug, file: filepath.Join(t.TempDir(), "policy.json")}
			args := []string{"-policy", x.file}
			if debug {
				x.name += "-debug"
				args = append(args, "-debug")
			}
			x.write(t, []byte(`{"allowOrigins": ["https://app.example.com"]}`))
			x.Process = start(t, router, args...)
			f.show(x.name, x.Addr(t))
			s.examples = append(s.examples, x)
		}
	}
	return s
}

func (x *example) write(t *testing.T, policy []byte) {
	t.Helper()
	if err := os.WriteFile(x.file, policy, 0o600); err != nil {
		t.Fatal(err)
	}
}

// inForce puts a policy in force in the examples of a debug mode, and returns
// them.
func (s *stage) inForce(t *testing.T, policy []byte, debug bool) []*example {
	t.Helper()
	var out []*example
	for _, x := range s.examples {
		if x.debug == debug {
			x.write(t, policy)
			x.Reload(t, "policy reloaded")
			out = append(out, x)
		}
	}
	return out
}

// id returns a fresh identifier for fetches from an example.
func (s *stage) id(example string) string {
	s.ids++
	return fmt.Sprintf("%s.%d", example, s.ids)
}
