// Rehearsal tries a release before there is one. It packs every released module
// as the go command would, serves the zips to an empty folder with a module
// cache of its own, and there does what a person does with each adapter's
// README: go get, tidy, build, run, and ask the server from another origin.
//
//	cd tools && GOWORK=off go run ./rehearsal
//
// Packed is the work tree, changes that are not committed included, without what
// git ignores: a fault is to be seen before it is committed.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/concors/concors/tools/internal/repo"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root, err := repo.Root(ctx)
	if err == nil {
		err = start(ctx, root, os.Stdout)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "rehearsal: %v\n", err)
		stop()
		os.Exit(1)
	}
}

// start rehearses with the module cache and the proxy that this machine uses.
func start(ctx context.Context, root string, out io.Writer) error {
	usual, err := goEnv(ctx, root)
	if err != nil {
		return err
	}
	return rehearse(ctx, root, usual, out)
}

// rehearse tries the work tree at root, and leaves nothing behind.
func rehearse(ctx context.Context, root string, usual machine, out io.Writer) (err error) {
	work, err := os.MkdirTemp("", "concors-rehearsal")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	tree := filepath.Join(work, "tree")
	if err := repo.Copy(ctx, root, tree); err != nil {
		return err
	}
	r, err := pack(tree, filepath.Join(work, "packed"))
	if err != nil {
		return err
	}
	r.work = work
	fmt.Fprintf(out, "rehearsal: packed %d modules as %s\n", len(r.modules), r.version)
	proxy, err := serve(r, usual.cache)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, proxy.Close()) }()
	r.env = environment(work, proxy.url, usual.proxy)
	return r.consumeAll(ctx, out)
}

// consumeAll goes on behind a fault, so that one run shows those of every adapter.
func (r *rehearsal) consumeAll(ctx context.Context, out io.Writer) error {
	var faults error
	var rows []row
	for _, module := range r.modules {
		var one row
		var err error
		switch a, ok := adapters[module.Folder]; {
		case ok:
			one, err = r.consume(ctx, module, a)
			rows = append(rows, one)
		case module.Folder == "conformance":
			err = r.compile(ctx, module)
		case module.Folder == "migrate":
			err = r.migrate(ctx, module)
		case module.Folder != repo.Core: // every adapter has it
			err = errors.New("the rehearsal does not know what to do with it: say so in tools/rehearsal")
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			faults = errors.Join(faults, fmt.Errorf("%s: %w", module.Folder, err))
			continue
		}
		fmt.Fprintf(out, "rehearsal: %s is well\n", module.Folder)
	}
	if faults == nil {
		printTable(out, rows)
	}
	return faults
}
