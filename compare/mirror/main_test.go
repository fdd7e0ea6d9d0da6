package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/concors/concors/compare"
)

func TestRun(t *testing.T) {
	for _, test := range []struct {
		args   []string
		status int
		out    string // part of what is written
		err    string
	}{
		{[]string{"-h"}, 0, "", "-peer"},
		{[]string{"-nonsense"}, 2, "", "-nonsense"},
		{[]string{"-date", "today"}, 2, "", "-date"},
		{[]string{"-peer", "nobody"}, 2, "", "-peer matches 0"},
		{[]string{"-case", "vary/no-such-case"}, 2, "", "-case 0 cases"},
		{[]string{"-peer", "rs/cors", "-case", "methods/include-options-only-if-listed"}, 0, "admits: credentials omit", ""},
		{[]string{"-peer", "concors", "-case", "methods/include-options-only-if-listed"}, 0, "== Concors on fiber", ""},
		{[]string{"-peer", "concors", "-case", "proxies/*"}, 0, "Concors: passed", ""},
		{[]string{"-peer", "gorilla*"}, 0, "gorilla/handlers\tvary/names-origin-on-a-denied-answer\tcache, exchange 1", ""},
	} {
		var out, errs strings.Builder
		if got := run(test.args, &out, &errs); got != test.status {
			t.Errorf("run(%q) = %d, want %d: %s", test.args, got, test.status, errs.String())
		}
		if !strings.Contains(out.String(), test.out) || !strings.Contains(errs.String(), test.err) {
			t.Errorf("run(%q) wrote %q and %q, want %q and %q", test.args, out.String(), errs.String(), test.out, test.err)
		}
	}
}

// The table goes into a file, in a folder that need not exist, with the versions
// that the program was built with.
func TestWritesAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "docs", "mirror.md")
	report := &compare.Report{Date: time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC), Go: "go1.26.0"}
	if err := write(report, file, io.Discard); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(text), "# The mirror\n") || !strings.Contains(string(text), "25 November 2026 with go1.26.0") {
		t.Errorf("wrote %q", text)
	}
	if got := run([]string{"-peer", "nobody", "-o", file + "2"}, io.Discard, io.Discard); got != 2 {
		t.Errorf("run = %d, want 2", got)
	}
	if _, err := os.Stat(file + "2"); err == nil {
		t.Error("a file is written though nothing was played")
	}
}
