// Command server serves an API behind a policy file that may change while it
// runs. On an admin port of its own it reports the policy in force, and explains
// what that makes of a request.
package main

import (
	"context"
	"errors"
	"flag"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/concors/concors/examples/production/explain"
	"github.com/concors/concors/examples/production/reload"
	"github.com/concors/concors/examples/production/reload/sources"
	corshttp "github.com/concors/concors/stdlib"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	if err := run(ctx, os.Args[1:], log); err != nil && !errors.Is(err, flag.ErrHelp) {
		log.Error("server", "error", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, log *slog.Logger) error {
	flags := flag.NewFlagSet("server", flag.ContinueOnError)
	policy := flags.String("policy", "policy.json", "the policy file, in JSON or, named .yaml or .yml, in YAML")
	listen := flags.String("listen", "127.0.0.1:8080", "where the API is")
	admin := flags.String("admin", "127.0.0.1:8081", "where /policy and /explain are; keep it on loopback")
	if err := flags.Parse(args); err != nil {
		return err
	}
	file, err := reload.Open(*policy, sources.ForFile(*policy), log)
	if err != nil {
		return err
	}
	api := http.NewServeMux()
	api.HandleFunc("/hello", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello\n") })
	inside := http.NewServeMux()
	inside.Handle("GET /policy", file)
	inside.Handle("GET /explain", explain.Handler(file.Policy()))

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	parts := []func() error{
		func() error { file.Watch(ctx); return nil },
		func() error { return serve(ctx, log, "api", *listen, corshttp.Middleware(file.Policy())(api)) },
		func() error { return serve(ctx, log, "admin", *admin, explain.Local(inside)) },
	}
	ends := make(chan error)
	for _, part := range parts {
		go func() { ends <- part() }()
	}
	for range parts {
		err = errors.Join(err, <-ends)
		stop() // the first part that ends takes the others with it
	}
	return err
}

// serve serves h until ctx is done, and lets the requests of then end.
func serve(ctx context.Context, log *slog.Logger, name, address string, h http.Handler) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	log.Info("listening", "server", name, "address", listener.Addr().String())
	server := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: time.Minute}
	ended := make(chan error, 1)
	go func() {
		<-ctx.Done()
		patience, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		ended <- server.Shutdown(patience)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-ended
}
