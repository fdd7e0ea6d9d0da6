package compat

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/exp/apidiff"
	"golang.org/x/tools/go/packages"
)

// load compiles the packages of a module and returns those that another module
// can import.
func load(ctx context.Context, folder, path string) (*apidiff.Module, error) {
	found, err := packages.Load(&packages.Config{
		Context: ctx,
		Mode:    packages.NeedName | packages.NeedTypes,
		Dir:     folder,
		Env:     append(os.Environ(), "GOWORK="+workspace(folder), "GOFLAGS=-trimpath -buildvcs=false"),
	}, "./...")
	if err != nil {
		return nil, err
	}
	module := &apidiff.Module{Path: path}
	for _, p := range found {
		for _, problem := range p.Errors {
			err = errors.Join(err, problem)
		}
		if importable(p) {
			module.Packages = append(module.Packages, p.Types)
		}
	}
	return module, err
}

// workspace is that of the module alone, if it has one. The one above holds
// versions of others that no user of this module gets.
func workspace(folder string) string {
	name := filepath.Join(folder, "go.work")
	if _, err := os.Stat(name); err != nil {
		return "off"
	}
	return name
}

func importable(p *packages.Package) bool {
	if p.Name == "main" || p.Types == nil {
		return false
	}
	for part := range strings.SplitSeq(p.PkgPath, "/") {
		if part == "internal" {
			return false
		}
	}
	return true
}
