package examples

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// packages are those whose names a user meets. Package adaptertest is left out:
// it is for authors of adapters, who have ours to read.
var packages = []string{
	"core", "core/gateway", "core/preset", "stdlib", "chi", "gin", "echo", "fiber", "conformance", "conformance/browser",
}

// exempt are names without an example, each with the reason.
var exempt = map[string]string{
	"core ConfigError.Error":            "nobody calls it by name: ExampleConfigError prints one",
	"core ConfigErrors.Error":           "nobody calls it by name: ExampleConfigErrors prints them",
	"core ConfigErrors.Unwrap":          "errors.As and errors.Is call it",
	"conformance Run":                   "takes a test: example_test.go is one, and runs as one",
	"conformance RunServer":             "takes a test, as Run does",
	"conformance/browser Failure.Error": "nobody calls it by name: ExampleCheckCORS prints one",
}

func TestEveryNameHasAnExample(t *testing.T) {
	left := make(map[string]bool)
	for _, name := range packages {
		missing, err := Missing(filepath.Join("../..", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, symbol := range missing {
			left[name+" "+symbol] = true
			if exempt[name+" "+symbol] == "" {
				t.Errorf("%s: %s has no example with an output", name, symbol)
			}
		}
	}
	for symbol := range exempt {
		if !left[symbol] {
			t.Errorf("%s needs no exemption: it has an example, or is gone", symbol)
		}
	}
}

// TestPackagesBeginWell holds that lists of packages say in a sentence what each
// is.
func TestPackagesBeginWell(t *testing.T) {
	for _, name := range packages {
		synopsis, err := Synopsis(filepath.Join("../..", name))
		if err != nil || !strings.HasPrefix(synopsis, "Package ") || len(synopsis) < 40 {
			t.Errorf("%s is introduced by %q, %v", name, synopsis, err)
		}
	}
}

func TestMissing(t *testing.T) {
	dir := t.TempDir()
	for file, text := range map[string]string{
		"p.go": `package p

func Bare()    {}
func Shown()   {}
func Silent()  {}
func hidden()  {}

type Alone struct{}
type Own struct{}
type Made struct{}
func NewMade() *Made { return nil }
type Used struct{}
func (Used) Method() {}
func (*Used) Other() {}
func (*Used) hidden() {}
`,
		"p_test.go": `package p_test

func ExampleShown() {
	// Output:
}
func ExampleSilent() {}
func ExampleOwn() {
	// Output: own
}
func ExampleNewMade() {
	// Output: made
}
func ExampleUsed_Method_twice() {
	// Output: used
}
`,
	} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := Missing(dir)
	if want := []string{"Bare", "Silent", "Alone", "Used.Other"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("missing are %q, %v, want %q", got, err, want)
	}
}
