// Command ticket explains a request with a policy file, without a server:
//
//	go run ./explain/ticket -policy policy.json < request.txt
//
// It ends with status 1 if the policy refuses the request, so that a script can
// check a policy before it is put in force.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/explain"
)

var errRefused = errors.New("the policy refuses the request")

func main() {
	err := run(context.Background(), os.Args[1:], os.Stdin, os.Stdout)
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errRefused):
		os.Exit(1) // the explanation has told why
	default:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func run(ctx context.Context, args []string, request io.Reader, to io.Writer) error {
	flags := flag.NewFlagSet("ticket", flag.ContinueOnError)
	file := flags.String("policy", "policy.json", "the policy file")
	if err := flags.Parse(args); err != nil {
		return err
	}
	data, err := os.ReadFile(*file)
	if err != nil {
		return err
	}
	cfg, err := concors.ParseConfig(data)
	if err != nil {
		return err
	}
	policy, err := concors.NewPolicy(cfg)
	if err != nil {
		return err
	}
	explanation, err := explain.Message(ctx, policy, request)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprint(to, explanation); err != nil {
		return err
	}
	if !explanation.Decision.Allowed() {
		return errRefused
	}
	return nil
}
