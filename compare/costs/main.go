// Command costs measures what Concors costs on each router, beside the floor
// and beside the CORS middleware that people use today.
//
//	go run ./compare/costs                         # all rows, some minutes
//	go run ./compare/costs -only 'gin/preflight'   # rows whose router/workload matches
//	go run ./compare/costs -browser                # requests with the other fields of a browser
//	go run ./compare/costs -md                     # tables in Markdown; -json: all figures
//
// The exit status is 1 if a target is missed by more than the noise that was
// measured, 0 if all are kept or too noisy to judge, and 2 if nothing could be
// measured.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"

	"github.com/concors/concors/compare/cost"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("costs", flag.ContinueOnError)
	flags.SetOutput(stderr)
	rounds := flags.Int("rounds", 300, "play every variant in `n` slices of 1 ms; quartiles need 20")
	only := flags.String("only", "", "measure the rows that match this `regexp`, such as net/http/exact")
	browser := flags.Bool("browser", false, "give requests the other fields that a browser sends")
	markdown := flags.Bool("md", false, "write Markdown")
	asJSON := flags.Bool("json", false, "write JSON, with quartiles and times of every variant")
	quiet := flags.Bool("quiet", false, "do not say which row is measured")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 2
	}
	if flags.NArg() > 0 || *rounds < 1 || *markdown && *asJSON {
		fmt.Fprintln(stderr, "costs takes flags only, at least one round, and one of -md and -json")
		return 2
	}
	pattern, err := regexp.Compile(*only)
	if err != nil {
		fmt.Fprintln(stderr, "-only:", err)
		return 2
	}
	options := cost.Options{Rounds: *rounds, Only: pattern, Browser: *browser}
	if !*quiet {
		options.Progress = func(row string) { fmt.Fprintln(stderr, row) }
	}
	report, err := cost.Measure(options)
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 2
	}
	if *asJSON {
		err = report.JSON(stdout)
	} else {
		err = report.Table(stdout, *markdown)
	}
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 2
	}
	if report.Missed() > 0 {
		return 1
	}
	return 0
}
