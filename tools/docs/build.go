package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// build compiles all snippets, each workspace at once, and runs what runs.
func (c *checker) build() error {
	homes := map[string][]*snippet{}
	for _, s := range c.snippets {
		home, err := c.tree.home(s.block.page.file)
		if err != nil {
			return err
		}
		homes[home] = append(homes[home], s)
	}
	for _, home := range sortedKeys(homes) {
		w, err := newWorkspace(c.ctx, c.tree, home)
		if err != nil {
			return err
		}
		w.snippets = homes[home]
		if err := c.buildIn(w); err != nil {
			return err
		}
	}
	return c.tryCommands()
}

func (c *checker) buildIn(w *workspace) error {
	packages, err := w.index()
	if err != nil {
		return err
	}
	for _, s := range w.snippets {
		if err := c.writeSnippet(w, packages, s); err != nil {
			return err
		}
	}
	if err := c.compile(w); err != nil {
		return err
	}
	if err := c.policies(w, packages); err != nil {
		return err
	}
	c.runTests(w)
	return c.runPrograms(w)
}

// compile builds and vets all snippets. One that imports what is not there
// keeps the go command from building the rest, so what is broken goes, and the
// rest is tried again.
func (c *checker) compile(w *workspace) error {
	for {
		out, err := w.golang("build", "-o", os.DevNull, "./...")
		if err == nil {
			break
		}
		if !c.compiled(w, out) {
			return fmt.Errorf("go build: %w: %s", err, out)
		}
		if err := w.removeBroken(); err != nil {
			return err
		}
	}
	if !slices.ContainsFunc(w.snippets, func(s *snippet) bool { return !s.broken }) {
		return nil // the go command would call nothing to do a fault of its own
	}
	// A fragment that ends with a return has lines of ours behind it.
	out, err := w.golang("vet", "-unreachable=false", "./...")
	if err != nil && !c.compiled(w, out) {
		return fmt.Errorf("go vet: %w: %s", err, out)
	}
	return nil
}

func (w *workspace) removeBroken() error {
	for _, s := range w.snippets {
		if s.broken {
			if err := os.RemoveAll(filepath.Join(w.folder, "snippets", s.name)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *checker) writeSnippet(w *workspace, packages *index, s *snippet) error {
	source := s.assemble(c.tree.root)
	if s.kind != wholeFile {
		complete, names, err := packages.complete(source)
		s.packages = names
		if err != nil {
			s.broken = true
			c.at(s.block.page, s.block.line, "%v", err)
			return nil
		}
		source = complete
	} else {
		_, s.packages, _ = packages.complete(source)
	}
	folder := "snippets/" + s.name + "/"
	if len(s.ports) > 0 && s.program {
		if err := w.write(folder+"address.go", addressFile); err != nil {
			return err
		}
	}
	name := "snippet.go"
	if s.test {
		name = "snippet_test.go"
	}
	return w.write(folder+name, source)
}

var (
	position  = regexp.MustCompile(`^(?:vet: )?(.+?):(\d+)(?::\d+)?: (.*)$`)
	undefined = regexp.MustCompile(`^undefined: (\w+)$`)
)

// compiled turns what the go command says into faults of pages, and says whether
// it found a snippet that was not known to be broken.
func (c *checker) compiled(w *workspace, out string) bool {
	news := false
	for row := range strings.Lines(out) {
		row = strings.TrimRight(row, "\n")
		found := position.FindStringSubmatch(row)
		if found == nil {
			continue
		}
		file := found[1]
		if !filepath.IsAbs(file) {
			file = filepath.Join(w.folder, "snippets", file)
		}
		page, err := filepath.Rel(c.tree.root, file)
		if err != nil {
			page = file
		}
		page = filepath.ToSlash(page)
		line, _ := strconv.Atoi(found[2])
		text := found[3]
		if m := undefined.FindStringSubmatch(text); m != nil {
			text += ": declare it above the block, <!-- given: " + m[1] + " TYPE -->, or import its package"
		}
		c.report.add(page, line, "%s", text)
		news = w.breaks(page, line) || news
	}
	return news
}

// breaks marks the snippet at a line as one that cannot run, and says whether it
// was not marked before.
func (w *workspace) breaks(page string, line int) bool {
	var last *snippet
	for _, s := range w.snippets {
		first := s.block.line
		if len(s.block.markers) > 0 {
			first = s.block.markers[0].line
		}
		if s.block.page.file == page && first <= line {
			last = s
		}
	}
	if last == nil || last.broken {
		return false
	}
	last.broken = true
	return true
}
