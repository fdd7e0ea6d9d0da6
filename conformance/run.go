package conformance

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

//go:embed cases
var embedded embed.FS

// Cases returns the cases as files, each subject/sentence-with-hyphens.txtar.
func Cases() fs.FS {
	sub, err := fs.Sub(embedded, "cases")
	if err != nil {
		panic(err) // the embedded folder has this name
	}
	return sub
}

// Run plays every case against the server that start starts for it, as a
// subtest named subject/sentence-with-hyphens.
//
// start mounts the policies, outermost first (there is usually one), on a
// server on any free port of a loopback address, has it run until the test
// that it is given ends, and returns its address as IP:port. Behind the
// policies the server has the handlers of [Routes], or routes of its own that
// answer as the README says.
func Run(t *testing.T, start func(t *testing.T, policies []*concors.Policy) (addr string)) {
	for _, c := range load(t) {
		t.Run(c.name, func(t *testing.T) {
			for _, difference := range c.Play(func(policies []*concors.Policy) string { return start(t, policies) }) {
				t.Error(difference)
			}
		})
	}
}

// load reads all cases and ends the test if one is faulty.
func load(t *testing.T) []*Case {
	t.Helper()
	cases, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

// caseName is the form of a case's name.
var caseName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$`)

// readCases reads every case below the root of files, in the order of their
// names, and reports all faults.
func readCases(files fs.FS) ([]*Case, error) {
	var cases []*Case
	var faults []error
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		stem := strings.TrimSuffix(name, ".txtar")
		if path.Ext(name) != ".txtar" || !caseName.MatchString(stem) {
			faults = append(faults, fmt.Errorf("%s: want subject/sentence-with-hyphens.txtar in lower case", name))
			return nil
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		c, err := parseCase(stem, string(data))
		if err != nil {
			faults = append(faults, err)
			return nil
		}
		cases = append(cases, c)
		return nil
	})
	if err == nil && len(cases)+len(faults) == 0 {
		err = errors.New("there is no case")
	}
	slices.SortFunc(cases, func(a, b *Case) int { return strings.Compare(a.name, b.name) })
	return cases, errors.Join(append(faults, err)...)
}
