package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/concors/concors/tools/internal/repo"
)

// A row is what the table says of an adapter.
type row struct {
	folder        string
	without, with int64 // bytes of a binary
	packages      int   // what the adapter adds
}

// consume does with an adapter what its README says, in an empty folder.
func (r *rehearsal) consume(ctx context.Context, m repo.Module, a adapter) (row, error) {
	folder := filepath.Join(r.work, m.Folder)
	readme, err := os.ReadFile(filepath.Join(r.tree, m.Folder, "README.md"))
	if err != nil {
		return row{}, err
	}
	program, err := readProgram(string(readme))
	if err != nil {
		return row{}, err
	}
	if err := r.get(ctx, folder, m.Path+"@"+r.version, program.text); err != nil {
		return row{}, err
	}
	binary := filepath.Join(r.work, m.Folder+".bin")
	for _, args := range [][]string{
		{"mod", "tidy"}, {"mod", "tidy", "-diff"}, {"mod", "verify"}, {"vet", "./..."}, {"build", "-o", binary, "."},
	} {
		if _, err := r.run(ctx, folder, args...); err != nil {
			return row{}, err
		}
	}
	if err := r.checkRequirements(folder); err != nil {
		return row{}, err
	}
	one, err := r.compareBare(ctx, folder, binary, m, a)
	return one, errors.Join(err, r.checkBinary(binary, m), r.ask(ctx, binary, program.question))
}

// get makes a module of one file, and has it require another as a person would.
func (r *rehearsal) get(ctx context.Context, folder, wanted, text string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "main.go"), []byte(text), 0o644); err != nil {
		return err
	}
	if _, err := r.run(ctx, folder, "mod", "init", "consumer"); err != nil {
		return err
	}
	_, err := r.run(ctx, folder, "get", wanted)
	return err
}

// checkRequirements reads the go.mod that came of it: our modules at the one
// version, and none that only our tests need.
func (r *rehearsal) checkRequirements(folder string) error {
	name := filepath.Join(folder, "go.mod")
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	mod, err := modfile.Parse("go.mod", data, nil)
	if err != nil {
		return err
	}
	var faults error
	for _, required := range mod.Require {
		path, version := required.Mod.Path, required.Mod.Version
		if strings.HasPrefix(path, r.prefix) && version != r.version {
			faults = errors.Join(faults, fmt.Errorf("go.mod of the program requires %s %s, want %s", path, version, r.version))
		}
		if path == r.prefix+"conformance" {
			faults = errors.Join(faults, fmt.Errorf("go.mod of the program requires %s, which is for tests", path))
		}
	}
	return faults
}

// compile has a program require a module that is no adapter and compiles all of
// its packages there: what authors of tests do.
func (r *rehearsal) compile(ctx context.Context, m repo.Module) error {
	folder := filepath.Join(r.work, m.Folder)
	if err := r.get(ctx, folder, m.Path+"@"+r.version, "package main\n\nimport _ \""+m.Path+"\"\n\nfunc main() {}\n"); err != nil {
		return err
	}
	for _, args := range [][]string{{"mod", "tidy"}, {"mod", "tidy", "-diff"}, {"build", m.Path + "/..."}} {
		if _, err := r.run(ctx, folder, args...); err != nil {
			return err
		}
	}
	return nil
}
