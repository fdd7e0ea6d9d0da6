package schema_test

import (
	"io/fs"
	"path"
	"strings"
	"testing"

	"github.com/concors/concors/conformance"
)

// TestCases holds the two judges together on the policies of the cases,
// reloads and refused ones included.
func TestCases(t *testing.T) {
	const marker = "-- policy.json --\n"
	count := 0
	err := fs.WalkDir(conformance.Cases(), ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".txtar" {
			return err
		}
		data, err := fs.ReadFile(conformance.Cases(), name)
		if err != nil {
			return err
		}
		for _, text := range strings.Split("\n"+string(data), "\n"+marker)[1:] {
			text, _, _ = strings.Cut(text, "\n-- ")
			compare(t, text)
			count++
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if cases, err := conformance.Load(); err != nil || count < len(cases) {
		t.Errorf("%d policies of %d cases, %v", count, len(cases), err)
	}
}
