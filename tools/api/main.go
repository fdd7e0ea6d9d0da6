// Api compares the exported names of every released module with those of the
// last release. From v1 on it fails on what may break a program; before, that
// takes a new minor version, and the release sees to it.
//
//	cd tools && GOWORK=off go run ./api
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"golang.org/x/mod/semver"

	"github.com/concors/concors/tools/internal/compat"
	"github.com/concors/concors/tools/internal/repo"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root, err := repo.Root(ctx)
	if err == nil {
		err = run(ctx, root, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "api:", err)
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, root string, out io.Writer) error {
	report, err := compat.Since(ctx, root)
	if err != nil {
		return err
	}
	report.Print(out)
	if report.Since == "" {
		return warnShallow(ctx, root, out)
	}
	// Any minor version that could come next.
	return report.Allowed(semver.Major(report.Since) + ".999999.0")
}

// warnShallow says so if the tags may be missing because nobody fetched them.
func warnShallow(ctx context.Context, root string, out io.Writer) error {
	shallow, err := repo.Git(ctx, root, "rev-parse", "--is-shallow-repository")
	if strings.TrimSpace(shallow) == "true" {
		fmt.Fprintln(out, "api: this clone is shallow and may lack the tags: git fetch --tags --unshallow")
	}
	return err
}
