// Command scales measures what large policies and hostile requests cost.
//
//	go run ./compare/scales                      # everything, about two minutes
//	go run ./compare/scales -only 'hostile/'     # the parts that match: build/, look-up/, hostile/, reload/
//
// It prints one table. The exit status is 1 if a bar is missed clearly, 0 if all
// are kept or too noisy to judge, and 2 if nothing could be measured. It needs
// about 1 GB of memory.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"

	"github.com/concors/concors/compare/scale"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("scales", flag.ContinueOnError)
	flags.SetOutput(stderr)
	rounds := flags.Int("rounds", 60, "play everything that is compared in `n` slices of 2 ms")
	many := flags.Int("many", 1_000_000, "give the largest policies `n` entries; the bars are those of 1,000,000")
	only := flags.String("only", "", "measure the parts that match this `regexp`, such as build/exact")
	quiet := flags.Bool("quiet", false, "do not say which part is measured")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 2
	}
	if flags.NArg() > 0 || *rounds < 1 || *many < 1 {
		fmt.Fprintln(stderr, "scales takes flags only, at least one round and one entry")
		return 2
	}
	pattern, err := regexp.Compile(*only)
	if err != nil {
		fmt.Fprintln(stderr, "-only:", err)
		return 2
	}
	options := scale.Options{Rounds: *rounds, Many: *many, Only: pattern}
	if !*quiet {
		options.Progress = func(part string) { fmt.Fprintln(stderr, part) }
	}
	report, err := scale.Measure(options)
	if err == nil {
		err = report.Write(stdout)
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
