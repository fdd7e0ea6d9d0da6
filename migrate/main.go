// Migrate reads Go source that configures rs/cors, gin-contrib/cors,
// go-chi/cors, echo's or fiber's CORS middleware, and prints for each place the
// Config of Concors that takes its place, with a note for whatever has no
// equivalent or changes. It writes no file.
//
//	go run github.com/concors/concors/migrate@latest ./...
package main

import (
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
It writes no file.

Exit status: 0 all is printed and core accepts it, 1 something could not be read,
2 usage, 3 some place needs a decision: core refuses its Config, or a part of it
could not be carried over. Notes alone leave the status 0, yet read them.

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
	if err := flags.Parse(args); err != nil {
		return exitUsage
	}
	patterns := flags.Args()
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	drafts, whole, err := migrate(*dir, *tags, patterns, stderr)
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
	return status(drafts, stderr)
}

// migrate also reports whether all source was read.
func migrate(dir, tags string, patterns []string, stderr io.Writer) (drafts []*library.Draft, whole bool, err error) {
	program, warnings, err := source.Load(dir, tags, patterns)
	if err != nil {
		return nil, false, err
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
	return drafts, whole, nil
}

func status(drafts []*library.Draft, stderr io.Writer) int {
	if len(drafts) == 0 {
		fmt.Fprintln(stderr, "migrate: no configuration of rs/cors, gin-contrib/cors, go-chi/cors, echo or fiber found")
	}
	for _, d := range drafts {
		if d.Open {
			return exitOpen
		}
	}
	return exitDone
}
