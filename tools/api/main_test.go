package main

import (
	"strings"
	"testing"

	"github.com/concors/concors/tools/internal/repo/repotest"
)

var house = map[string]string{
	"core/go.mod":             "module example.com/us/core\n\ngo 1.26.0\n",
	"core/core.go":            "package core\n\nimport \"example.com/us/core/internal/deep\"\n\ntype Policy struct{}\n\nfunc New(n int) *Policy { deep.Check(); return &Policy{} }\n",
	"core/internal/deep/d.go": "package deep\n\nfunc Check() {}\n\nfunc Inside() {}\n",
	"core/cmd/play/main.go":   "package main\n\nfunc Started() {}\n\nfunc main() { Started() }\n",
	"gin/go.mod":              "module example.com/us/gin\n\ngo 1.26.0\n\nrequire example.com/us/core v0.1.0\n\nreplace example.com/us/core => ../core\n",
	"gin/gin.go":              "package gin\n\nimport core \"example.com/us/core\"\n\nfunc Middleware(p *core.Policy) {}\n",
	"compare/go.mod":          "module example.com/us/compare\n\ngo 1.26.0\n",
	"compare/compare.go":      "package compare\n\nfunc Costs() {}\n",
}

func compared(t *testing.T, root string) (string, error) {
	t.Helper()
	var out strings.Builder
	err := run(t.Context(), root, &out)
	return out.String(), err
}

func TestNothingReleased(t *testing.T) {
	root := repotest.New(t, house)
	repotest.Git(t, root, "tag", "core/v0.1.0-rc.1") // promises nothing
	said, err := compared(t, root)
	if want := "api: nothing has been released yet, so there is nothing to compare with\n"; said != want || err != nil {
		t.Errorf("said %q, %v, want %q", said, err, want)
	}
}

// What nobody can import may change: internal packages, commands, and modules
// that are not released.
func TestWithoutLeave(t *testing.T) {
	root := repotest.New(t, house)
	repotest.Git(t, root, "tag", "core/v1.0.0")
	repotest.Commit(t, root, map[string]string{
		"core/internal/deep/d.go": "package deep\n\nfunc Check() {}\n",
		"core/cmd/play/main.go":   "package main\n\nfunc main() {}\n",
		"compare/compare.go":      "package compare\n",
		"gin/gin.go":              house["gin/gin.go"] + "\nfunc New() {}\n",
	})
	said, err := compared(t, root)
	if want := "api: since v1.0.0\n\nCompatible changes\n  gin: New: added\n"; said != want || err != nil {
		t.Errorf("said %q, %v, want %q", said, err, want)
	}
}

// The work tree counts, committed or not; the last of the tags is compared with,
// and below v1 the next minor version may break programs.
func TestIncompatible(t *testing.T) {
	root := repotest.New(t, house)
	repotest.Git(t, root, "tag", "core/v0.9.0")
	repotest.Commit(t, root, map[string]string{"core/core.go": house["core/core.go"] + "\nfunc Soon() {}\n"})
	repotest.Git(t, root, "tag", "core/v0.10.0")
	repotest.Write(t, root, map[string]string{
		"core/core.go": strings.ReplaceAll(house["core/core.go"], "n int", "n string"),
	})
	repotest.Git(t, root, "rm", "-r", "--quiet", "gin")
	want := "api: since v0.10.0\n\nIncompatible changes\n" +
		"  core: New: changed from func(int) *Policy to func(string) *Policy\n" +
		"  core: Soon: removed\n" +
		"  gin: package example.com/us/gin: removed\n"
	if said, err := compared(t, root); said != want || err != nil {
		t.Errorf("said %q, %v, want %q", said, err, want)
	}

	repotest.Git(t, root, "tag", "core/v1.0.0", "core/v0.10.0")
	said, err := compared(t, root)
	if want := strings.Replace(want, "v0.10.0", "v1.0.0", 1); said != want {
		t.Errorf("said %q, want %q", said, want)
	}
	if err == nil {
		t.Error("no error, though no version of v1 may have these changes")
	}
}

// Many a CI fetches one commit and no tag: then passing means nothing.
func TestShallowClone(t *testing.T) {
	root := repotest.New(t, house)
	repotest.Commit(t, root, nil)
	clone := t.TempDir()
	repotest.Git(t, clone, "clone", "--quiet", "--depth=1", "file://"+root, ".")
	said, err := compared(t, clone)
	if !strings.Contains(said, "this clone is shallow and may lack the tags") || err != nil {
		t.Errorf("said %q, %v", said, err)
	}
}
