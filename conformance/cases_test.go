package conformance

import (
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	concors "github.com/concors/concors/core"
)

// TestCases holds the cases against the form that they promise: they parse,
// their policies are valid and their faulty reloads are not.
func TestCases(t *testing.T) {
	cases, err := readCases(Cases())
	if err != nil {
		t.Error(err)
	}
	for _, c := range cases {
		policies, err := c.build(new(ear))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		for _, s := range c.steps {
			if s.reload == nil {
				continue
			}
			if fault := s.reload.play(policies[len(policies)-1]); fault != "" {
				t.Errorf("%s: %s", c.at(s.reload.line), fault)
			}
		}
	}
	t.Logf("%d cases", len(cases))
}

// TestCasesDiffer holds that no case says what another says already.
func TestCasesDiffer(t *testing.T) {
	titles, contents := map[string]string{}, map[string]string{}
	err := fs.WalkDir(Cases(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(Cases(), name)
		if err != nil {
			return err
		}
		comment, sections, fault := splitArchive(string(data))
		if fault != nil {
			return fault
		}
		title, _, _ := strings.Cut(comment, "\n")
		var content strings.Builder
		for _, s := range sections {
			content.WriteString(s.name + "\n" + s.text)
		}
		if other, ok := titles[title]; ok {
			t.Errorf("%s and %s have the same title: %s", other, name, title)
		}
		if other, ok := contents[content.String()]; ok {
			t.Errorf("%s and %s have the same content", other, name)
		}
		titles[title], contents[content.String()] = name, name
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestCasesAreListedByFolder holds that every case lies one folder deep.
func TestCasesAreListedByFolder(t *testing.T) {
	names, err := fs.Glob(Cases(), "*/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	cases, err := readCases(Cases())
	if err != nil {
		t.Fatal(err)
	}
	if len(names) != len(cases) {
		t.Errorf("%d files, %d cases", len(names), len(cases))
	}
}

func TestReadCasesNames(t *testing.T) {
	for name, ok := range map[string]bool{
		"subject/one-word-2.txtar":  true,
		"subject/one.txtar":         true,
		"one.txtar":                 false,
		"subject/Upper.txtar":       false,
		"Subject/one.txtar":         false,
		"subject/two--hyphens.txt":  false,
		"subject/under_score.txtar": false,
		"subject/end-.txtar":        false,
		"subject/deeper/one.txtar":  false,
		"subject/README.md":         false,
	} {
		cases, err := readCases(fstest.MapFS{name: {Data: []byte(wholeCase)}})
		if (err == nil) != ok {
			t.Errorf("readCases(%s): %v, want success %t", name, err, ok)
		}
		if ok && (len(cases) != 1 || cases[0].name != strings.TrimSuffix(name, path.Ext(name))) {
			t.Errorf("readCases(%s) = %v", name, cases)
		}
	}
	if _, err := readCases(fstest.MapFS{}); err == nil {
		t.Error("no case at all: no error")
	}
	_, err := readCases(fstest.MapFS{"a/b.txtar": {Data: []byte("x")}, "c/d.txtar": {Data: []byte("y\n")}})
	if err == nil || !strings.Contains(err.Error(), "a/b") || !strings.Contains(err.Error(), "c/d") {
		t.Errorf("two faulty cases: %v, want both", err)
	}
}

// TestReasons holds that the words of decision.json are those of core, no-origin
// aside, which no observer hears.
func TestReasons(t *testing.T) {
	seen := map[concors.Reason]bool{concors.ReasonNoOrigin: true}
	for _, r := range reasons {
		if seen[r] {
			t.Errorf("%s is listed twice or never heard", r)
		}
		seen[r] = true
	}
	if len(seen) != 14 {
		t.Errorf("%d reasons, want 14", len(seen))
	}
}

func TestNeedsOnlyPolicy(t *testing.T) {
	const head = "T.\n\nwhy\nwhy\n\n"
	const policy = "-- policy.json --\n{\"allowOrigins\": [\"*\"]}\n"
	ask := func(target, want string) string {
		return "-- request.http --\nGET " + target + " HTTP/1.1\nHost: api.example.com\n\n-- response.http --\n" + want + "\n\n"
	}
	const ran, alone = "HTTP/1.1 200 OK\nHandler-Ran: yes", "HTTP/1.1 403 Forbidden"
	for _, test := range []struct {
		files string
		want  bool
	}{
		{policy + ask("/x", ran), true},
		{policy + ask("/error", ran), true},
		{policy + ask("/stream", alone), true},
		{policy + ask("/stream", ran), false},
		{policy + ask("/options?x", ran), false},
		{policy + ask("/x", ran) + ask("/vary", ran), false},
		{policy + ask("/notmodified", ran), false},
		{policy + ask("/private", ran), false},
		{policy + ask("/upstream", ran), false},
		{policy + ask("/redirect", "HTTP/1.1 302 Found\nHandler-Ran: yes"), false},
		{policy + ask("/redirect", alone), true},
		{"-- setup.json --\n{\"debug\": true}\n" + policy + ask("/x", ran), true},
		{"-- setup.json --\n{\"originFunc\": []}\n" + policy + ask("/x", ran), false},
		{"-- setup.json --\n{\"outer\": {}}\n" + policy + ask("/x", ran), false},
		{policy + ask("/x", ran) + policy + ask("/x", ran), false},
		{policy + ask("/x", ran) + "-- decision.json --\n{\"path\": \"\"}\n", true},
	} {
		c, err := parseCase("a/b", head+test.files)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.NeedsOnlyPolicy(); got != test.want {
			t.Errorf("NeedsOnlyPolicy() = %t, want %t:\n%s", got, test.want, test.files)
		}
	}
}
