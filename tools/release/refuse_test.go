package main

import (
	"strings"
	"testing"

	"github.com/concors/concors/tools/internal/repo/repotest"
)

func TestRefusals(t *testing.T) {
	for name, test := range map[string]struct {
		version string
		tag     string
		files   map[string]string // committed
		dirty   map[string]string
		branch  string
		want    string
	}{
		"no version":            {version: "next", want: `"next" is not a version`},
		"a version without v":   {version: "0.2.0", want: "is not a version"},
		"a short version":       {version: "v0.2", want: "is not a version"},
		"build metadata":        {version: "v0.2.0+mine", want: "is not a version"},
		"a path that ends":      {version: "v2.0.0", want: "end in /v2"},
		"tagged":                {version: "v0.2.0", tag: "core/v0.2.0", want: "v0.2.0 is tagged already"},
		"one module tagged":     {version: "v0.2.0", tag: "gin/v0.2.0", want: "the tag gin/v0.2.0 exists"},
		"lower":                 {version: "v0.2.0", tag: "core/v0.10.0", want: "not higher than v0.10.0"},
		"lower than the coming": {version: "v0.2.0-rc.1", tag: "core/v0.2.0-rc.2", want: "not higher than v0.2.0-rc.2"},
		"a changed file":        {version: "v0.2.0", dirty: map[string]string{"core/core.go": "package core\n"}, want: " M core/core.go"},
		"a new file":            {version: "v0.2.0", dirty: map[string]string{"core/new.go": "package core\n"}, want: "?? core/new.go"},
		"another branch":        {version: "v0.2.0", branch: "topic", want: "this is topic"},
		"no Unreleased":         {version: "v0.2.0", files: map[string]string{"CHANGELOG.md": "# Changelog\n\n## 0.1.0 - 2026-01-01\n\n- all\n"}, want: `no "## Unreleased"`},
		"an empty Unreleased":   {version: "v0.2.0", files: map[string]string{"CHANGELOG.md": "# Changelog\n\n## Unreleased\n\n### Added\n\n## 0.1.0 - 2026-01-01\n\n- all\n"}, want: `nothing under "## Unreleased"`},
	} {
		t.Run(name, func(t *testing.T) {
			root := repotest.New(t, repotest.With(house, test.files))
			if test.tag != "" {
				repotest.Git(t, root, "tag", test.tag)
			}
			if test.branch != "" {
				repotest.Git(t, root, "switch", "--quiet", "--create", test.branch)
			}
			repotest.Write(t, root, test.dirty)
			before := state(t, root)
			_, err := start(t, root, test.version, passes)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
			if now := state(t, root); now != before {
				t.Errorf("the tree was\n%s\nand is\n%s", before, now)
			}
		})
	}
}

func state(t *testing.T, root string) string {
	t.Helper()
	return repotest.Git(t, root, "rev-parse", "HEAD") + "\n" + repotest.Git(t, root, "status", "--porcelain") + "\n" +
		repotest.Git(t, root, "diff") + "\n" + repotest.Git(t, root, "tag")
}

// A program that compiles with v0.1.0 may fail with v0.2.0, not with v0.1.1; and
// a name more hurts nobody.
func TestIncompatibleChanges(t *testing.T) {
	const fewer = "package core\n\nfunc Kept() {}\n"
	for name, test := range map[string]struct {
		tagged, version, core, want string
	}{
		"a patch":              {"v0.1.0", "v0.1.1", fewer, "raise the minor version"},
		"a minor version":      {"v0.1.0", "v0.2.0", fewer, ""},
		"a minor version at 1": {"v1.1.0", "v1.2.0", fewer, "take the incompatible changes back"},
		"a name more":          {"v0.1.0", "v0.1.1", house["core/core.go"] + "\nfunc New() {}\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			root := repotest.New(t, house)
			repotest.Git(t, root, "tag", "core/"+test.tagged)
			repotest.Commit(t, root, map[string]string{"core/core.go": test.core})
			said, err := start(t, root, test.version, passes)
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("error %v, want %q; said\n%s", err, test.want, said)
			}
		})
	}
}
