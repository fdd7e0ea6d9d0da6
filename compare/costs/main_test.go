package main

import (
	"strings"
	"testing"
)

func TestMistakes(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"-only=nothing", "no row"},
		{"-only=(", "-only:"},
		{"-rounds=0", "at least one round"},
		{"-md -json", "one of"},
		{"gin", "flags only"},
		{"-bogus", "not defined"},
	} {
		var out, stderr strings.Builder
		if status := run(strings.Fields(c.args), &out, &stderr); status != 2 || !strings.Contains(stderr.String(), c.want) {
			t.Errorf("%s: status %d, and %s", c.args, status, stderr.String())
		}
	}
}
