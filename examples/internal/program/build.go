package program

import (
	"fmt"
	"os/exec"
	"path/filepath"
)

// Names are the examples, each a folder and a program.
var Names = []string{"stdlib", "chi", "gin", "echo", "fiber"}

// Build builds the named examples into the folder dir, each under its name, and
// with the race detector if the caller has it.
func Build(dir string, names ...string) error {
	args := []string{"build", "-o", dir + string(filepath.Separator)}
	if raceDetector {
		args = append(args, "-race")
	}
	for _, name := range names {
		args = append(args, "github.com/concors/concors/examples/"+name)
	}
	if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("go %v: %w\n%s", args, err, out)
	}
	return nil
}
