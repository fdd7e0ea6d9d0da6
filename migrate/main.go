// Migrate reads Go source that configures rs/cors, gin-contrib/cors,
// go-chi/cors, echo's or fiber's CORS middleware, and prints for each place the
// Config of Concors that takes its place, with a note for whatever has no
// equivalent or changes. It writes no file.
//
//	go run github.com/concors/concors/migrate@latest ./...
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/concors/concors/migrate/internal/library"
	"github.com/concors/concors/migrate/internal/report"
	"github.com/concors/concors/migrate/internal/source"
)

// What the command says to the shell.
const (
	exitDone   = 0
	exitFailed = 1 // something could not be read
	exitUsage  = 2
	exitOpen   = 3 // a place needs a decision or some code before it can move
)

const usage = `usage: migrate [-C dir] [-json] [-tags list] [packages]

Prints the concors.Config that takes the place of each configuration of rs/cors,
gin-contrib/cors, go-chi/cors, echo's or fiber's CORS middleware that the
packages hold (by default ./...), tests included, and what changes with it.
It also names the lines that write such response fields by hand. It writes no file.

Exit status: 0 all is printed and core accepts it, 1 something could not be read,
2 usage, 3 some place needs a decision: core refuses its Config, or a part of it
could not be carried over, it stood on a part of the server, or fields are
written by hand. Notes alone leave the status 0, yet read them. "go run" turns every status but 0 into 1.

`

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("migrate", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprint(stderr, usage)
		flags.PrintDefaults()
	}
	dir := flags.String("C", ".", "read packages as seen from `dir`")
	asJSON := flags.Bool("json", false, "print JSON")
	tags := flags.String("tags", "", "build tags, as of go build")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return exitDone
	} else if err != nil {
		return exitUsage
	}
	patterns := flags.Args()
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	drafts, byHand, whole, err := migrate(*dir, *tags, patterns, stderr)
	if err == nil && *asJSON {
		err = report.JSON(stdout, drafts)
	} else if err == nil {
		err = report.Text(stdout, drafts)
	}
	if err != nil {
		fmt.Fprintln(stderr, "migrate:", err)
		return exitFailed
	}
	if !whole {
		return exitFailed
	}
	return status(drafts, byHand, stderr)
}

// migrate also returns where fields are written by hand, and whether all source
// was read.
func migrate(dir, tags string, patterns []string, stderr io.Writer) (drafts []*library.Draft, byHand []string, whole bool, err error) {
	program, warnings, err := source.Load(dir, tags, patterns)
	if err != nil {
		return nil, nil, false, err
	}
	whole = true
	for _, w := range warnings {
		fmt.Fprintln(stderr, "migrate:", w.Text)
		whole = whole && !w.Lost
	}
	libraries := library.All()
	for _, place := range program.Find(library.Targets(libraries)) {
		drafts = append(drafts, library.Owner(libraries, place.Target).Translate(place))
	}
	return drafts, program.ByHand(), whole, nil
}

func status(drafts []*library.Draft, byHand []string, stderr io.Writer) int {
	for _, line := range byHand {
		fmt.Fprintf(stderr, "migrate: %s is written by hand: take it out, or it stands over the policy's, or beside it\n", line)
	}
	if len(byHand) > 0 {
		fmt.Fprintf(stderr, "migrate: what to do about these: %sREADME.md#fields-written-by-hand\n", library.Pages)
	} else if len(drafts) == 0 {
		fmt.Fprintln(stderr, "migrate: no configuration of rs/cors, gin-contrib/cors, go-chi/cors, echo or fiber found, and no field written by hand")
	}
	open := len(byHand) > 0
	for _, d := range drafts {
		open = open || d.Open
	}
	if open {
		return exitOpen
	}
	return exitDone
}
