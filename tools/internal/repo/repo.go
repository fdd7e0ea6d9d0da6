// Package repo reads this repository: its work tree, its modules and its tags.
package repo

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"
)

// Root returns the root of the work tree that the program is started in.
func Root(ctx context.Context) (string, error) {
	out, err := Git(ctx, ".", "rev-parse", "--show-toplevel")
	return strings.TrimSuffix(out, "\n"), err
}

// Git runs a git command in a folder and returns what it prints.
func Git(ctx context.Context, folder string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = folder
	var out, problem bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problem
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("git %s: %w: %s", args[0], err, bytes.TrimSpace(problem.Bytes()))
	}
	return out.String(), nil
}
