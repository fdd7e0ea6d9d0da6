package main

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// A marker is a comment directly above a block, `<!-- name: value -->`.
type marker struct {
	name, value string
	line        int
}

// markersOf says which markers a language takes.
var markersOf = map[string][]string{
	"go":   {"given", "import", "returns"},
	"json": {"not a policy"},
	"text": {"output", "refused", "shown", "file"},
	"sh":   {}, "yaml": {}, "http": {}, "mermaid": {},
}

// markersAbove reads the comments between n and what stands before it.
func (p *page) markersAbove(n ast.Node) []marker {
	var found []marker
	for at := n.PreviousSibling(); at != nil; at = at.PreviousSibling() {
		html, ok := at.(*ast.HTMLBlock)
		if !ok {
			break
		}
		raw := html.Lines().Value(p.source)
		if html.HasClosure() {
			raw = append(raw, html.ClosureLine.Value(p.source)...)
		}
		text := strings.TrimSpace(string(raw))
		inner, isComment := strings.CutPrefix(text, "<!--")
		inner, isWhole := strings.CutSuffix(inner, "-->")
		if !isComment || !isWhole {
			break
		}
		name, value, _ := strings.Cut(inner, ":")
		found = append(found, marker{strings.TrimSpace(name), strings.TrimSpace(value), p.lineOf(html)})
	}
	slices.Reverse(found)
	return found
}

// marker returns the first marker of that name.
func (b *block) marker(name string) (marker, bool) {
	for _, m := range b.markers {
		if m.name == name {
			return m, true
		}
	}
	return marker{}, false
}

// checkMarkers wants each marker to be one that the language takes.
func (c *checker) checkMarkers(b *block) {
	known := markersOf[b.lang]
	for _, m := range b.markers {
		if !slices.Contains(known, m.name) {
			c.at(b.page, m.line, "%q is no marker of a %s block: it takes %s", m.name, b.lang, orNone(known))
		}
	}
}

func orNone(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
