// Package repotest makes small repositories for tests.
package repotest

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/concors/concors/tools/internal/repo"
)

// New commits files to a repository on main, apart from the settings of the
// person who runs the test.
func New(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, value := range map[string]string{
		"GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1",
		"GIT_AUTHOR_NAME": "Test", "GIT_AUTHOR_EMAIL": "test@example.com",
		"GIT_COMMITTER_NAME": "Test", "GIT_COMMITTER_EMAIL": "test@example.com",
	} {
		t.Setenv(name, value)
	}
	Git(t, root, "init", "--quiet", "--initial-branch=main")
	Commit(t, root, files)
	return root
}

// Commit writes files and commits all that changed.
func Commit(t *testing.T, root string, files map[string]string) {
	t.Helper()
	Write(t, root, files)
	Git(t, root, "add", "--all")
	Git(t, root, "commit", "--quiet", "--allow-empty", "-m", "Change")
}

// Write writes files below a folder.
func Write(t *testing.T, root string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Read returns the text of a file below a folder.
func Read(t *testing.T, root, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Git runs a git command that must work, and returns what it prints.
func Git(t *testing.T, root string, args ...string) string {
	t.Helper()
	out, err := repo.Git(t.Context(), root, args...)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(out)
}

// Gone is what a file that is left out has for a text.
const Gone = "\x00"

// With returns files with some of them changed.
func With(files, changed map[string]string) map[string]string {
	all := maps.Clone(files)
	maps.Copy(all, changed)
	maps.DeleteFunc(all, func(_, text string) bool { return text == Gone })
	return all
}
