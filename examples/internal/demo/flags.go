package demo

import (
	"flag"
	"fmt"
	"io"
	"net"
)

// settings are the flags of an example.
type settings struct {
	addr, page, policy string
	debug              bool
}

// parseFlags reads the flags and checks their form. It has told stderr what is
// wrong when it returns an error.
func parseFlags(router string, args []string, stderr io.Writer) (settings, error) {
	var s settings
	flags := flag.NewFlagSet(router, flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&s.addr, "addr", "127.0.0.1:8080", "serve the API on this `host:port`; port 0 takes a free one")
	flags.StringVar(&s.page, "page", "localhost:3000", "serve the page on this `host:port`; empty turns it off")
	flags.StringVar(&s.policy, "policy", "", "read the policy from this JSON `file`, again on SIGHUP (default: a built-in policy that allows the page)")
	flags.BoolVar(&s.debug, "debug", false, "let a browser's console name the reason of a denied preflight")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	err := s.check(flags.Args())
	if err != nil {
		fmt.Fprintln(stderr, err)
		flags.Usage()
	}
	return s, err
}

func (s settings) check(rest []string) error {
	if len(rest) > 0 {
		return fmt.Errorf("%q is not a flag, and nothing but flags is expected", rest[0])
	}
	if _, _, err := net.SplitHostPort(s.addr); err != nil {
		return fmt.Errorf("-addr: %q is not host:port", s.addr)
	}
	if _, _, err := net.SplitHostPort(s.page); err != nil && s.page != "" {
		return fmt.Errorf("-page: %q is not host:port", s.page)
	}
	return nil
}
