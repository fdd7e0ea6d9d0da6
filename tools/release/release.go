package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/concors/concors/tools/internal/compat"
	"github.com/concors/concors/tools/internal/repo"
)

// A release is one version of all modules.
type release struct {
	root    string
	version string
	date    string
	check   func(ctx context.Context, root string, out io.Writer) error
	out     io.Writer
}

func (r *release) run(ctx context.Context) error {
	versions, err := repo.Versions(ctx, r.root)
	if err != nil {
		return err
	}
	if err := checkVersion(r.version, versions); err != nil {
		return err
	}
	if err := r.checkTree(ctx); err != nil {
		return err
	}
	changed, err := r.edits()
	if err != nil {
		return err
	}
	report, err := compat.Since(ctx, r.root)
	if err != nil {
		return err
	}
	report.Print(r.out)
	if err := report.Allowed(r.version); err != nil {
		return err
	}
	return r.make(ctx, changed)
}

// make writes the files, checks the tree, commits and tags, or undoes it all.
func (r *release) make(ctx context.Context, changed []edit) (err error) {
	head, err := repo.Git(ctx, r.root, "rev-parse", "HEAD")
	if err != nil {
		return err
	}
	undo := &undo{root: r.root, head: strings.TrimSpace(head), files: changed}
	defer func() {
		if err != nil {
			err = errors.Join(err, undo.do())
		}
	}()
	if err := writeAll(r.root, changed); err != nil {
		return err
	}
	if err := r.check(ctx, r.root, r.out); err != nil {
		return err
	}
	if err := r.commit(ctx, undo); err != nil {
		return err
	}
	return r.tag(ctx, undo)
}

// commit holds nothing but the edits: whatever else changed during the checks
// was not checked.
func (r *release) commit(ctx context.Context, undo *undo) error {
	names := []string{}
	for _, file := range undo.files {
		names = append(names, file.name)
	}
	status, err := repo.Git(ctx, r.root, append([]string{"status", "--porcelain", "--", "."}, exclude(names)...)...)
	if err != nil {
		return err
	}
	if status != "" {
		return fmt.Errorf("other files changed during the checks:\n%s", status)
	}
	undo.committed = true
	_, err = repo.Git(ctx, r.root, append([]string{"commit", "--quiet", "-m", "Release " + r.version, "--"}, names...)...)
	return err
}

func exclude(names []string) []string {
	specs := make([]string, 0, len(names))
	for _, name := range names {
		specs = append(specs, ":(exclude,literal)"+name)
	}
	return specs
}

// tag tags every released module, and says how to push.
func (r *release) tag(ctx context.Context, undo *undo) error {
	modules, err := repo.Released(r.root)
	if err != nil {
		return err
	}
	for _, module := range modules {
		tag := module.Folder + "/" + r.version
		if _, err := repo.Git(ctx, r.root, "tag", "-a", "-m", module.Path+" "+r.version, tag); err != nil {
			return err
		}
		undo.tags = append(undo.tags, tag)
	}
	fmt.Fprintf(r.out, "\nCommitted and tagged, not pushed. Look at it with git show, then push all at once, for a module\nwhose core is not there yet cannot be got:\n\n  git push --atomic origin main %s\n", strings.Join(undo.tags, " "))
	return nil
}
