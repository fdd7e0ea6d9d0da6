package program

import (
	"os"
	"path/filepath"
	"testing"
)

// PolicyFile writes a policy into a file of the test.
func PolicyFile(t testing.TB, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "policy.json")
	WritePolicy(t, file, text)
	return file
}

// WritePolicy replaces what a policy file holds.
func WritePolicy(t testing.TB, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
