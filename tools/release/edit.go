package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"golang.org/x/mod/modfile"

	"github.com/concors/concors/tools/internal/repo"
)

// An edit is what becomes of a file. No go.sum is among them: it has no line for
// a module that is replaced by a folder.
type edit struct {
	name string // below the root, with slashes
	text []byte
}

// edits sets the version in whatever requires one of our modules, and moves the
// changelog on.
func (r *release) edits() ([]edit, error) {
	modules, err := repo.Modules(r.root)
	if err != nil {
		return nil, err
	}
	ours := map[string]bool{}
	for _, module := range modules {
		ours[module.Path] = module.Released()
	}
	var all []edit
	for _, module := range modules {
		for _, required := range module.Mod.Require {
			if !ours[required.Mod.Path] || required.Mod.Version == r.version {
				continue
			}
			if err := module.Mod.AddRequire(required.Mod.Path, r.version); err != nil {
				return nil, err
			}
		}
		text, err := module.Mod.Format()
		if err != nil {
			return nil, err
		}
		all = append(all, edit{path.Join(module.Folder, "go.mod"), text})
	}
	work, err := r.workspaces(modules, ours)
	if err != nil {
		return nil, err
	}
	all = append(all, work...)
	const changelog = "CHANGELOG.md"
	text, err := os.ReadFile(filepath.Join(r.root, changelog))
	if err != nil {
		return nil, err
	}
	moved, err := moveUnreleased(string(text), r.version, r.date)
	if err != nil {
		return nil, err
	}
	return changes(r.root, append(all, edit{changelog, []byte(moved)}))
}

// workspaces sets the version of our modules that a go.work replaces, at the root
// or beside a go.mod that can replace nothing itself.
func (r *release) workspaces(modules []repo.Module, ours map[string]bool) ([]edit, error) {
	folders := []string{"."}
	for _, module := range modules {
		folders = append(folders, module.Folder)
	}
	var all []edit
	for _, folder := range folders {
		name := path.Join(folder, "go.work")
		data, err := os.ReadFile(filepath.Join(r.root, filepath.FromSlash(name)))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		file, err := modfile.ParseWork(name, data, nil)
		if err != nil {
			return nil, err
		}
		for _, replaced := range file.Replace {
			if from := replaced.Old; ours[from.Path] && from.Version != "" {
				words := replaced.Syntax.Token // so that the comments stay
				words[slices.Index(words, from.Version)] = r.version
			}
		}
		all = append(all, edit{name, modfile.Format(file.Syntax)})
	}
	return all, nil
}

// changes leaves out the edits that change nothing.
func changes(root string, all []edit) ([]edit, error) {
	var changed []edit
	for _, one := range all {
		before, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(one.name)))
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(before, one.text) {
			changed = append(changed, one)
		}
	}
	return changed, nil
}

func writeAll(root string, all []edit) error {
	for _, one := range all {
		// The mode is that of the file, which exists.
		if err := os.WriteFile(filepath.Join(root, filepath.FromSlash(one.name)), one.text, 0o644); err != nil {
			return fmt.Errorf("set the version: %w", err)
		}
	}
	return nil
}
