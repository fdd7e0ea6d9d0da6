package main

import (
	"net/url"
	"path"
	"strings"
)

// clicks is how far from the first page a reader finds any other.
const clicks = 2

// reach wants every page below docs within two clicks from README.md.
func (c *checker) reach() {
	if c.pages["README.md"] == nil {
		return
	}
	seen := map[string]bool{"README.md": true}
	edge := []string{"README.md"}
	for range clicks {
		var next []string
		for _, name := range edge {
			for _, to := range c.targets(c.pages[name]) {
				if !seen[to] {
					seen[to] = true
					next = append(next, to)
				}
			}
		}
		edge = next
	}
	for name := range c.pages {
		if strings.HasPrefix(name, "docs/") && !seen[name] {
			c.report.add(name, 1, "more than %d clicks from README.md: link to it from there, or from a page that it links to", clicks)
		}
	}
}

// targets are the pages that p links to.
func (c *checker) targets(p *page) []string {
	var found []string
	for _, l := range p.links {
		u, err := url.Parse(l.to)
		if err != nil || u.Scheme != "" || u.Path == "" {
			continue
		}
		if to := c.pageOf(path.Join(path.Dir(p.file), u.Path)); to != nil {
			found = append(found, to.file)
		}
	}
	return found
}
