package main

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

// A tree is the project's files, by their path from the root with slashes.
type tree struct {
	root    string
	files   map[string]bool
	folders map[string]bool
}

// openTree lists what git would keep: what it tracks, and new files that it
// does not ignore. Without git, as in an unpacked archive, that is all but
// hidden folders.
func openTree(ctx context.Context, root string) (*tree, error) {
	t := &tree{root: root, files: map[string]bool{}, folders: map[string]bool{".": true}}
	if _, err := os.Stat(filepath.Join(root, ".git")); err != nil {
		return t, t.walk()
	}
	git := exec.CommandContext(ctx, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	git.Dir = root
	out, err := git.Output()
	if err != nil {
		return nil, err
	}
	for name := range strings.SplitSeq(string(out), "\x00") {
		if _, err := os.Lstat(filepath.Join(root, name)); name != "" && err == nil {
			t.add(name)
		}
	}
	return t, nil
}

func (t *tree) walk() error {
	return fs.WalkDir(os.DirFS(t.root), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && strings.HasPrefix(name, ".") && name != "." && name != ".github":
			return fs.SkipDir
		case !entry.IsDir():
			t.add(name)
		}
		return nil
	})
}

func (t *tree) add(name string) {
	t.files[name] = true
	for dir := path.Dir(name); !t.folders[dir]; dir = path.Dir(dir) {
		t.folders[dir] = true
	}
}

func (t *tree) read(name string) ([]byte, error) {
	return os.ReadFile(filepath.Join(t.root, filepath.FromSlash(name)))
}

// pages parses every Markdown file.
func (t *tree) pages() map[string]*page {
	pages := map[string]*page{}
	for name := range t.files {
		if path.Ext(name) != ".md" {
			continue
		}
		if source, err := t.read(name); err == nil {
			pages[name] = parsePage(name, source)
		}
	}
	return pages
}
