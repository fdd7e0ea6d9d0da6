package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/concors/concors/tools/internal/repo"
)

// project is a work tree of one module. Its suite knows nothing of Half, which
// an ordinary test covers.
var project = map[string]string{
	"thing/go.mod": "module thing\n\ngo 1.26.0\n",
	"thing/thing.go": `package thing

import "time"

var long = time.Hour

func Twice(n int) int {
	return 2 * n
}

func Half(n int) int {
	return n / 2
}
`,
	"thing/thing_test.go": `package thing

import "testing"

func TestConformance(t *testing.T) {
	t.Run("numbers/are-kept", func(t *testing.T) {})
	t.Run("numbers/are-doubled", func(t *testing.T) {
		done := make(chan int)
		go func() { done <- Twice(2) }()
		if n := <-done; n != 4 {
			t.Error(n)
		}
	})
	t.Run("numbers/are-doubled-again", func(t *testing.T) {
		if Twice(3) != 6 {
			t.Error("no")
		}
	})
}

func TestHalf(t *testing.T) {
	if Half(4) != 2 {
		t.Error("no")
	}
}
`,
}

const (
	wrongTwice = "Twice is thrice\nthing/thing.go\n-return 2 * n\n+return 3 * n\n"
	wrongHalf  = "Half is a third\nthing/thing.go\n-return n / 2\n+return n / 3\n"
	noCode     = "Twice is nothing\nthing/thing.go\n-return 2 * n\n"
	crash      = "Twice crashes\nthing/thing.go\n-return 2 * n\n+panic(n)\n"
	hang       = "Twice waits\nthing/thing.go\n-return 2 * n\n+for { time.Sleep(long) }\n"
)

// newProject makes a work tree of files.
func newProject(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	git(t, root, "init", "-q")
	return root
}

func git(t *testing.T, root string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %q: %v\n%s", args, err, out)
	}
}

// try runs d on the project with the mutants of a list, and sees to it that
// nothing is left of it.
func try(t *testing.T, ctx context.Context, d *driver, files map[string]string, list string) (string, error) {
	t.Helper()
	root := newProject(t, files)
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	mutants, err := parseList("list", list)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if d.out == nil {
		d.out = &out
	}
	if d.timeout == 0 {
		d.timeout = time.Minute
	}
	d.suites, d.workers = map[string][]string{"thing": {"thing"}}, 2
	err = d.run(ctx, root, mutants)
	left, readErr := os.ReadDir(temporary)
	if readErr != nil || len(left) > 0 {
		t.Errorf("the run leaves %v, %v", left, readErr)
	}
	for name, text := range files {
		if now, readErr := os.ReadFile(filepath.Join(root, name)); readErr != nil || string(now) != text {
			t.Errorf("the run changes %s: %v", name, readErr)
		}
	}
	return out.String(), err
}

// wantError checks an error; "" means none.
func wantError(t *testing.T, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("the run fails: %v", err)
	case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
		t.Errorf("the run ends with %v, want %q", err, want)
	}
}

func TestRun(t *testing.T) {
	for _, test := range []struct {
		name, list, explained string
		out, err              string
	}{
		{"killed", wrongTwice, "", "Twice is thrice\n\tkilled: numbers/are-doubled fails on thing\nmutants: 1 killed of 1 in ", ""},
		{"survived", wrongHalf, "", "Half is a third\n\tSURVIVED\nmutants: 0 killed of 1 in ", `list:1: "Half is a third" survived`},
		{"explained", wrongHalf, "Half is a third", "Half is a third\n\tsurvived, as explained\nmutants: 0 killed of 1 in ", ""},
		{"killed though explained", wrongTwice, "Twice is thrice", "\tkilled: ", `"Twice is thrice" is killed, but survivors.txt explains`},
		{"crashed", crash, "", "\tkilled: numbers/are-doubled fails on thing\n", ""},
		{"not compiled", noCode, "", "\tERROR\n", `"Twice is nothing" is no mutant: thing does not compile`},
		{"both", wrongTwice + "\n" + wrongHalf, "",
			"Twice is thrice\n\tkilled: numbers/are-doubled fails on thing\nHalf is a third\n\tSURVIVED\nmutants: 1 killed of 2 in ",
			`list:6: "Half is a third" survived`},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := &driver{explained: map[string]bool{test.explained: true}}
			out, err := try(t, t.Context(), d, project, test.list)
			wantError(t, err, test.err)
			if !strings.HasPrefix(out, "thing: all 3 cases pass without any mutant\n") || !strings.Contains(out, test.out) {
				t.Errorf("the run prints\n%swant\n%s", out, test.out)
			}
		})
	}
}

func TestRunTimeout(t *testing.T) {
	// Long enough for a suite that does nothing.
	out, err := try(t, t.Context(), &driver{timeout: 5 * time.Second}, project, hang)
	wantError(t, err, "")
	if want := "Twice waits\n\tkilled: numbers/are-doubled does not end on thing\n"; !strings.Contains(out, want) {
		t.Errorf("the run prints\n%swant\n%s", out, want)
	}
}

// A list with faults is refused before anything is built.
func TestRunFaultyList(t *testing.T) {
	const lost = "Lost\nthing/thing.go\n-return 7\n"
	const elsewhere = "Elsewhere\nother/thing.go\n-return 7\n"
	const missing = "Missing\nthing/missing.go\n-return 7\n"
	out, err := try(t, t.Context(), &driver{}, project, lost+"\n"+elsewhere+"\n"+missing)
	for _, want := range []string{
		`list:1: "Lost": the old text is 0 times in thing/thing.go, want once`,
		`list:5: "Elsewhere": no suite is for other/thing.go`,
		`list:9: "Missing": open `,
	} {
		wantError(t, err, want)
	}
	if out != "" {
		t.Errorf("the run prints %q, want nothing", out)
	}
}

func TestRunSuiteFails(t *testing.T) {
	broken := map[string]string{}
	for name, text := range project {
		broken[name] = strings.Replace(text, "2 * n", "3 * n", 1)
	}
	_, err := try(t, t.Context(), &driver{}, broken, wrongHalf)
	wantError(t, err, "without any mutant, numbers/are-doubled fails on thing")
}

func TestRunSuiteIsEmpty(t *testing.T) {
	renamed := map[string]string{}
	for name, text := range project {
		renamed[name] = strings.Replace(text, "TestConformance", "TestNothing", 1)
	}
	_, err := try(t, t.Context(), &driver{}, renamed, wrongHalf)
	wantError(t, err, "without any mutant: thing plays no case")
}

// canceler ends the run with its first line.
type canceler struct{ cancel func() }

func (c canceler) Write(p []byte) (int, error) {
	c.cancel()
	return len(p), nil
}

func TestRunInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	_, err := try(t, ctx, &driver{out: canceler{cancel}}, project, wrongTwice+"\n"+hang)
	wantError(t, err, "interrupted")
}

func TestCopyTree(t *testing.T) {
	root := newProject(t, map[string]string{
		".gitignore": "*.out\n", "a/kept.txt": "old", "a/deleted.txt": "x", "b.out": "x",
	})
	git(t, root, "add", ".")
	if err := os.WriteFile(filepath.Join(root, "a", "kept.txt"), []byte("new"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "a", "added.txt"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(root, "a", "deleted.txt")); err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	if err := repo.Copy(t.Context(), root, to); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		".gitignore": "*.out\n", "a/kept.txt": "new", "a/added.txt": "x", "a/deleted.txt": "", "b.out": "",
	} {
		if got, err := os.ReadFile(filepath.Join(to, name)); string(got) != want || (err != nil) != (want == "") {
			t.Errorf("%s is %q, %v, want %q", name, got, err, want)
		}
	}
}
