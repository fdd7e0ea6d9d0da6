// Command play plays the conformance cases against a running server, in
// whatever language it is written.
//
//	go run ./conformance/cmd/play -server http://127.0.0.1:8080 -control http://127.0.0.1:8080/policy
//
// Before each case it hands the server the policy of the case:
//
//	PUT /policy?debug=false HTTP/1.1
//	Content-Type: application/json
//
//	{"allowOrigins": ["https://app.example.com"]}
//
// The server answers with a status from 200 to 299 once the policy, and debug
// mode as asked, apply to every request that begins after this answer. It may
// serve -control on the same address, outside of the middleware, or on another
// one. Requests of the cases then go to -server, which answers 500 on /error and
// /panic; its other routes are its own affair.
//
// Every case that differs is reported with what was asked, what came and what
// was wanted. The exit status is 0 if all cases pass, 1 if one does not, and 2
// if they cannot be played.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"

	"github.com/concors/concors/conformance"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	s, err := parseFlags(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	}
	cases, err := conformance.Load()
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 2
	}
	played, failed := 0, 0
	for _, c := range cases {
		if !c.NeedsOnlyPolicy() || !s.only.MatchString(c.Name()) {
			continue
		}
		if err := s.handOver(c.Policy(), c.Debug()); err != nil {
			fmt.Fprintf(stderr, "%s: the server does not take the policy: %v\n", c.Name(), err)
			return 2
		}
		played++
		differences := c.PlayServer(s.dial)
		for _, difference := range differences {
			fmt.Fprintln(stdout, difference)
		}
		if len(differences) > 0 {
			failed++
			fmt.Fprintf(stdout, "FAIL %s: %s\n", c.Name(), c.Title())
		} else if s.verbose {
			fmt.Fprintf(stdout, "ok   %s\n", c.Name())
		}
	}
	fmt.Fprintf(stdout, "played %d cases, %d failed\n", played, failed)
	switch {
	case played == 0:
		fmt.Fprintln(stderr, "-run matches no case")
		return 2
	case failed > 0:
		return 1
	}
	return 0
}

// settings are the flags.
type settings struct {
	server   address
	control  string
	only     *regexp.Regexp
	insecure bool
	verbose  bool
}

// parseFlags has told stderr what is wrong when it returns an error.
func parseFlags(args []string, stderr io.Writer) (*settings, error) {
	s := new(settings)
	flags := flag.NewFlagSet("play", flag.ContinueOnError)
	flags.SetOutput(stderr)
	server := flags.String("server", "", "send the requests of the cases to this `URL`, such as http://127.0.0.1:8080")
	flags.StringVar(&s.control, "control", "", "PUT each case's policy to this `URL`, such as http://127.0.0.1:8080/policy")
	only := flags.String("run", "", "play only the cases whose name matches this regular `expression`")
	flags.BoolVar(&s.insecure, "insecure", false, "accept any certificate of an https server")
	flags.BoolVar(&s.verbose, "v", false, "name the cases that pass, too")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	err := s.check(*server, *only, flags.Args())
	if err != nil {
		fmt.Fprintln(stderr, err)
		flags.Usage()
	}
	return s, err
}
