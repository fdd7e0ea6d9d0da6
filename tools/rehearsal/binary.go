package main

import (
	"context"
	"debug/buildinfo"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/concors/concors/tools/internal/repo"
)

// compareBare builds the router's own program beside the README's, and checks
// which packages the adapter adds to it.
func (r *rehearsal) compareBare(ctx context.Context, folder, binary string, m repo.Module, a adapter) (row, error) {
	text, err := bare.ReadFile("bare/" + m.Folder + ".go")
	if err != nil {
		return row{}, err
	}
	plain := filepath.Join(folder, "bare")
	if err := os.MkdirAll(plain, 0o755); err != nil {
		return row{}, err
	}
	runnable := strings.TrimPrefix(string(text), "//go:build ignore\n")
	if err := os.WriteFile(filepath.Join(plain, "main.go"), []byte(runnable), 0o644); err != nil {
		return row{}, err
	}
	if _, err := r.run(ctx, folder, "build", "-o", binary+".bare", "./bare"); err != nil {
		return row{}, err
	}
	with, err := r.packages(ctx, folder, ".")
	if err != nil {
		return row{}, err
	}
	without, err := r.packages(ctx, folder, "./bare")
	if err != nil {
		return row{}, err
	}
	// A program may take any package of core, and must get no more by it.
	core, err := r.packages(ctx, folder, r.prefix+repo.Core+"/...")
	if err != nil {
		return row{}, err
	}
	if found := surplus(r.prefix, m.Folder, a.uses, append(with, core...), without); len(found) > 0 {
		return row{}, fmt.Errorf("compiled in, though neither the router's program (tools/rehearsal/bare) nor core needs it: %s", strings.Join(found, ", "))
	}
	one := row{folder: m.Folder, packages: len(with) - len(without)}
	if one.with, err = size(binary); err != nil {
		return row{}, err
	}
	one.without, err = size(binary + ".bare")
	return one, err
}

// packages lists what a pattern compiles, beside the standard library and the
// program itself.
func (r *rehearsal) packages(ctx context.Context, folder, pattern string) ([]string, error) {
	const ofOthers = `{{if not (or .Standard .Module.Main)}}{{.ImportPath}}{{end}}`
	out, err := r.run(ctx, folder, "list", "-deps", "-f", ofOthers, pattern)
	return strings.Fields(out), err
}

// checkBinary reads which modules a binary was built of: ours as packed, those
// of others as the adapter's own tests compile them.
func (r *rehearsal) checkBinary(binary string, m repo.Module) error {
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return err
	}
	sums, err := os.ReadFile(filepath.Join(r.tree, m.Folder, "go.sum"))
	if err != nil && !errors.Is(err, os.ErrNotExist) { // one that requires nothing has none
		return err
	}
	var faults error
	for _, dep := range info.Deps {
		line := dep.Path + " " + dep.Version + " " + dep.Sum
		switch {
		case dep.Replace != nil:
			faults = errors.Join(faults, fmt.Errorf("the binary has %s in the place of %s", dep.Replace.Path, dep.Path))
		case strings.HasPrefix(dep.Path, r.prefix):
			if dep.Version != r.version {
				faults = errors.Join(faults, fmt.Errorf("the binary has %s %s, want %s", dep.Path, dep.Version, r.version))
			}
		case !strings.Contains("\n"+string(sums), "\n"+line+"\n"):
			faults = errors.Join(faults, fmt.Errorf("the binary has %s, go.sum does not", line))
		}
	}
	return faults
}

func size(name string) (int64, error) {
	info, err := os.Stat(name)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func printTable(out io.Writer, rows []row) {
	const mega = 1 << 20
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "\nadapter\tbare router, MiB\twith CORS, MiB\tmore, KiB\tmore packages\t\n")
	for _, one := range rows {
		fmt.Fprintf(table, "%s\t%.1f\t%.1f\t%d\t%d\t\n", one.folder,
			float64(one.without)/mega, float64(one.with)/mega, (one.with-one.without)>>10, one.packages)
	}
	_ = table.Flush()
}
