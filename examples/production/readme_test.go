// Package production_test holds the READMEs to the code.
package production_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	block = regexp.MustCompile("(?s)```(?:go)?\n(.*?)\n```")
	link  = regexp.MustCompile(`\]\(([^)#:]*)(?:#([^)]*))?\)`)
	title = regexp.MustCompile(`(?m)^##+ (.+)$`)
)

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// inProduction is the section of the root's README that is about this module.
func inProduction(t *testing.T) string {
	t.Helper()
	_, text, found := strings.Cut(read(t, "../../README.md"), "\n## In production\n")
	if !found {
		t.Fatal("the section is gone")
	}
	text, _, _ = strings.Cut(text, "\n## ")
	return text
}

// TestSnippetIsTheExample holds that what the section shows, and what that
// prints, is an example that runs.
func TestSnippetIsTheExample(t *testing.T) {
	example := plain(read(t, "explain/example_test.go"))
	found := block.FindAllStringSubmatch(inProduction(t), -1)
	if len(found) != 2 {
		t.Fatalf("%d blocks, want the snippet and what it prints", len(found))
	}
	for _, b := range found {
		if !strings.Contains(example, plain(b[1])) {
			t.Errorf("not in the example as it is:\n%s", b[1])
		}
	}
}

// plain takes away what indents a line, and makes it a comment.
func plain(text string) string {
	return regexp.MustCompile(`(?m)^(\s|//)+`).ReplaceAllString(text, "")
}

// TestLinksLead holds that the files and titles exist to which the section and
// the README of this module link.
func TestLinksLead(t *testing.T) {
	for base, text := range map[string]string{"../..": inProduction(t), ".": read(t, "README.md")} {
		for _, l := range link.FindAllStringSubmatch(text, -1) {
			file, anchor := filepath.Join(base, l[1]), l[2]
			if _, err := os.Stat(file); err != nil {
				t.Error(err)
			} else if anchor != "" && !hasTitle(read(t, file), anchor) {
				t.Errorf("%s has no title for #%s", file, anchor)
			}
		}
	}
}

func hasTitle(text, anchor string) bool {
	for _, found := range title.FindAllStringSubmatch(text, -1) {
		if strings.ReplaceAll(strings.ToLower(found[1]), " ", "-") == anchor {
			return true
		}
	}
	return false
}
