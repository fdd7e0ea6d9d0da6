package examples

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// Whoever finds a reason in a log finds it in the pages that explain them.
func TestPagesNameEveryReason(t *testing.T) {
	source, err := os.ReadFile("../core/reason.go")
	if err != nil {
		t.Fatal(err)
	}
	reasons := regexp.MustCompile(`Reason += "([a-z-]+)"`).FindAllStringSubmatch(string(source), -1)
	if len(reasons) < 14 {
		t.Fatalf("%d reasons are in the source, want all", len(reasons))
	}
	for _, page := range []string{"../docs/troubleshooting.md", "../docs/operators.md"} {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, reason := range reasons {
			if !strings.Contains(string(text), "| `"+reason[1]+"`") {
				t.Errorf("%s has no row for %s", page, reason[1])
			}
		}
	}
}
