package main

import (
	"bytes"
	"sort"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// A page is what the checks need to know of a Markdown file.
type page struct {
	file    string
	source  []byte
	starts  []int // where each line begins
	blocks  []*block
	anchors map[string]bool
	links   []link
	faults  []fault
}

// A block is a fenced code block.
type block struct {
	page    *page
	line    int // of the fence
	first   int // line of the first line of text
	lang    string
	text    string
	markers []marker
	before  *block // the one before it in the page, if any
}

// A link leads from a line of a page to somewhere.
type link struct {
	to   string
	line int
}

var markdown = goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()

func parsePage(file string, source []byte) *page {
	p := &page{file: file, source: source, starts: []int{0}, anchors: map[string]bool{}}
	for i, c := range source {
		if c == '\n' {
			p.starts = append(p.starts, i+1)
		}
	}
	s := slugger{}
	doc := markdown.Parse(text.NewReader(source))
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			p.visit(n, s)
		}
		return ast.WalkContinue, nil
	})
	return p
}

func (p *page) visit(n ast.Node, s slugger) {
	switch n := n.(type) {
	case *ast.Heading:
		p.anchors[s.slug(plainText(n, p.source))] = true
	case *ast.FencedCodeBlock:
		p.addBlock(n)
	case *ast.CodeBlock:
		p.fault(p.lineOf(n), "an indented block has no language: fence it with ``` and a language")
	case *ast.Link:
		p.links = append(p.links, link{string(n.Destination), p.lineOf(n)})
	case *ast.Image:
		p.links = append(p.links, link{string(n.Destination), p.lineOf(n)})
	case *ast.AutoLink:
		if n.AutoLinkType == ast.AutoLinkURL {
			p.links = append(p.links, link{string(n.URL(p.source)), p.lineOf(n)})
		}
	case *ast.RawHTML:
		p.html(n.Segments.Value(p.source), n.Segments.At(0).Start)
	case *ast.HTMLBlock:
		p.htmlBlock(n)
	case *ast.Paragraph, *ast.TextBlock:
		p.openReferences(n)
	}
}

func (p *page) addBlock(n *ast.FencedCodeBlock) {
	b := &block{page: p, line: p.lineOf(n), lang: string(n.Language(p.source)), markers: p.markersAbove(n)}
	b.first = b.line + 1
	b.text = string(n.Lines().Value(p.source))
	if len(p.blocks) > 0 {
		b.before = p.blocks[len(p.blocks)-1]
	}
	p.blocks = append(p.blocks, b)
}

// htmlBlock reads links and anchors. A fence in there is shown as it stands,
// since Markdown does not begin again before an empty line.
func (p *page) htmlBlock(n *ast.HTMLBlock) {
	raw := n.Lines().Value(p.source)
	if n.HasClosure() {
		raw = append(raw, n.ClosureLine.Value(p.source)...)
	}
	at := p.lineOf(n)
	p.html(raw, p.starts[at-1])
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("<!--")) {
		return
	}
	for _, mark := range []string{"```", "~~~", "<pre"} {
		if i := bytes.Index(raw, []byte(mark)); i >= 0 {
			p.fault(at+bytes.Count(raw[:i], []byte("\n")), mark+" inside HTML is no block: fence it, and leave a line empty above")
		}
	}
}

func (p *page) fault(line int, text string) {
	p.faults = append(p.faults, fault{p.file, line, text})
}

// line returns the number of the line that an offset is in.
func (p *page) line(offset int) int {
	return sort.SearchInts(p.starts, offset+1)
}

func (p *page) lineOf(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		if n.Pos() >= 0 {
			return p.line(n.Pos())
		}
	}
	return 1
}

// plainText is what a reader sees of n.
func plainText(n ast.Node, source []byte) string {
	var seen strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			seen.Write(n.Value(source))
		case *ast.String:
			seen.Write(n.Value)
		case *ast.AutoLink:
			seen.Write(n.Label(source))
		}
		return ast.WalkContinue, nil
	})
	return seen.String()
}
