package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
)

// A workspace is a go.work file beside the project's own, with one module more,
// in which the snippets are packages: they can import whatever its modules can.
// It stays where it is, below .build, so that the next run finds what this one
// has compiled.
type workspace struct {
	ctx      context.Context
	root     string // of the project
	folder   string
	snippets []*snippet
}

// home returns the folder of the go.work that a page belongs to, or that of its
// module if the project's go.work leaves it out.
func (t *tree) home(page string) (string, error) {
	project, err := t.use(".")
	if err != nil {
		return "", err
	}
	for folder := path.Dir(page); folder != "."; folder = path.Dir(folder) {
		if !t.files[path.Join(folder, "go.mod")] {
			continue
		}
		if slices.Contains(project.modules, filepath.Join(t.root, folder)) {
			return ".", nil
		}
		return folder, nil
	}
	return ".", nil
}

// A use is what a folder's go.work says, or would say of the folder's module if
// there is none, with absolute paths.
type use struct {
	modules, replaces []string // as lines of a go.work
	version           string   // of Go
}

func (t *tree) use(folder string) (use, error) {
	dir := filepath.Join(t.root, filepath.FromSlash(folder))
	data, err := os.ReadFile(filepath.Join(dir, "go.work"))
	if errors.Is(err, os.ErrNotExist) {
		version, err := t.version(folder)
		return use{modules: []string{dir}, version: version}, err
	}
	if err != nil {
		return use{}, err
	}
	work, err := modfile.ParseWork("go.work", data, nil)
	if err != nil {
		return use{}, err
	}
	absolute := func(path string) string {
		if filepath.IsAbs(path) {
			return filepath.Clean(path)
		}
		return filepath.Join(dir, filepath.FromSlash(path))
	}
	u := use{version: work.Go.Version}
	for _, module := range work.Use {
		u.modules = append(u.modules, absolute(module.Path))
	}
	for _, r := range work.Replace {
		if modfile.IsDirectoryPath(r.New.Path) {
			r.New.Path = absolute(r.New.Path)
		}
		u.replaces = append(u.replaces, fmt.Sprintf("%s %s => %s %s", r.Old.Path, r.Old.Version, modfile.AutoQuote(r.New.Path), r.New.Version))
	}
	return u, nil
}

// version is that of Go which a folder's module asks for.
func (t *tree) version(folder string) (string, error) {
	data, err := t.read(path.Join(folder, "go.mod"))
	if err != nil {
		return "", err
	}
	mod, err := modfile.ParseLax("go.mod", data, nil)
	if err != nil || mod.Go == nil {
		return "", fmt.Errorf("%s/go.mod names no version of Go: %w", folder, err)
	}
	return mod.Go.Version, nil
}

// newWorkspace writes go.work and the module of the snippets.
func newWorkspace(ctx context.Context, t *tree, folder string) (*workspace, error) {
	u, err := t.use(folder)
	if err != nil {
		return nil, err
	}
	name := strings.ReplaceAll(path.Join("root", folder), "/", "_")
	w := &workspace{ctx: ctx, root: t.root, folder: filepath.Join(t.root, ".build", "docs", name)}
	if err := os.RemoveAll(filepath.Join(w.folder, "snippets")); err != nil {
		return nil, err
	}
	work := "go " + u.version + "\n\nuse ./snippets\n"
	for _, module := range u.modules {
		work += "use " + modfile.AutoQuote(module) + "\n"
	}
	for _, replace := range u.replaces {
		work += "replace " + replace + "\n"
	}
	sums, err := os.ReadFile(filepath.Join(t.root, filepath.FromSlash(folder), "go.work.sum"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	return w, errors.Join(
		w.write("go.work", work),
		w.write("go.work.sum", string(sums)),
		w.write("snippets/go.mod", "module snippets\n\ngo "+u.version+"\n"),
	)
}

func (w *workspace) write(name, text string) error {
	file := filepath.Join(w.folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o644)
}

// golang runs the go command in the module of the snippets and returns all that
// it writes.
func (w *workspace) golang(args ...string) (string, error) {
	out, err := w.command(args...).CombinedOutput()
	return string(out), err
}

// list runs go list, whose answers stand alone on standard output.
func (w *workspace) list(format string, args ...string) ([]string, error) {
	cmd := w.command(append([]string{"list", "-e", "-f", format}, args...)...)
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w: %s", err, said.String())
	}
	return strings.Split(string(out), "\n"), nil
}

func (w *workspace) command(args ...string) *exec.Cmd {
	cmd := exec.CommandContext(w.ctx, "go", args...)
	cmd.Dir = filepath.Join(w.folder, "snippets")
	cmd.Env = append(os.Environ(), "GOWORK="+filepath.Join(w.folder, "go.work"))
	return cmd
}

// index lists what fragments may name: all of the standard library, of the
// workspace, and what the workspace imports.
func (w *workspace) index() (*index, error) {
	x := &index{byName: map[string][]string{}, byPath: map[string]string{}}
	if err := w.addListed(x, "std"); err != nil {
		return nil, err
	}
	const ours = `{{.Name}} {{.ImportPath}} {{join .Imports " "}} {{join .TestImports " "}} {{join .XTestImports " "}}`
	rows, err := w.list(ours, "work")
	if err != nil {
		return nil, err
	}
	imported := map[string]bool{}
	for _, row := range rows {
		words := strings.Fields(row)
		if len(words) < 2 || words[1] == "snippets" {
			continue
		}
		x.addUsable(words[0], words[1])
		for _, path := range words[2:] {
			imported[path] = strings.Contains(path, ".") && x.byPath[path] == ""
		}
	}
	return x, w.addOthers(x, imported)
}

// addOthers adds the packages that the workspace imports.
func (w *workspace) addOthers(x *index, imported map[string]bool) error {
	var paths []string
	for _, path := range sortedKeys(imported) {
		if imported[path] {
			paths = append(paths, path)
		}
	}
	if len(paths) == 0 {
		return nil
	}
	return w.addListed(x, paths...)
}

func (w *workspace) addListed(x *index, paths ...string) error {
	rows, err := w.list("{{.Name}} {{.ImportPath}}", paths...)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if name, path, ok := strings.Cut(row, " "); ok {
			x.addUsable(name, path)
		}
	}
	return nil
}

var hidden = regexp.MustCompile(`(?:^|/)(?:internal|vendor)(?:/|$)`)

func (x *index) addUsable(name, path string) {
	if !hidden.MatchString(path) {
		x.add(name, path)
	}
}
