package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"

	"github.com/concors/concors/tools/internal/repo"
)

// What a module may weigh: everybody who requires it downloads it.
const (
	maxFile = 256 << 10
	maxZip  = 2 << 20
)

// A rehearsal is a tree of modules that was packed as one version.
type rehearsal struct {
	modules []repo.Module
	prefix  string // what the paths of our modules begin with, with a slash
	version string
	tree    string
	packed  string // a folder of <escaped path>/@v/<version>.zip and so on

	work string   // where consumers are put
	env  []string // of their go commands
}

// pack packs the released modules of a tree into a folder, in the layout of a
// module proxy, as the version that they require of each other.
func pack(tree, packed string) (*rehearsal, error) {
	modules, err := repo.Released(tree)
	if err != nil {
		return nil, err
	}
	r := &rehearsal{modules: modules, tree: tree, packed: packed}
	if err := r.readVersion(); err != nil {
		return nil, err
	}
	var faults error
	for _, m := range modules {
		if err := r.packOne(m); err != nil {
			faults = errors.Join(faults, fmt.Errorf("%s: %w", m.Folder, err))
		}
	}
	return r, faults
}

// readVersion finds the one version of all requirements among our modules.
func (r *rehearsal) readVersion() error {
	paths := map[string]bool{}
	for _, m := range r.modules {
		paths[m.Path] = true
		if m.Folder == repo.Core {
			r.prefix = strings.TrimSuffix(m.Path, repo.Core)
		}
	}
	if r.prefix == "" {
		return errors.New("there is no module in core")
	}
	var faults error
	for _, m := range r.modules {
		for _, required := range m.Mod.Require {
			path, version := required.Mod.Path, required.Mod.Version
			if !strings.HasPrefix(path, r.prefix) {
				continue
			}
			if r.version == "" {
				r.version = version
			}
			if version != r.version {
				faults = errors.Join(faults, fmt.Errorf("%s: requires %s %s, others require %s", m.Folder, path, version, r.version))
			}
			if !paths[path] {
				faults = errors.Join(faults, fmt.Errorf("%s: requires %s, which is not released", m.Folder, path))
			}
		}
		// For others a replace is without effect: what it hides must be ours.
		for _, replaced := range m.Mod.Replace {
			if !paths[replaced.Old.Path] {
				faults = errors.Join(faults, fmt.Errorf("%s: replaces %s, which nobody who requires the module sees", m.Folder, replaced.Old.Path))
			}
		}
	}
	if r.version == "" {
		faults = errors.Join(faults, errors.New("no module requires another"))
	}
	return faults
}

func (r *rehearsal) packOne(m repo.Module) (err error) {
	folder := filepath.Join(r.tree, m.Folder)
	// The go command adds the root's to a zip without one, and then the zip is
	// not the one that is packed here.
	if _, err := os.Stat(filepath.Join(folder, "LICENSE")); err != nil {
		return errors.New("has no LICENSE")
	}
	name, err := r.file(m.Path, ".zip")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	out, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	packed := module.Version{Path: m.Path, Version: r.version}
	if err := zip.CreateFromDir(out, packed, folder); err != nil {
		return err
	}
	if err := checkZip(packed, name, folder); err != nil {
		return err
	}
	mod, err := os.ReadFile(filepath.Join(folder, "go.mod"))
	if err != nil {
		return err
	}
	return errors.Join(
		r.write(m.Path, ".mod", mod),
		r.write(m.Path, ".info", fmt.Appendf(nil, "{\"Version\":%q}", r.version)),
		os.WriteFile(filepath.Join(filepath.Dir(name), "list"), []byte(r.version+"\n"), 0o644),
	)
}

// checkZip reads a zip as the go command does when it unpacks it.
func checkZip(packed module.Version, name, folder string) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	var faults error
	if info.Size() > maxZip {
		faults = fmt.Errorf("the zip has %d bytes, more than %d", info.Size(), maxZip)
	}
	files, err := zip.CheckZip(packed, name)
	if err == nil {
		err = files.Err()
	}
	if err != nil {
		return errors.Join(faults, err)
	}
	for _, file := range files.Valid {
		file = strings.TrimPrefix(file, packed.String()+"/")
		info, err := os.Stat(filepath.Join(folder, filepath.FromSlash(file)))
		if err != nil {
			return errors.Join(faults, err)
		}
		if info.Size() > maxFile {
			faults = errors.Join(faults, fmt.Errorf("%s has %d bytes, more than %d", file, info.Size(), maxFile))
		}
	}
	return faults
}

// file is where a proxy has a file of a module's version.
func (r *rehearsal) file(path, suffix string) (string, error) {
	escaped, err := module.EscapePath(path)
	return filepath.Join(r.packed, filepath.FromSlash(escaped), "@v", r.version+suffix), err
}

func (r *rehearsal) write(path, suffix string, data []byte) error {
	name, err := r.file(path, suffix)
	if err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}
