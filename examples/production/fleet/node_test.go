package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// TestMain lets the test binary be what the environment says: a server of the
// fleet or a node of its store. Both are processes of their own, so that a test
// can kill them.
func TestMain(m *testing.M) {
	kind := os.Getenv("FLEET_PROCESS")
	if kind != "" {
		go func() {
			io.Copy(io.Discard, os.Stdin)
			os.Exit(1) // whoever started this is gone
		}()
	}
	switch kind {
	case "server":
		main()
	case "node":
		if err := runNode(os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	default:
		os.Exit(m.Run())
	}
}

// nodeArgs are the name and the folder of a node, and its two addresses, the one
// for clients and the one for other nodes; behind them come those of all nodes.
func runNode(args []string) error {
	client, err := net.ResolveTCPAddr("tcp", args[2])
	if err != nil {
		return err
	}
	cluster, err := net.ResolveTCPAddr("tcp", args[3])
	if err != nil {
		return err
	}
	var routes []*url.URL
	for _, a := range args[4:] {
		routes = append(routes, &url.URL{Scheme: "nats", Host: a})
	}
	o := &server.Options{
		ServerName: args[0], Host: "127.0.0.1", Port: client.Port, NoSigs: true,
		JetStream: true, StoreDir: args[1],
		// Clients learn of no other node, so that a proxy before one is the only way.
		Cluster: server.ClusterOpts{Name: "fleet", Host: "127.0.0.1", Port: cluster.Port, NoAdvertise: true},
		Routes:  routes,
	}
	s, err := server.NewServer(o)
	if err != nil {
		return err
	}
	s.ConfigureLogger()
	s.Start()
	if !s.ReadyForConnections(patience) {
		return errors.New("the node does not start")
	}
	fmt.Println("started")
	s.WaitForShutdown()
	return nil
}

// nodes are the store: names, processes and the addresses for clients.
type nodes struct {
	addrs     []string
	processes map[string]*process
}

func startNodes(t *testing.T) nodes {
	t.Helper()
	const count = 3
	addrs := freeAddrs(t, 2*count)
	n := nodes{addrs[:count], map[string]*process{}}
	for i := range count {
		name := fmt.Sprintf("node%d", i)
		args := append([]string{name, t.TempDir(), addrs[i], addrs[count+i]}, addrs[count:]...)
		n.processes[name] = start(t, "node", args...)
	}
	for name, p := range n.processes {
		if line := p.line(t); line != "started" {
			t.Fatalf("%s says %q", name, line)
		}
	}
	return n
}

// freeAddrs finds ports that nobody has. They are needed beforehand, since each
// node has to know the others'.
func freeAddrs(t *testing.T, n int) []string {
	t.Helper()
	var addrs []string
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		addrs = append(addrs, l.Addr().String())
	}
	return addrs
}

// bucket makes the bucket, with a copy on each node, as soon as the nodes have
// found each other.
func (n nodes) bucket(t *testing.T) (jetstream.JetStream, jetstream.KeyValue) {
	t.Helper()
	nc, err := nats.Connect(storeURL(n.addrs...), nats.Timeout(10*time.Second), nats.MaxReconnects(-1), nats.ReconnectWait(100*time.Millisecond), nats.RetryOnFailedConnect(true))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(patience))
	if err != nil {
		t.Fatal(err)
	}
	var kv jetstream.KeyValue
	try(t, func(ctx context.Context) (err error) {
		kv, err = js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: "cors", Replicas: len(n.addrs)})
		return err
	})
	return js, kv
}

// caughtUp waits until each node has all that was written.
func caughtUp(t *testing.T, js jetstream.JetStream) {
	t.Helper()
	try(t, func(ctx context.Context) error {
		s, err := js.Stream(ctx, "KV_cors")
		if err != nil {
			return err
		}
		replicas := s.CachedInfo().Cluster.Replicas
		if len(replicas) < 2 {
			return fmt.Errorf("the leader knows %d copies beside its own", len(replicas))
		}
		for _, r := range replicas {
			if !r.Current || r.Lag > 0 {
				return fmt.Errorf("the copy on %s lags %d behind", r.Name, r.Lag)
			}
		}
		return nil
	})
}

// killLeader kills the node that takes the bucket's writes, as a power cut would.
func (n nodes) killLeader(t *testing.T, js jetstream.JetStream) {
	t.Helper()
	var leader string
	try(t, func(ctx context.Context) error {
		s, err := js.Stream(ctx, "KV_cors")
		if err != nil {
			return err
		}
		leader = s.CachedInfo().Cluster.Leader
		return nil
	})
	p := n.processes[leader]
	if p == nil {
		t.Fatalf("the leader is %q", leader)
	}
	p.kill()
}

func storeURL(addrs ...string) (urls string) {
	for i, a := range addrs {
		if i > 0 {
			urls += ","
		}
		urls += "nats://" + a
	}
	return urls
}
