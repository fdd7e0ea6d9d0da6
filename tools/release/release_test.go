package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/concors/concors/tools/internal/repo/repotest"
)

// house has two modules that are released, one of them without a replace, and
// one that is not.
var house = map[string]string{
	"core/go.mod":  "module example.com/us/core\n\ngo 1.26.0\n",
	"core/core.go": "package core\n\nfunc Kept() {}\n\nfunc Dropped() {}\n",
	"gin/go.mod":   "module example.com/us/gin\n\ngo 1.26.0\n\nrequire example.com/us/core v0.1.0 // the policy\n",
	"gin/go.work":  "go 1.26.0\n\nuse .\n\n// Not published yet.\nreplace example.com/us/core v0.1.0 => ../core\n",
	"gin/gin.go":   "package gin\n\nimport core \"example.com/us/core\"\n\nvar Kept = core.Kept\n",
	"examples/go.mod": `module example.com/us/examples

go 1.26.0

require (
	example.com/other v1.2.3
	example.com/us/compare v0.0.0
	example.com/us/core v0.1.0
	example.com/us/gin v0.1.0
)

replace (
	example.com/us/core => ../core
	example.com/us/gin => ../gin
)
`,
	"compare/go.mod": "module example.com/us/compare\n\ngo 1.26.0\n",
	"CHANGELOG.md":   "# Changelog\n\nNewest first.\n\n## Unreleased\n\n### Added\n\n- **core**: all of it.\n",
}

func passes(context.Context, string, io.Writer) error { return nil }

func start(t *testing.T, root, version string, check func(context.Context, string, io.Writer) error) (string, error) {
	t.Helper()
	var out strings.Builder
	r := release{root: root, version: version, date: "2026-01-02", check: check, out: &out}
	err := r.run(t.Context())
	return out.String(), err
}

func TestRelease(t *testing.T) {
	root := repotest.New(t, house)
	checked := false
	said, err := start(t, root, "v0.2.0", func(_ context.Context, tree string, _ io.Writer) error {
		checked = strings.Contains(repotest.Read(t, tree, "gin/go.mod"), "v0.2.0")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !checked {
		t.Error("the checks did not see the version")
	}
	for name, want := range map[string]string{
		"gin/go.mod":      strings.ReplaceAll(house["gin/go.mod"], "v0.1.0", "v0.2.0"),
		"gin/go.work":     strings.ReplaceAll(house["gin/go.work"], "v0.1.0", "v0.2.0"),
		"examples/go.mod": strings.ReplaceAll(house["examples/go.mod"], "v0.1.0", "v0.2.0"),
		"core/go.mod":     house["core/go.mod"],
		"CHANGELOG.md":    "# Changelog\n\nNewest first.\n\n## Unreleased\n\n## 0.2.0 - 2026-01-02\n\n### Added\n\n- **core**: all of it.\n",
	} {
		if got := repotest.Git(t, root, "show", "HEAD:"+name) + "\n"; got != want {
			t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
		}
	}
	if tags := repotest.Git(t, root, "tag"); tags != "core/v0.2.0\ngin/v0.2.0" {
		t.Errorf("tags are %q", tags)
	}
	for _, tag := range []string{"core/v0.2.0", "gin/v0.2.0"} {
		if kind := repotest.Git(t, root, "cat-file", "-t", tag); kind != "tag" {
			t.Errorf("%s is a %s, want an annotated tag", tag, kind)
		}
		if at := repotest.Git(t, root, "rev-parse", tag+"^{}"); at != repotest.Git(t, root, "rev-parse", "HEAD") {
			t.Errorf("%s is not at the commit", tag)
		}
	}
	if log := repotest.Git(t, root, "log", "--format=%s"); log != "Release v0.2.0\nChange" {
		t.Errorf("commits are %q", log)
	}
	if want := "git push --atomic origin main core/v0.2.0 gin/v0.2.0\n"; !strings.Contains(said, want) {
		t.Errorf("said\n%s\nwant %q", said, want)
	}
}

// What fails on the way leaves the branch, the files and the tags as they were.
func TestReleaseIsTakenBack(t *testing.T) {
	for name, test := range map[string]struct {
		check     func(context.Context, string, io.Writer) error
		want      string
		tags, new string // what somebody else left meanwhile
	}{
		"the checks fail": {
			check: func(context.Context, string, io.Writer) error { return errors.New("a test failed") },
			want:  "a test failed",
		},
		"another file changes meanwhile": {
			check: func(_ context.Context, root string, _ io.Writer) error {
				return os.WriteFile(filepath.Join(root, "new.txt"), nil, 0o644)
			},
			want: "other files changed",
			new:  "?? new.txt",
		},
		"a tag appears meanwhile": {
			check: func(_ context.Context, root string, _ io.Writer) error {
				repotest.Git(t, root, "tag", "gin/v0.2.0")
				return nil
			},
			want: "'gin/v0.2.0' already exists",
			tags: "gin/v0.2.0",
		},
	} {
		t.Run(name, func(t *testing.T) {
			root := repotest.New(t, house)
			head := repotest.Git(t, root, "rev-parse", "HEAD")
			_, err := start(t, root, "v0.2.0", test.check)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
			if now := repotest.Git(t, root, "rev-parse", "HEAD"); now != head {
				t.Errorf("HEAD moved: %s", repotest.Git(t, root, "log", "--format=%s"))
			}
			if status := repotest.Git(t, root, "status", "--porcelain"); status != test.new {
				t.Errorf("left %q, want %q", status, test.new)
			}
			if tags := repotest.Git(t, root, "tag"); tags != test.tags {
				t.Errorf("tags are %q, want %q", tags, test.tags)
			}
		})
	}
}

// Whoever interrupts the checks gets the tree back as well.
func TestReleaseIsInterrupted(t *testing.T) {
	root := repotest.New(t, house)
	before := state(t, root)
	ctx, cancel := context.WithCancel(t.Context())
	r := release{root: root, version: "v0.2.0", date: "2026-01-02", out: io.Discard, check: func(context.Context, string, io.Writer) error {
		cancel()
		return context.Canceled
	}}
	if err := r.run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if now := state(t, root); now != before {
		t.Errorf("the tree was\n%s\nand is\n%s", before, now)
	}
}
