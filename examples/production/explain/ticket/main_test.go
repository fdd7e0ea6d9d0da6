package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTicket(t *testing.T) {
	file := filepath.Join(t.TempDir(), "policy.json")
	if err := os.WriteFile(file, []byte(`{"allowOrigins": ["http://localhost:3000"]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for origin, want := range map[string]struct {
		err  error
		text string
	}{
		"http://localhost:3000": {nil, "request allowed\n"},
		"http://localhost:5173": {errRefused, `allowOrigins[0] "http://localhost:3000" has another port`},
	} {
		var out strings.Builder
		err := run(t.Context(), []string{"-policy", file}, strings.NewReader("GET / HTTP/1.1\nOrigin: "+origin+"\n"), &out)
		if !errors.Is(err, want.err) || !strings.Contains(out.String(), want.text) {
			t.Errorf("%s: %v,\n%swant %v, %s", origin, err, &out, want.err, want.text)
		}
	}
	for what, args := range map[string][]string{"no file": {"-policy", file + ".no"}, "no policy": {"-policy", os.DevNull}} {
		if err := run(t.Context(), args, strings.NewReader("GET / HTTP/1.1\n"), nil); err == nil || errors.Is(err, errRefused) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
