//go:build e2e

package e2e

import (
	"context"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// What docs/troubleshooting.md quotes is what browsers say: each complaint of
// each browser is under the heading that is named with the mishap, and nothing
// is quoted that no browser says. Quotes are the part that versions share.
func TestConsoleMessages(t *testing.T) {
	page, err := os.ReadFile("../../docs/troubleshooting.md")
	if err != nil {
		t.Fatal(err)
	}
	for name, visit := range map[string]func(*testing.T, *front, *console){
		"Chromium": visitWithChromium,
		"Firefox":  visitWithFirefox,
		"Safari":   visitWithWebKit,
	} {
		t.Run(name, func(t *testing.T) {
			c := newConsole(name, quotes(t, string(page), name))
			visit(t, newFaultySite(t), c)
			c.judge(t)
		})
	}
}

// console collects what a browser's console shows, and compares it with what the
// page quotes.
type console struct {
	browser string
	quoted  map[string][]string // by heading

	mu      sync.Mutex
	lines   []string
	changed chan struct{} // closed, and replaced, at each line
}

func newConsole(browser string, quoted map[string][]string) *console {
	return &console{browser: browser, quoted: quoted, changed: make(chan struct{})}
}

// queries are those of URLs, which differ from mishap to mishap. The page quotes
// URLs without.
var queries = regexp.MustCompile(`\?[^\s'’”]*[^\s'’”.]`)

func (c *console) hear(line string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lines = append(c.lines, queries.ReplaceAllString(line, ""))
	close(c.changed)
	c.changed = make(chan struct{})
}

// await waits for the complaints of a page.
func (c *console) await(t *testing.T, page string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for _, m := range mishaps {
		if m.page != page || strings.Contains(m.silent, c.browser) {
			continue
		}
		if len(c.quoted[m.heading]) == 0 {
			t.Errorf("under %q the page quotes nothing of %s", m.heading, c.browser)
		}
		for _, quote := range c.quoted[m.heading] {
			if !c.comes(ctx, quote) {
				t.Errorf("under %q the page quotes what %s does not say: %s", m.heading, c.browser, quote)
			}
		}
	}
}

// comes reports whether a line holds a quote before the context ends.
func (c *console) comes(ctx context.Context, quote string) bool {
	for {
		c.mu.Lock()
		here := slices.ContainsFunc(c.lines, func(line string) bool { return strings.Contains(line, quote) })
		changed := c.changed
		c.mu.Unlock()
		if here {
			return true
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return false
		}
	}
}

// ofCORS is what a line has that complains of CORS, and not of a missing icon or
// of whatever else a version of a browser likes to tell.
var ofCORS = regexp.MustCompile(`(?i)cors|cross.origin|access.control|preflight|unsafe header`)

// judge looks for complaints that the page does not quote, and for quotes that
// are under no mishap's heading.
func (c *console) judge(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if !c.comes(ctx, outcomeMark+authorizationPasses) {
		t.Errorf("%s does not let Authorization pass under a wildcard", c.browser)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []string
	for _, quotes := range c.quoted {
		all = append(all, quotes...)
	}
	for _, quote := range all {
		if !slices.ContainsFunc(c.lines, func(line string) bool { return strings.Contains(line, quote) }) {
			t.Errorf("the page quotes what %s does not say: %s", c.browser, quote)
		}
	}
	// The beginning that many complaints share is a quote, but of none of them.
	all = slices.DeleteFunc(all, func(quote string) bool { return strings.HasSuffix(quote, ":") })
	for _, line := range c.lines {
		if ofCORS.MatchString(line) && !slices.ContainsFunc(all, func(quote string) bool { return strings.Contains(line, quote) }) {
			t.Errorf("%s says what the page does not quote: %s", c.browser, line)
		}
	}
}

// pages are those at which something happens of which the browser complains.
func (c *console) pages() (paths []string) {
	for _, m := range mishaps {
		if !strings.Contains(m.silent, c.browser) && !slices.Contains(paths, m.page) {
			paths = append(paths, m.page)
		}
	}
	return paths
}
