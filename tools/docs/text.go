package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// text wants to know where a text comes from. What it says is compared by who
// checks the block that it belongs to, but for a policy of its own, a file, and
// what is shown elsewhere.
func (c *checker) text(b *block) {
	if len(b.markers) != 1 {
		c.at(b.page, b.line, "a text has exactly one comment above it that says what it is: %s", orNone(markersOf["text"]))
		return
	}
	m := b.markers[0]
	switch m.name {
	case "output":
		if b.before == nil || b.before.lang != "go" {
			c.at(b.page, m.line, "no Go program stands before this output")
		}
	case "refused":
		c.refused(b, m)
	case "shown":
		c.shown(b, m)
	case "file":
		c.stands(b, m)
	}
}

func (c *checker) refused(b *block, m marker) {
	switch {
	case m.value != "":
		if err := accept(m.value); err != nil {
			c.sameError(b, err)
		} else {
			c.at(b.page, m.line, "the policy is accepted")
		}
	case b.before == nil || b.before.lang != "json" && b.before.lang != "go":
		c.at(b.page, m.line, "no policy stands before this error")
	}
}

// shown wants a test by that name: what the text shows is its claim.
func (c *checker) shown(b *block, m marker) {
	folder, name, _ := strings.Cut(m.value, " ")
	if !strings.HasPrefix(name, "Test") && !strings.HasPrefix(name, "Example") {
		c.at(b.page, m.line, "say which test shows it: shown: FOLDER TestName")
		return
	}
	files, _ := filepath.Glob(filepath.Join(c.tree.root, filepath.FromSlash(folder), "*_test.go"))
	declared := regexp.MustCompile(`(?m)^func ` + regexp.QuoteMeta(name) + `\(`)
	for _, file := range files {
		if source, err := os.ReadFile(file); err == nil && declared.Match(source) {
			return
		}
	}
	c.at(b.page, m.line, "%s has no test %s", folder, name)
}

// stands wants the text to stand in a file of the project, as it is.
func (c *checker) stands(b *block, m marker) {
	source, err := c.tree.read(m.value)
	switch {
	case err != nil || !c.tree.files[m.value]:
		c.at(b.page, m.line, "the project has no %s", m.value)
	case !strings.Contains(string(source), b.text):
		c.at(b.page, b.line, "does not stand in %s as it is here", m.value)
	}
}
