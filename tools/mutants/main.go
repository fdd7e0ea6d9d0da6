// Mutants asks whether the conformance suite would notice a mistake. It makes
// one small mistake after the other in a copy of the work tree and plays the
// suite against it: a mistake that no case finds is a case that is missing.
//
//	cd tools && GOWORK=off go run ./mutants [-only REGEXP] [-list] [-j N]
//
// The mistakes are in lists/, the ones that no case can find, with the reason,
// in survivors.txt.
package main

import (
	"context"
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"regexp"
	"runtime"
	"syscall"
	"time"

	"github.com/concors/concors/tools/internal/repo"
)

//go:embed lists survivors.txt
var embedded embed.FS

// suites says which modules have a suite that can find a mistake in a folder.
// Those for core stand in the order in which they are played: what one router
// shows is mostly enough, and the rest of the servers differ in few lines.
var suites = map[string][]string{
	"core":   {"stdlib", "fiber", "gin", "echo"},
	"stdlib": {"stdlib"},
	"chi":    {"chi"},
	"gin":    {"gin"},
	"echo":   {"echo"},
	"fiber":  {"fiber"},
}

func main() {
	only := flag.String("only", "", "try only the mutants whose line in -list matches this `regexp`")
	list := flag.Bool("list", false, "print the names and try nothing")
	workers := flag.Int("j", max(1, runtime.NumCPU()/2), "try `n` mutants at a time")
	timeout := flag.Duration("timeout", 2*time.Minute, "kill a suite that runs longer, and count the mutant as killed")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := start(ctx, *only, *list, &driver{
		suites: suites, workers: max(1, *workers), timeout: *timeout, out: os.Stdout,
	}); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		stop()
		os.Exit(1)
	}
}

// start reads the lists, checks them against the work tree and sets d to work.
func start(ctx context.Context, only string, list bool, d *driver) error {
	pattern, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	root, err := repo.Root(ctx)
	if err != nil {
		return err
	}
	mutants, err := readLists(embedded)
	if err != nil {
		return err
	}
	text, err := fs.ReadFile(embedded, "survivors.txt")
	if err != nil {
		return err
	}
	d.explained, err = parseSurvivors("survivors.txt", string(text), mutants)
	if err != nil {
		return err
	}
	chosen := mutants[:0:0]
	for _, m := range mutants {
		if pattern.MatchString(m.String()) {
			chosen = append(chosen, m)
		}
	}
	if len(chosen) == 0 {
		return errors.New("no mutant matches")
	}
	if list {
		return printNames(d.out, chosen)
	}
	return d.run(ctx, root, chosen)
}

func printNames(out io.Writer, mutants []mutant) error {
	for _, m := range mutants {
		if _, err := fmt.Fprintln(out, m); err != nil {
			return err
		}
	}
	return nil
}
