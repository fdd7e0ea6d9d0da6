package repo

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// Make returns a call of make in a folder that knows nothing of the make that
// may have started this program: by these variables it would take over its
// flags, and tell the folder first.
func Make(ctx context.Context, folder string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "make", args...)
	cmd.Dir = folder
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains([]string{"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "GNUMAKEFLAGS"}, name)
	})
	return cmd
}
