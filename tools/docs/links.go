package main

import (
	"bytes"
	_ "embed"
	"net"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

//go:embed hosts.txt
var hostList string

// hosts are those that pages may link to. A link elsewhere is a line there
// first, which a reviewer sees.
var hosts = slices.DeleteFunc(strings.Fields(regexp.MustCompile(`(?m)#.*$`).ReplaceAllString(hostList, "")),
	func(s string) bool { return s == "" })

// links follows what a page links to. No other host is asked: whether it
// answers is not for a build to depend on.
func (c *checker) links(p *page) {
	for _, l := range p.links {
		u, err := url.Parse(l.to)
		switch {
		case err != nil:
			c.at(p, l.line, "link %q: %v", l.to, err)
		case u.Scheme != "" || u.Host != "":
			c.outside(p, l, u)
		default:
			c.inside(p, l, u)
		}
	}
}

func (c *checker) outside(p *page, l link, u *url.URL) {
	host := u.Hostname()
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() || isExample(host) {
		return
	}
	switch {
	case u.Scheme != "https":
		c.at(p, l.line, "link %q: write https", l.to)
	case !slices.Contains(hosts, host):
		c.at(p, l.line, "link %q: tools/docs/hosts.txt does not name %s", l.to, host)
	}
}

// isExample knows the names that are nobody's (RFC 2606, section 2 and 3).
func isExample(host string) bool {
	for _, name := range []string{"example.com", "example.org", "example.net", "example", "test"} {
		if host == name || strings.HasSuffix(host, "."+name) {
			return true
		}
	}
	return false
}

func (c *checker) inside(p *page, l link, u *url.URL) {
	if strings.HasPrefix(u.Path, "/") {
		c.at(p, l.line, "link %q: write it relative to the page", l.to)
		return
	}
	file := p.file
	if u.Path != "" {
		file = path.Join(path.Dir(p.file), u.Path)
	}
	if !c.tree.files[file] && !c.tree.folders[file] {
		c.at(p, l.line, "link %q: the project has no %s", l.to, file)
		return
	}
	if u.Fragment != "" && !c.hasAnchor(file, u.Fragment) {
		c.at(p, l.line, "link %q: %s has no #%s", l.to, file, u.Fragment)
	}
}

var lines = regexp.MustCompile(`^L(\d+)(?:-L(\d+))?$`)

// hasAnchor looks for a heading in a page, a folder's README being the
// folder's page, or for a line in another file.
func (c *checker) hasAnchor(file, anchor string) bool {
	if p := c.pageOf(file); p != nil {
		return p.anchors[anchor]
	}
	found := lines.FindStringSubmatch(anchor)
	source, err := c.tree.read(file)
	if found == nil || err != nil {
		return false
	}
	last, err := strconv.Atoi(found[len(found)-1])
	if err != nil {
		last, _ = strconv.Atoi(found[1])
	}
	return last <= bytes.Count(source, []byte("\n"))
}

// pageOf returns the page that a reader sees at a file or folder.
func (c *checker) pageOf(name string) *page {
	if c.tree.folders[name] {
		name = path.Join(name, "README.md")
	}
	return c.pages[name]
}
