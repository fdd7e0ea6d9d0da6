package main

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
)

// html reads the links and anchors of HTML that begins at an offset.
func (p *page) html(raw []byte, offset int) {
	z := html.NewTokenizer(bytes.NewReader(raw))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		line := p.line(offset)
		offset += len(z.Raw())
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		for _, a := range z.Token().Attr {
			switch a.Key {
			case "href", "src":
				p.links = append(p.links, link{a.Val, line})
			case "srcset":
				p.links = append(p.links, link{strings.Fields(a.Val + " ")[0], line})
			case "id", "name":
				p.anchors[a.Val] = true
			}
		}
	}
}

var reference = regexp.MustCompile(`\[[^\[\]]+\]\[[^\[\]]*\]`)

// openReferences finds `[text][name]` that nothing defines: it is left as text.
func (p *page) openReferences(n ast.Node) {
	var seen strings.Builder
	at := 0
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if text, ok := child.(*ast.Text); ok {
			if seen.Len() == 0 {
				at = text.Segment.Start
			}
			seen.Write(text.Value(p.source))
			if text.SoftLineBreak() {
				seen.WriteByte('\n')
			}
			continue
		}
		seen.WriteString("\x00")
	}
	for _, found := range reference.FindAllStringIndex(seen.String(), -1) {
		line := p.line(at) + strings.Count(seen.String()[:found[0]], "\n")
		p.fault(line, "nothing defines the reference "+seen.String()[found[0]:found[1]])
	}
}
