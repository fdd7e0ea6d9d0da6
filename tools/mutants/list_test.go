package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const sampleList = `# A comment of the whole list.

Twice is thrice
core/thing.go
-	return 2 * n
+	return 3 * n

# A comment of one mutant.
Nothing is done
core/thing.go
 	before()
-	do()
 	after()
`

func TestParseList(t *testing.T) {
	got, err := parseList("lists/sample.txt", sampleList)
	if err != nil || len(got) != 2 {
		t.Fatalf("parseList = %v, %v, want two mutants", got, err)
	}
	first, second := got[0], got[1]
	if first.name != "Twice is thrice" || first.file != "core/thing.go" || first.at != "lists/sample.txt:3" ||
		!slices.Equal(first.lines, []string{"return 2 * n"}) || first.index != 0 || first.to != "return 3 * n" {
		t.Errorf("the first mutant is %+v", first)
	}
	if second.name != "Nothing is done" || second.at != "lists/sample.txt:9" ||
		!slices.Equal(second.lines, []string{"before()", "do()", "after()"}) || second.index != 1 || second.to != "" {
		t.Errorf("the second mutant is %+v", second)
	}
}

func TestParseListFaults(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"A name alone\ncore/a.go\n", "want a name, a file and a change"},
		{"core/a.go\n-x\n+y\n", `"-x" is no file of code`},
		{"-x\ncore/a.go\n+y\n", "begins with its name"},
		{"Name\ncore/a_test.go\n-x\n+y\n", "no file of code"},
		{"Name\ncore/a.go\n x\n", "no line is changed"},
		{"Name\ncore/a.go\n-x\n+\tx\n", "changes nothing"},
		{"Name\ncore/a.go\n-\t\n+x\n", "changes nothing"},
		{"Name\ncore/a.go\n-x\n-y\n", `"-y": want`},
		{"Name\ncore/a.go\n-x\n+y\n+z\n", `"+z": want`},
		{"Name\ncore/a.go\n+y\n-x\n", `"+y": want`},
		{"Name\ncore/a.go\n-x\n z\n+y\n", `"+y": want`},
		{"Name\ncore/a.go\nx\n", `"x": want`},
	} {
		_, err := parseList("sample", test.text)
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "sample:1: ") {
			t.Errorf("parseList(%q): %v, want %q of line 1", test.text, err, test.want)
		}
	}
}

func TestReadListsRepeatedName(t *testing.T) {
	_, err := readLists(fstest.MapFS{
		"lists/a.txt": {Data: []byte("Name\ncore/a.go\n-x\n")},
		"lists/b.txt": {Data: []byte("Name\ncore/b.go\n-x\n")},
	})
	if err == nil || !strings.Contains(err.Error(), `lists/b.txt:1: "Name" is a name at lists/a.txt:1 already`) {
		t.Errorf("readLists: %v, want that the name is taken", err)
	}
}

func TestApply(t *testing.T) {
	const source = "a\n\tif x {\n\t\tb\n\t}\n\tif y {\n\t\tb\n\t}\n"
	for _, test := range []struct{ change, want string }{
		{"-if x {\n+if !x {", "a\nif !x {\n\t\tb\n\t}\n\tif y {\n\t\tb\n\t}\n"},
		{"-a", "\tif x {\n\t\tb\n\t}\n\tif y {\n\t\tb\n\t}\n"},
		{" if y {\n-  b\n+c", "a\n\tif x {\n\t\tb\n\t}\n\tif y {\nc\n\t}\n"},
	} {
		m, err := parseMutant(strings.Split("Name\ncore/a.go\n"+test.change, "\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := m.apply(source); err != nil || got != test.want {
			t.Errorf("apply(%q) = %q, %v, want %q", test.change, got, err, test.want)
		}
	}
}

func TestApplyNotOnce(t *testing.T) {
	for _, test := range []struct{ change, want string }{
		{"-b", "2 times"},
		{"-c", "0 times"},
		{"-if", "0 times"}, // whole lines, not parts of them
	} {
		m, err := parseMutant([]string{"Name", "core/a.go", test.change})
		if err != nil {
			t.Fatal(err)
		}
		_, err = m.apply("if x {\n\tb\n}\nb\n")
		if err == nil || !strings.Contains(err.Error(), `"Name": the old text is `+test.want+" in core/a.go, want once") {
			t.Errorf("apply(%q): %v, want %s", test.change, err, test.want)
		}
	}
}

func TestParseSurvivors(t *testing.T) {
	mutants := []mutant{{name: "One"}, {name: "Two"}}
	got, err := parseSurvivors("s", "# A comment.\n\nOne\nNobody sees it,\nsince nothing shows.\n\nTwo\nLikewise.\n", mutants)
	if err != nil || len(got) != 2 || !got["One"] || !got["Two"] {
		t.Errorf("parseSurvivors = %v, %v, want One and Two", got, err)
	}
	for _, test := range []struct{ text, want string }{
		{"One\n", `"One": no reason`},
		{"One\na\n\nOne\nb\n", `"One" is explained twice`},
		{"Three\na\n", `"Three" is no mutant`},
	} {
		if _, err := parseSurvivors("s", test.text, mutants); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("parseSurvivors(%q): %v, want %q", test.text, err, test.want)
		}
	}
}

// TestLists tells whoever edits the code that a mutant has lost its place.
func TestLists(t *testing.T) {
	mutants, err := readLists(embedded)
	if err != nil {
		t.Fatal(err)
	}
	survivors, err := embedded.ReadFile("survivors.txt")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parseSurvivors("survivors.txt", string(survivors), mutants); err != nil {
		t.Error(err)
	}
	tree := filepath.Join("..", "..")
	if _, err := os.Stat(filepath.Join(tree, "go.work")); err != nil {
		t.Fatal(err)
	}
	if _, err := (&driver{suites: suites}).prepare(tree, mutants); err != nil {
		t.Error(err)
	}
}
