// Docs checks the project's Markdown: every snippet is built, run or parsed by
// what knows its language, and every link leads somewhere. README.md has the
// conventions.
//
//	cd tools && GOWORK=off go run ./docs [-C FOLDER] [PAGE.md ...]
//
// With pages named, only their faults are looked for.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
)

func main() {
	folder := flag.String("C", "..", "the root of the project")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	faults, pages, err := check(ctx, *folder, flag.Args())
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "docs:", err)
		os.Exit(2)
	}
	for _, f := range faults {
		fmt.Println(f)
	}
	if len(faults) > 0 {
		fmt.Fprintf(os.Stderr, "docs: %d faults\n", len(faults))
		os.Exit(1)
	}
	fmt.Printf("docs: %d pages are well\n", pages)
}

// check looks at the pages below root, or only at those named, and returns all
// faults in order. The error says that it could not look.
func check(ctx context.Context, root string, only []string) ([]fault, int, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, 0, err
	}
	t, err := openTree(ctx, root)
	if err != nil {
		return nil, 0, err
	}
	pages := t.pages()
	c := &checker{ctx: ctx, tree: t, report: &report{}, pages: pages}
	if c.schema, err = openSchema(t); err != nil {
		return nil, 0, err
	}
	chosen, err := choose(pages, only)
	if err != nil {
		return nil, 0, err
	}
	for _, p := range chosen {
		c.report.faults = append(c.report.faults, p.faults...)
		c.links(p)
		c.blocks(p)
	}
	if len(only) == 0 {
		c.reach()
	}
	if err := c.build(); err != nil {
		return nil, 0, err
	}
	return c.report.sorted(), len(chosen), nil
}

// choose returns the pages named, or all.
func choose(pages map[string]*page, only []string) ([]*page, error) {
	var chosen []*page
	for _, name := range only {
		p := pages[filepath.ToSlash(filepath.Clean(name))]
		if p == nil {
			return nil, fmt.Errorf("%s: no page of the project", name)
		}
		chosen = append(chosen, p)
	}
	if len(only) > 0 {
		return chosen, nil
	}
	for _, name := range sortedKeys(pages) {
		chosen = append(chosen, pages[name])
	}
	return chosen, nil
}
