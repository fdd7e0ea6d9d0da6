package traps

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestParseReadme(t *testing.T) {
	r := ParseReadme("# x\n\n| a | b |\n| --- | --- |\n| c | d |\n\n## Order\n\nA logger\ncomes first.\n\n## Traps\n\n" +
		"| Trap | Remedy |\n| --- | --- |\n| `Use` after a route | first |\n| two  blanks | one |\n\n## More\n\n| x | y |\n| --- | --- |\n| z | z |\n")
	if want := []string{"Order", "Traps", "More"}; !reflect.DeepEqual(r.Sections, want) {
		t.Errorf("sections %q, want %q", r.Sections, want)
	}
	if want := []string{"`Use` after a route", "two blanks"}; !reflect.DeepEqual(r.Traps, want) {
		t.Errorf("traps %q, want %q", r.Traps, want)
	}
	if !r.Says("A logger comes first") || r.Says("A logger comes last") {
		t.Error("a sentence over two lines is not found, or one that is not there")
	}
}

func TestParseTests(t *testing.T) {
	dir := t.TempDir()
	const text = `package p

// TestOne proves it.
//
// README gin: groups hide the preflight
// README echo: groups hide the preflight
func TestOne(t *testing.T) {}

func TestTwo(t *testing.T) {
	// README gin: groups hide the preflight
}

func TestMain(m *testing.M) {}
`
	for _, name := range []string{"traps_test.go", "other_test.go"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	traps, other := filepath.Join(dir, "traps_test.go"), filepath.Join(dir, "other_test.go")
	const words = "groups hide the preflight"
	got, err := ParseTests(dir, false)
	want := Tests{
		Quotes: []Quote{
			{other + " TestOne", "gin", words}, {other + " TestOne", "echo", words},
			{traps + " TestOne", "gin", words}, {traps + " TestOne", "echo", words},
		},
		Silent: []string{traps + " TestTwo"},
		Lost:   []string{other + ": // README gin: " + words, traps + ": // README gin: " + words},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("tests %+v, %v, want %+v", got, err, want)
	}
	if all, err := ParseTests(dir, true); err != nil || len(all.Silent) != 2 {
		t.Errorf("of all files, silent are %q, %v", all.Silent, err)
	}
}
