//go:build !race

package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// The race detector allocates, hence the build constraint. One round says
// nothing about time: every ratio is too noisy to judge.
func TestRun(t *testing.T) {
	for _, c := range []struct {
		args string
		want []string
	}{
		{"", []string{"\ngin ", "\nnot CORS, GET ", "1 / 1 ", "16 / 16", "Rows: 1. Kept: 0. Over, but within the noise: 0. Missed: 0.\nRows too noisy to judge by ratio: 1."}},
		{"-md", []string{"| gin | allocs |", "| not CORS, GET | 1 / 1 | 16 / 16 |"}},
		{"-browser", []string{"requests have those of a browser"}},
	} {
		var out, progress strings.Builder
		args := append([]string{"-rounds=1", "-only=^gin/not-cors$"}, strings.Fields(c.args)...)
		if status := run(args, &out, &progress); status != 0 {
			t.Errorf("%v: status %d, and %s", args, status, progress.String())
		}
		if progress.String() != "gin/not-cors\n" {
			t.Errorf("%v: progress %q", args, progress.String())
		}
		for _, want := range c.want {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%v: no %q in\n%s", args, want, out.String())
			}
		}
	}
}

func TestJSON(t *testing.T) {
	var out, stderr strings.Builder
	if status := run([]string{"-rounds=1", "-only=fiber/(actual|no-paths)$", "-json", "-quiet"}, &out, &stderr); status != 0 || stderr.Len() > 0 {
		t.Fatalf("status %d, and %s", status, stderr.String())
	}
	var report struct{ Rows, Features []struct{ Router, ID string } }
	if err := json.Unmarshal([]byte(out.String()), &report); err != nil {
		t.Fatal(err)
	}
	if len(report.Rows) != 1 || report.Rows[0].ID != "actual" || len(report.Features) != 1 || report.Features[0].ID != "no-paths" {
		t.Errorf("rows %v, features %v", report.Rows, report.Features)
	}
}
