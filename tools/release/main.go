// Release makes a release of all modules, up to the push.
//
//	scripts/release v0.2.0
//
// It checks the work tree, sets the version everywhere, checks what came of it,
// commits and tags. If anything is refused or fails, the tree and the tags are as
// they were. It pushes nothing: a person looks first.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/concors/concors/tools/internal/repo"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "release: which version, such as v0.2.0")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root, err := repo.Root(ctx)
	if err == nil {
		r := release{root: root, version: os.Args[1], date: time.Now().UTC().Format(time.DateOnly), check: check, out: os.Stdout}
		err = r.run(ctx)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		stop()
		os.Exit(1)
	}
}

// check is what the tree must pass with the version set.
func check(ctx context.Context, root string, out io.Writer) error {
	cmd := repo.Make(ctx, root, "check", "docs", "rehearsal")
	cmd.Stdout, cmd.Stderr = out, out
	// This program is started without the workspace, the checks take theirs.
	cmd.Env = slices.DeleteFunc(cmd.Env, func(value string) bool { return strings.HasPrefix(value, "GOWORK=") })
	// With the go commands below it, of which killing make alone would leave some.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("make check docs rehearsal: %w", err)
	}
	return nil
}
