package repo

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
)

// Core is the folder of the module that all others require. Its tag stands for
// the release.
const Core = "core"

// unreleased are the folders whose modules nobody requires: they get no tag.
var unreleased = []string{"compare", "examples", "tools"}

// A Module is a folder with a go.mod.
type Module struct {
	Folder string // below the root, with slashes
	Path   string // what an import begins with
	Mod    *modfile.File
}

// Released reports whether a release tags the module. A new folder beside the
// others is released unless it is listed as one that is not.
func (m Module) Released() bool {
	top, _, _ := strings.Cut(m.Folder, "/")
	return !slices.Contains(unreleased, top)
}

// Modules reads every module of a tree, in the order of their folders.
func Modules(root string) ([]Module, error) {
	var all []Module
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != root && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata"):
			return filepath.SkipDir
		case entry.IsDir() || entry.Name() != "go.mod":
			return nil
		}
		folder, err := filepath.Rel(root, filepath.Dir(name))
		if err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		file, err := modfile.Parse(path.Join(filepath.ToSlash(folder), "go.mod"), data, nil)
		if err != nil {
			return err
		}
		all = append(all, Module{Folder: filepath.ToSlash(folder), Path: file.Module.Mod.Path, Mod: file})
		return nil
	})
	return all, err
}

// Released returns the modules of a tree that a release tags.
func Released(root string) ([]Module, error) {
	all, err := Modules(root)
	return slices.DeleteFunc(all, func(m Module) bool { return !m.Released() }), err
}
