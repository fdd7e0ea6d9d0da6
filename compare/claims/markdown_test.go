package claims

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const pagesFolder = "../../docs/migrate"

func readPage(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(pagesFolder, name+".md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// section is what stands under a heading of the second level.
func section(t *testing.T, page, heading string) string {
	t.Helper()
	_, text, ok := strings.Cut(page, "\n## "+heading+"\n")
	if !ok {
		t.Fatalf("no section %q", heading)
	}
	text, _, _ = strings.Cut(text, "\n## ")
	return text
}

// rows are the rows of the tables of a text, without their heads.
func rows(text string) []string {
	var out []string
	inTable := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case !strings.HasPrefix(line, "|"):
			inTable = false
		case strings.HasPrefix(line, "| ---"):
			inTable = true
		case inTable:
			out = append(out, line)
		}
	}
	return out
}

var claimMark = regexp.MustCompile(`<!-- claim: ([a-z0-9, -]+?) -->`)

// marks are the claims that a text names.
func marks(text string) []string {
	var out []string
	for _, m := range claimMark.FindAllStringSubmatch(text, -1) {
		out = append(out, strings.Split(m[1], ", ")...)
	}
	return out
}

var refusal = regexp.MustCompile("(?s)```json\n([^`]*)```\n+<!-- refused -->\n```text\n([^`]*)```")

// refusals are the policies of a page that are refused, and the message that
// the page prints under each.
func refusals(page string) [][2]string {
	var out [][2]string
	for _, m := range refusal.FindAllStringSubmatch(page, -1) {
		out = append(out, [2]string{m[1], m[2]})
	}
	return out
}
