package preset_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

var (
	heading = regexp.MustCompile("(?m)^## For (AllowMethods|AllowHeaders|ExposeHeaders)$")
	row     = regexp.MustCompile("(?m)^\\| `preset\\.(\\w+)\\(\\)` \\| `(\\[.*?\\])` \\| \\S.* \\|$")
	// declared is a list; Join, which takes arguments, is none.
	declared = regexp.MustCompile(`(?m)^func ([A-Z]\w*)\(\) \[\]string`)
)

// TestReadme holds the tables of the README, from which policy files are
// written, to the lists: the same names under the field that they are for.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string]map[string]func() []string{"AllowMethods": methods, "AllowHeaders": allow, "ExposeHeaders": expose}
	at := heading.FindAllSubmatchIndex(readme, -1)
	if len(at) != len(tables) {
		t.Fatalf("%d tables, want %d", len(at), len(tables))
	}
	for i, head := range at {
		end := len(readme)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		field := string(readme[head[2]:head[3]])
		left := maps.Clone(tables[field])
		for _, cells := range row.FindAllSubmatch(readme[head[1]:end], -1) {
			name := string(cells[1])
			if left[name] == nil {
				t.Errorf("%s: %s is no such list, or stands there twice", field, name)
				continue
			}
			var names []string
			if err := json.Unmarshal(cells[2], &names); err != nil || !slices.Equal(names, left[name]()) {
				t.Errorf("%s: the row of %s has %s, want %q (%v)", field, name, cells[2], left[name](), err)
			}
			delete(left, name)
		}
		for name := range left {
			t.Errorf("%s: no row has %s", field, name)
		}
	}
}

// TestEveryListIsKnown keeps a new list from being left out of the tests here,
// and so of the README.
func TestEveryListIsKnown(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range declared.FindAllSubmatch(text, -1) {
			found = append(found, string(m[1]))
		}
	}
	known := slices.Concat(slices.Collect(maps.Keys(methods)), slices.Collect(maps.Keys(allow)), slices.Collect(maps.Keys(expose)))
	slices.Sort(found)
	slices.Sort(known)
	if !slices.Equal(found, known) {
		t.Errorf("the tests know %q, want %q", known, found)
	}
}
