package demo

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The page has words for each reason that core knows, and for no other.
func TestReasonsHaveWords(t *testing.T) {
	sources, err := filepath.Glob("../../../core/*.go")
	if err != nil || len(sources) == 0 {
		t.Fatal(sources, err)
	}
	var known []string
	for _, name := range sources {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\tReason\w+ +Reason = "([a-z-]+)"`).FindAllSubmatch(source, -1) {
			known = append(known, string(m[1]))
		}
	}
	words, err := files.ReadFile("page/reasons.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, reason := range known {
		if !bytes.Contains(words, []byte(`  "`+reason+`": "`)) {
			t.Errorf("the page has no words for %s", reason)
		}
	}
	if have := bytes.Count(words, []byte("\n  \"")); len(known) < 14 || have != len(known) {
		t.Errorf("core has %d reasons, the page words for %d", len(known), have)
	}
}

// Text is set as text: no script of the page parses markup or code.
func TestPageParsesNoMarkup(t *testing.T) {
	parses := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|\beval\b|new Function|srcdoc|setHTML`)
	scripts := 0
	err := fs.WalkDir(files, "page", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := files.ReadFile(path)
		if found := parses.Find(text); found != nil {
			t.Errorf("%s has %s", path, found)
		}
		if lines := bytes.Count(text, []byte("\n")); lines >= 300 {
			t.Errorf("%s has %d lines, want fewer than 300", path, lines)
		}
		if strings.HasSuffix(path, ".js") {
			scripts++
		}
		return err
	})
	if err != nil || scripts == 0 {
		t.Errorf("%d scripts, %v", scripts, err)
	}
}
