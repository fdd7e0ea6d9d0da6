package demo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/concors/concors/examples/internal/demo/wire"
)

// grace is how long requests may go on after the signal to stop.
const grace = 3 * time.Second

// serve serves the API and the page until a signal says to stop. Signals are
// caught before the addresses are printed, so that whoever waits for those
// lines may send one at once.
func (p *program) serve(api Server, stdout io.Writer) error {
	stop := make(chan os.Signal, 2) // the first asks, the second insists
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	reload := make(chan os.Signal, 1) // one that comes during a reload waits, and reads the file anew
	signal.Notify(reload, syscall.SIGHUP)
	go p.reloads(reload)
	p.announce(stdout)

	failed := make(chan error, 2)
	start := func(s Server, ln net.Listener) {
		failed <- s.Serve(ln)
	}
	servers := []Server{api}
	if p.page == nil {
		go start(api, p.api)
	} else {
		recorder := wire.NewRecorder(func(r *http.Request) json.RawMessage { return explain(p.policy, r) })
		page := p.pageServer(recorder)
		servers = append(servers, page)
		go start(api, recorder.Listener(p.api))
		go start(page, p.page)
	}
	select {
	case <-stop:
		return shutdown(servers, stop)
	case err := <-failed:
		return fmt.Errorf("serving ended: %v", err)
	}
}

// announce says where the API and the page are.
func (p *program) announce(stdout io.Writer) {
	api := baseURL(p.api)
	fmt.Fprintf(stdout, "API on %s with %s, try: curl -i %s/hello\n", api, p.router, api)
	if p.page != nil {
		fmt.Fprintf(stdout, "Page on %s, open it in a browser\n", pageOrigin(p.page))
	}
	if p.source.file != "" {
		fmt.Fprintf(stdout, "After a change of %s: kill -HUP %d\n", p.source.file, os.Getpid())
	}
}

// shutdown closes the ports and waits until running requests have ended, or for
// another signal, which cuts them.
func shutdown(servers []Server, again <-chan os.Signal) error {
	ended := make(chan error, 1)
	go func() { ended <- closeGently(servers) }()
	select {
	case err := <-ended:
		return err
	case <-again:
		return errors.New("stopped by a second signal, open connections are cut")
	}
}

// closeGently lets running requests end. Connections that are still open after
// the grace are cut with the process: browsers hold spare ones that never carry
// a request.
func closeGently(servers []Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	var errs []error
	for _, s := range servers {
		if err := s.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// pageServer serves the page on an origin of its own.
func (p *program) pageServer(recorder *wire.Recorder) Server {
	server := &http.Server{
		Handler:           p.pageHandler(recorder),
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, IdleTimeout: time.Minute,
	}
	return Server{Serve: server.Serve, Shutdown: server.Shutdown}
}
