package main

import (
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	for _, c := range []struct {
		args   string
		status int    // -1: by what the time is, which is not for tests
		stdout string // in it
		stderr string
	}{
		{"-h", 0, "", "-only"},
		{"-unknown", 2, "", "unknown"},
		{"argument", 2, "", "flags only"},
		{"-rounds 0", 2, "", "at least one round"},
		{"-many 0", 2, "", "one entry"},
		{"-only (", 2, "", "-only"},
		{"-only nothing", 2, "", "no part matches nothing"},
		{"-only hostile/origin -rounds 1", -1, "origin, one long label (64 KiB): memory", "hostile/origin\n"},
		{"-only hostile/origin -rounds 1 -quiet", -1, "3 bars: ", ""},
	} {
		var stdout, stderr strings.Builder
		status := run(strings.Fields(c.args), &stdout, &stderr)
		if c.status < 0 && (status == 0 || status == 1) {
			status = c.status
		}
		if status != c.status || !strings.Contains(stdout.String(), c.stdout) || !strings.Contains(stderr.String(), c.stderr) {
			t.Errorf("scales %s: status %d, printed %q and %q", c.args, status, stdout.String(), stderr.String())
		}
		if c.stderr == "" && stderr.Len() > 0 {
			t.Errorf("scales %s complains: %s", c.args, stderr.String())
		}
	}
}
