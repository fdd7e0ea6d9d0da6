package demo

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"

	concors "github.com/concors/concors/core"
)

// Server is how a router serves: the two method values that an
// *[net/http.Server] and a *fiber.App have under different names.
type Server struct {
	Serve    func(net.Listener) error
	Shutdown func(context.Context) error
}

// Main runs an example until it is told to stop, then ends the process: with 0
// after SIGINT or SIGTERM, 1 when it cannot start or serve, 2 for wrong flags.
// It builds the policy, hands it to build, and serves what build returns.
func Main(router string, build func(*concors.Policy) Server) {
	os.Exit(run(router, os.Args[1:], build, os.Stdout, os.Stderr))
}

func run(router string, args []string, build func(*concors.Policy) Server, stdout, stderr io.Writer) int {
	settings, err := parseFlags(router, args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	}
	p, err := newProgram(router, settings, stderr)
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	if err := p.serve(build(p.policy), stdout); err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	return 0
}

// program is an example that has its ports and its policy.
type program struct {
	router    string
	api, page net.Listener // page is nil where it is turned off
	source    source
	policy    *concors.Policy
	live      *live // the same, for those that change it
	log       *slog.Logger
	stderr    io.Writer
}

// newProgram takes the ports before it builds the policy, because the built-in
// policy names the port of the page. On an error it holds no port.
func newProgram(router string, s settings, stderr io.Writer) (*program, error) {
	p := &program{router: router, log: slog.New(slog.NewTextHandler(stderr, nil)), stderr: stderr}
	if err := p.open(s); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

func (p *program) open(s settings) (err error) {
	if p.api, err = listen("-addr", s.addr); err != nil {
		return err
	}
	if s.page != "" {
		if p.page, err = listen("-page", s.page); err != nil {
			return err
		}
	}
	p.source = source{file: s.policy, page: pageOrigin(p.page)}
	cfg, err := p.source.load()
	if err != nil {
		return err
	}
	if p.policy, err = concors.NewPolicy(cfg, concors.WithObserver(logDecisions(p.log))); err != nil {
		return err
	}
	p.live = newLive(p.policy, cfg)
	p.policy.SetDebug(s.debug)
	return nil
}

func (p *program) close() {
	for _, ln := range []net.Listener{p.api, p.page} {
		if ln != nil {
			ln.Close()
		}
	}
}
