package beside_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	title   = regexp.MustCompile(`(?m)^### \[.+\]\(beside/(\w+)\)$`)
	snippet = regexp.MustCompile("(?s)```go\n(.*?)```")
)

// TestSnippetsAreTheCode checks that each folder has a section in the README,
// whose snippets stand in the folder's code as they are.
func TestSnippetsAreTheCode(t *testing.T) {
	data, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(data), "\n## Beside CORS\n")
	text, _, _ = strings.Cut(text, "\n## ")
	sections := map[string]string{}
	starts := title.FindAllStringSubmatchIndex(text, -1)
	for i, at := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		sections[text[at[2]:at[3]]] = text[at[1]:end]
	}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !entry.IsDir() {
			continue
		}
		folder := entry.Name()
		found := snippet.FindAllStringSubmatch(sections[folder], -1)
		if len(found) == 0 {
			t.Errorf("%s: no section of the README with a snippet", folder)
		}
		code := source(t, folder)
		for _, s := range found {
			if !strings.Contains(code, s[1]) {
				t.Errorf("%s: not in the code as it is:\n%s", folder, s[1])
			}
		}
	}
}

// source is the code of a folder, without its tests.
func source(t *testing.T, folder string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		code.Write(data)
	}
	return code.String()
}
