// Package compat compares what the modules export with what they exported at
// the last release.
package compat

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/exp/apidiff"

	"github.com/concors/concors/tools/internal/repo"
)

// A Report says what changed in the exported names of a work tree since a tag.
type Report struct {
	Since   string // the version, "" if there is no release yet
	Changes []Change
}

// A Change is one of a module that was released.
type Change struct {
	Module string // its folder
	apidiff.Change
}

// Compatible reports whether a program that compiles with the release compiles
// with the work tree.
func (r Report) Compatible() bool {
	for _, change := range r.Changes {
		if !change.Compatible {
			return false
		}
	}
	return true
}

// Print writes the changes, those that break a program first.
func (r Report) Print(out io.Writer) {
	if r.Since == "" {
		fmt.Fprintln(out, "api: nothing has been released yet, so there is nothing to compare with")
		return
	}
	fmt.Fprintf(out, "api: since %s\n", r.Since)
	for _, compatible := range []bool{false, true} {
		title := map[bool]string{false: "Incompatible", true: "Compatible"}[compatible]
		for _, change := range r.Changes {
			if change.Compatible != compatible {
				continue
			}
			if title != "" {
				fmt.Fprintf(out, "\n%s changes\n", title)
				title = ""
			}
			fmt.Fprintf(out, "  %s: %s\n", change.Module, strings.ReplaceAll(change.Message, "\n", "\n    "))
		}
	}
	if len(r.Changes) == 0 {
		fmt.Fprintln(out, "api: no exported name changed")
	}
}

// Since compares the work tree at root with the last release. It reads the
// release out of git, where our modules find each other by their replace lines.
func Since(ctx context.Context, root string) (report Report, err error) {
	versions, err := repo.Versions(ctx, root)
	if err != nil {
		return Report{}, err
	}
	report.Since = repo.LastRelease(versions)
	if report.Since == "" {
		return report, nil
	}
	old, err := os.MkdirTemp("", "concors-api")
	if err != nil {
		return Report{}, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(old)) }()
	if err := repo.Export(ctx, root, repo.Core+"/"+report.Since, old); err != nil {
		return Report{}, err
	}
	report.Changes, err = compare(ctx, old, root)
	return report, err
}

// compare lists the changes of each module of the old tree. A module that is
// new breaks nobody.
func compare(ctx context.Context, old, root string) ([]Change, error) {
	modules, err := repo.Released(old)
	if err != nil {
		return nil, err
	}
	var changes []Change
	for _, module := range modules {
		before, err := load(ctx, filepath.Join(old, module.Folder), module.Path)
		if err != nil {
			return nil, fmt.Errorf("%s as released: %w", module.Folder, err)
		}
		after := &apidiff.Module{Path: module.Path}
		if _, err := os.Stat(filepath.Join(root, module.Folder, "go.mod")); err == nil {
			if after, err = load(ctx, filepath.Join(root, module.Folder), module.Path); err != nil {
				return nil, fmt.Errorf("%s: %w", module.Folder, err)
			}
		}
		for _, change := range apidiff.ModuleChanges(before, after).Changes {
			changes = append(changes, Change{Module: module.Folder, Change: change})
		}
	}
	return changes, nil
}
