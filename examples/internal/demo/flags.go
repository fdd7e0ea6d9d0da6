package demo

import (
	"flag"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strings"
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
	flags.StringVar(&s.page, "page", "localhost:3000", "serve the page on this `host:port`, where http://localhost:port reaches it; empty turns it off")
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
	if s.page == "" {
		return nil
	}
	host, _, err := net.SplitHostPort(s.page)
	if err != nil {
		return fmt.Errorf("-page: %q is not host:port", s.page)
	}
	if !isLocalhost(host) {
		return fmt.Errorf("-page: the host of %q must be localhost, 127.0.0.1, [::1] or no host (all addresses), because the page is opened, and allowed by the built-in policy, as http://localhost with that port", s.page)
	}
	if port := portOf(s.page); port != 0 && port == portOf(s.addr) {
		return fmt.Errorf("-addr and -page need different ports, but %s and %s have the same", s.addr, s.page)
	}
	return nil
}

// isLocalhost reports whether a browser that opens localhost reaches a server
// that listens on host.
func isLocalhost(host string) bool {
	if host == "" || strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	return ip.IsUnspecified() || ip == netip.IPv6Loopback() || ip == netip.AddrFrom4([4]byte{127, 0, 0, 1})
}

// portOf returns the port of a host:port, or 0 where any will do or none is
// known by that name: the listener reports that.
func portOf(addr string) int {
	_, name, err := net.SplitHostPort(addr)
	if err != nil {
		return 0
	}
	port, err := net.LookupPort("tcp", name)
	if err != nil {
		return 0
	}
	return port
}
