package main

import (
	"context"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// A checker gathers what is wrong, and what must be built to know.
type checker struct {
	ctx    context.Context
	tree   *tree
	pages  map[string]*page
	report *report
	schema *jsonschema.Schema // of policy files; nil if the project has none

	snippets []*snippet
	runs     []*goRun
}

func (c *checker) at(p *page, line int, format string, args ...any) {
	c.report.add(p.file, line, format, args...)
}

// blocks hands each block of a page to who knows its language. Nothing is
// exempt: a language that nobody here knows is a fault.
func (c *checker) blocks(p *page) {
	for i, b := range p.blocks {
		var next *block
		if i+1 < len(p.blocks) {
			next = p.blocks[i+1]
		}
		if b.lang != "" && markersOf[b.lang] != nil {
			c.checkMarkers(b)
		}
		switch b.lang {
		case "go":
			c.addSnippet(b, next)
		case "json":
			c.json(b, next)
		case "text":
			c.text(b)
		case "sh":
			c.shell(b)
		case "yaml":
			c.yaml(b)
		case "http":
			c.http(b)
		case "mermaid":
			c.mermaid(b)
		case "":
			c.at(p, b.line, "the block has no language: it is one of %s", languages())
		default:
			c.at(p, b.line, "nothing here can check %s: a block is one of %s", b.lang, languages())
		}
	}
}

func languages() string {
	return strings.Join(sortedKeys(markersOf), ", ")
}

// follows returns the text of the next block, if it has that marker.
func follows(next *block, name string) (string, bool) {
	if next == nil || next.lang != "text" {
		return "", false
	}
	_, ok := next.marker(name)
	return next.text, ok
}
