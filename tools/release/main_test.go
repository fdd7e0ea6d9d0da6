package main

import (
	"strings"
	"testing"

	"github.com/concors/concors/tools/internal/repo/repotest"
)

func TestCheck(t *testing.T) {
	root := t.TempDir()
	t.Setenv("GOWORK", "off")  // as scripts/release does
	t.Setenv("MAKELEVEL", "1") // as in make test
	repotest.Write(t, root, map[string]string{"Makefile": "check:\n\t@echo workspace: $$GOWORK\ndocs:\n\t@echo read\nrehearsal:\n\t@echo rehearsed\n"})
	var out strings.Builder
	if err := check(t.Context(), root, &out); err != nil || out.String() != "workspace:\nread\nrehearsed\n" {
		t.Errorf("%v, said %q", err, out.String())
	}
	repotest.Write(t, root, map[string]string{"Makefile": "check:\n\t@false\ndocs:\nrehearsal:\n"})
	if err := check(t.Context(), root, &out); err == nil || !strings.HasPrefix(err.Error(), "make check docs rehearsal: ") {
		t.Errorf("error %v of a check that fails", err)
	}
}
