// Command mirror plays the conformance cases against the CORS middleware that
// people use today.
//
//	go run ./compare/mirror                                   # all of them, and the table in Markdown
//	go run ./compare/mirror -o docs/mirror.md                 # the same into a file; -readme renews the table there
//	go run ./compare/mirror -peer rs/cors                     # every case that one of them fails
//	go run ./compare/mirror -peer rs/cors -case origins/name  # one case in full: asked, came, judged
//
// -peer and -case take patterns such as gin* and vary/*. The exit status is 1
// if Concors itself, on any router, fails a case, and 2 if nothing could be
// played.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/concors/concors/compare"
	"github.com/concors/concors/conformance"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("mirror", flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("o", "", "write the page into this `file`")
	readme := flags.String("readme", "", "renew the table between the marks of the mirror in this `file`")
	peer := flags.String("peer", "", "play this `peer` only, such as rs/cors")
	name := flags.String("case", "", "show this `case` in full, such as origins/are-lower-case")
	date := flags.String("date", "", "the `date` of the table as 2006-01-02; today if it is left out")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 2
	}
	day := time.Now()
	if *date != "" {
		var err error
		if day, err = time.Parse(time.DateOnly, *date); err != nil {
			fmt.Fprintln(stderr, "-date:", err)
			return 2
		}
	}
	scenarios, err := compare.Scenarios()
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 2
	}
	server := httptest.NewServer(http.HandlerFunc(conformance.Upstream))
	defer server.Close()
	upstream, err := url.Parse(server.URL)
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 2
	}
	columns := compare.Columns(upstream)
	if *peer != "" {
		columns = compare.SelectColumns(columns, *peer)
	}
	if *name != "" {
		scenarios = compare.Select(scenarios, *name)
	}
	if len(columns) == 0 || len(scenarios) == 0 {
		fmt.Fprintf(stderr, "nothing to play: -peer matches %d of the columns, -case %d cases\n", len(columns), len(scenarios))
		return 2
	}
	if *name != "" {
		return show(stdout, columns, scenarios)
	}
	report := &compare.Report{
		Date: day, Go: runtime.Version(), Versions: versions(),
		Columns: columns, Scenarios: scenarios, Results: compare.PlayAll(columns, scenarios),
	}
	if *peer != "" {
		report.List(stdout)
	} else if err := errors.Join(write(report, *out, stdout), renew(report, *readme)); err != nil {
		fmt.Fprintln(stderr, err)
		return 2
	}
	if report.OwnFaults() > 0 {
		fmt.Fprintln(stderr, "Concors itself fails a case")
		return 1
	}
	return 0
}

// show plays every case on every column in full.
func show(w io.Writer, columns []compare.Column, scenarios []*compare.Scenario) int {
	status := 0
	for _, c := range columns {
		for _, s := range scenarios {
			result := compare.Show(w, c, s)
			fmt.Fprintln(w)
			if c.Own() && result.Outcome != compare.Passed {
				status = 1
			}
		}
	}
	return status
}

func write(report *compare.Report, file string, stdout io.Writer) error {
	if file == "" {
		return report.Markdown(stdout)
	}
	var b strings.Builder
	if err := report.Markdown(&b); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(b.String()), 0o644)
}

// renew puts the table into a file that shows it among other things.
func renew(report *compare.Report, file string) error {
	if file == "" {
		return nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	renewed, err := report.Renew(string(text))
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return os.WriteFile(file, []byte(renewed), 0o644)
}

// versions returns those of the modules that this program was built with.
func versions() map[string]string {
	out := map[string]string{}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			out[module.Path] = module.Version
		}
	}
	return out
}
