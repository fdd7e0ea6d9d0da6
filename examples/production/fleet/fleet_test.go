package main

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/nats-io/nats.go/jetstream"
)

// faulty are values that are no policy, or none that opens anything.
var faulty = map[string]string{
	"nothing":            ``,
	"a file broken off":  `{"allowOrigins": ["https://shared.example", "https://nev`,
	"an empty object":    `{}`,
	"an empty list":      `{"allowOrigins": []}`,
	"null":               `null`,
	"an unknown key":     `{"allowOrigin": ["*"]}`,
	"half of it good":    `{"allowOrigins": ["https://never.example", "never.example/"]}`,
	"any with a login":   `{"allowOrigins": ["*"], "allowCredentials": true}`,
	"two files in a row": `{"allowOrigins": ["*"]}{"allowOrigins": ["*"]}`,
}

// versions is how many good versions the test publishes.
const versions = 6

// fleet is what the test plays with.
type fleet struct {
	js        jetstream.JetStream
	kv        jetstream.KeyValue
	published atomic.Int64
	servers   []*fleetServer
}

func (f *fleet) publish(t *testing.T, version int) {
	t.Helper()
	f.published.Store(int64(version))
	f.put(t, policyFile(version))
}

func (f *fleet) put(t *testing.T, value string) (revision uint64) {
	t.Helper()
	try(t, func(ctx context.Context) (err error) {
		revision, err = f.kv.PutString(ctx, "policy", value)
		return err
	})
	return revision
}

func reach(t *testing.T, version int, servers ...*fleetServer) {
	t.Helper()
	for _, s := range servers {
		until(t, func() error { return s.inForce(version, versions) })
	}
}

// TestFleet publishes policies to three processes while the store loses a node,
// and a process its connection.
func TestFleet(t *testing.T) {
	store := startNodes(t)
	f := new(fleet)
	f.js, f.kv = store.bucket(t)
	f.publish(t, 1)
	caughtUp(t, f.js)
	way := newProxy(t, store.addrs)
	all := storeURL(store.addrs...)
	cutOff := startServer(t, "the process behind the proxy", storeURL(way.addr))
	others := []*fleetServer{startServer(t, "one process", all), startServer(t, "another process", all)}
	f.servers = append(others, cutOff)
	reach(t, 1, f.servers...)

	var witnesses []func() int
	for _, s := range f.servers {
		witnesses = append(witnesses, (&witness{server: s, published: &f.published}).watch(t, versions))
	}

	f.publish(t, 2)
	reach(t, 2, f.servers...)

	f.playFaults(t, 2)
	f.publish(t, 3)
	reach(t, 3, f.servers...)

	way.setCut(true)
	f.publish(t, 4)
	reach(t, 4, others...)
	if err := cutOff.inForce(3, versions); err != nil {
		t.Errorf("without its connection: %v", err)
	}
	f.publish(t, 5) // of two versions missed, the newest counts
	reach(t, 5, others...)
	until(t, func() error {
		if n := way.turnedAway(); n < 3 {
			return fmt.Errorf("the process has tried %d times to connect", n)
		}
		return nil
	})
	way.setCut(false)
	reach(t, 5, f.servers...)

	store.killLeader(t, f.js)
	for _, s := range f.servers {
		if err := s.inForce(5, versions); err != nil {
			t.Errorf("after the loss of a node: %v", err)
		}
	}
	f.publish(t, 6)
	reach(t, 6, f.servers...)

	for _, stop := range witnesses {
		if asked := stop(); asked < 20 {
			t.Errorf("a witness asked %d times only", asked)
		}
	}
	f.agree(t)
	tellsNoPage(t, cutOff)
	client.CloseIdleConnections()
	for _, s := range f.servers {
		s.stop(t)
	}
}

// playFaults puts faulty values in the bucket, and deletes the key. Each process
// says that it has seen them, and keeps the version.
func (f *fleet) playFaults(t *testing.T, version int) {
	t.Helper()
	refused := func(what string, revision uint64) {
		t.Helper()
		for _, s := range f.servers {
			until(t, func() error {
				state, err := s.state()
				if err == nil && (state.Seen < revision || state.Fault == "") {
					err = fmt.Errorf("%s: %s is in the state %+v, want revision %d refused", what, s.name, state, revision)
				}
				return err
			})
			if err := s.inForce(version, versions); err != nil {
				t.Errorf("%s: %v", what, err)
			}
		}
	}
	var last uint64
	for what, value := range faulty {
		last = f.put(t, value)
		refused(what, last)
	}
	try(t, func(ctx context.Context) error { return f.kv.Delete(ctx, "policy") })
	refused("a key that is deleted", last+1)
}

// agree compares the revisions of the processes, as an operator would.
func (f *fleet) agree(t *testing.T) {
	t.Helper()
	for _, s := range f.servers {
		try(t, func(ctx context.Context) error {
			newest, err := f.kv.Get(ctx, "policy")
			if err != nil {
				return err
			}
			state, err := s.state()
			if want := (State{Revision: newest.Revision(), Seen: newest.Revision()}); err == nil && state != want {
				err = fmt.Errorf("%s is in the state %+v, want %+v", s.name, state, want)
			}
			return err
		})
	}
}
