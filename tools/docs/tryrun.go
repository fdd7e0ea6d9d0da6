package main

import (
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

// A goRun is a program that a page runs with `go run`.
type goRun struct {
	page   *page
	line   int
	folder string
	args   []string
}

// tryCommands builds each program that pages run, and asks it for its help
// behind the flags that they give it: one that it lacks is an error then.
func (c *checker) tryCommands() error {
	built := map[string]string{}
	for _, r := range c.runs {
		said, done := built[r.folder]
		program := filepath.Join(c.tree.root, ".build", "docs", "commands", strings.ReplaceAll(r.folder, "/", "_"))
		if !done {
			out, err := c.buildCommand(r.folder, program)
			if err != nil {
				said = "does not build: " + indented(out)
			}
			built[r.folder] = said
		}
		if said != "" {
			c.at(r.page, r.line, "%s", said)
			continue
		}
		_, text, _ := runToEnd(c.ctx, program, nil, append(r.args, "-h")...)
		for row := range strings.Lines(string(text)) {
			if strings.Contains(row, "flag provided but not defined") || strings.Contains(row, "invalid value") {
				c.at(r.page, r.line, "%s: %s", r.folder, strings.TrimSpace(row))
			}
		}
	}
	return nil
}

func (c *checker) buildCommand(folder, program string) (string, error) {
	home, err := c.tree.home(path.Join(folder, "main.go"))
	if err != nil {
		return err.Error(), err
	}
	cmd := exec.CommandContext(c.ctx, "go", "build", "-o", program, ".")
	cmd.Dir = filepath.Join(c.tree.root, filepath.FromSlash(folder))
	work := filepath.Join(c.tree.root, filepath.FromSlash(home), "go.work")
	if _, err := os.Stat(work); err != nil {
		work = "off"
	}
	cmd.Env = append(os.Environ(), "GOWORK="+work)
	out, err := cmd.CombinedOutput()
	return string(out), err
}
