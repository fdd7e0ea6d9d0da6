package program

import (
	"fmt"
	"os"
	"testing"
)

// Main is the TestMain of a package whose tests run the examples: it builds
// them all into *dir, a folder of its own, and removes that at the end.
func Main(m *testing.M, dir *string) {
	code, err := buildAndRun(m, dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func buildAndRun(m *testing.M, dir *string) (code int, err error) {
	if *dir, err = os.MkdirTemp("", "concors-examples-"); err != nil {
		return 1, err
	}
	defer os.RemoveAll(*dir)
	if err := Build(*dir, Names...); err != nil {
		return 1, err
	}
	return m.Run(), nil
}
