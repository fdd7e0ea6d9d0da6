// Fleet is a server whose policy is in a store that many servers share: a key of
// a NATS JetStream bucket. Put a policy file there, and every process takes it:
//
//	fleet -store nats://127.0.0.1:4222,nats://127.0.0.1:4223 -bucket cors -key policy
//
// What to copy is [Follower]. A process that has no policy yet does not serve;
// one that has lost the store goes on with the last good policy.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/concors/concors/examples/production/explain"
	corshttp "github.com/concors/concors/stdlib"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("fleet", flag.ContinueOnError)
	store := flags.String("store", nats.DefaultURL, "URLs of the store's nodes, with commas between")
	bucket := flags.String("bucket", "cors", "bucket that has the policy")
	key := flags.String("key", "policy", "key of the policy in the bucket")
	every := flags.Duration("every", 10*time.Second, "how often to ask the store besides watching it")
	addr := flags.String("addr", "127.0.0.1:8080", "address to serve")
	admin := flags.String("admin", "127.0.0.1:8081", "address to tell the state of the policy")
	if err := flags.Parse(args); err != nil {
		return err
	}
	nc, err := connect(*store)
	if err != nil {
		return err
	}
	defer nc.Close()
	f, err := follow(ctx, nc, *bucket, *key)
	if err != nil {
		return err
	}
	go f.Run(ctx, *every)
	return serve(ctx, out, *addr, *admin, f)
}

// connect never gives up a store that was there once, and finds out within
// seconds that a connection is dead.
func connect(store string) (*nats.Conn, error) {
	return nats.Connect(store, nats.Name("cors"), nats.Timeout(10*time.Second), nats.MaxReconnects(-1), nats.ReconnectWait(500*time.Millisecond),
		nats.PingInterval(3*time.Second), nats.MaxPingsOutstanding(1))
}

func follow(ctx context.Context, nc *nats.Conn, bucket, key string) (*Follower, error) {
	js, err := jetstream.New(nc)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	kv, err := js.KeyValue(ctx, bucket)
	if err != nil {
		return nil, err
	}
	return Follow(ctx, kv, key, slog.Default())
}

// serve serves the site at addr, and at admin, which is not for the public, the
// state of the policy: a fleet agrees when each process tells the same revision.
func serve(ctx context.Context, out io.Writer, addr, admin string, f *Follower) error {
	site := corshttp.Middleware(f.Policy())(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "hello\n")
	}))
	state := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(f.State())
	})
	servers := []*http.Server{
		{Addr: addr, Handler: site, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: time.Minute},
		{Addr: admin, Handler: explain.Local(state), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: time.Minute},
	}
	failed := make(chan error, len(servers))
	for _, s := range servers {
		l, err := net.Listen("tcp", s.Addr)
		if err != nil {
			return err
		}
		defer s.Close()
		go func() { failed <- s.Serve(l) }()
		fmt.Fprintf(out, "http://%s\n", l.Addr())
	}
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return errors.Join(servers[0].Shutdown(ctx), servers[1].Shutdown(ctx))
}
