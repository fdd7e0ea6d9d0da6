package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
)

// TestPages checks small projects. Each file of testdata is one, behind a
// sentence about it; its last part lists the faults that must be found, each by
// how it begins, and no others. PROJECT stands for this repository.
func TestPages(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			root, want := plant(t, file)
			compare(t, root, want)
		})
	}
}

// plant writes the files of a case to a folder and returns it and the faults.
func plant(t *testing.T, file string) (string, []string) {
	t.Helper()
	project, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	last := len(archive.Files) - 1
	if archive.Files[last].Name != "faults" {
		t.Fatal("the last part is not the faults")
	}
	root := t.TempDir()
	for _, f := range archive.Files[:last] {
		write(t, root, f.Name, strings.ReplaceAll(string(f.Data), "PROJECT", project))
	}
	return root, strings.Split(strings.TrimSpace(string(archive.Files[last].Data)), "\n")
}

func write(t *testing.T, root, name, text string) {
	t.Helper()
	name = filepath.Join(root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func compare(t *testing.T, root string, want []string) {
	t.Helper()
	faults, _, err := check(t.Context(), root, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want[0] == "" {
		want = nil
	}
	for i := range max(len(faults), len(want)) {
		switch {
		case i >= len(want):
			t.Errorf("found: %s", faults[i])
		case i >= len(faults):
			t.Errorf("not found: %s", want[i])
		case !strings.HasPrefix(faults[i].String(), want[i]):
			t.Errorf("found: %s\nwant: %s", faults[i], want[i])
		}
	}
}

// TestHanging holds that a program which neither ends nor answers is a fault,
// and no wait for ever.
func TestHanging(t *testing.T) {
	defer func(was time.Duration) { patience = was }(patience)
	patience = time.Second
	root, want := plant(t, "testdata/hanging/hanging.txtar")
	compare(t, root, want)
}

// TestWhatGitIgnores holds that a link leads only to what a reader of the
// repository has, and that a page counts before it is committed.
func TestWhatGitIgnores(t *testing.T) {
	root := t.TempDir()
	write(t, root, ".gitignore", "made\n")
	write(t, root, "made", "")
	write(t, root, "kept", "")
	write(t, root, "README.md", "[made](made) [kept](kept)\n")
	git := exec.CommandContext(t.Context(), "git", "init", "-q")
	git.Dir = root
	if out, err := git.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	compare(t, root, []string{`README.md:1: link "made": the project has no made`})
}

// TestOnePage holds that only the pages named are looked at.
func TestOnePage(t *testing.T) {
	root := t.TempDir()
	write(t, root, "a.md", "[a](nowhere)\n")
	write(t, root, "b.md", "[b](nowhere)\n")
	faults, pages, err := check(t.Context(), root, []string{"./b.md"})
	if err != nil || pages != 1 || len(faults) != 1 || faults[0].file != "b.md" {
		t.Errorf("%d pages, faults %v, error %v", pages, faults, err)
	}
	if _, _, err := check(t.Context(), root, []string{"c.md"}); err == nil {
		t.Error("c.md is looked at, and does not exist")
	}
}
