package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/concors/concors/conformance/browser"
	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/internal/routers"
)

// newBucket is a bucket on a node of its own, in this process.
func newBucket(t *testing.T) jetstream.KeyValue {
	t.Helper()
	s, err := server.NewServer(&server.Options{
		Host: "127.0.0.1", Port: server.RANDOM_PORT, NoSigs: true, NoLog: true, JetStream: true, StoreDir: t.TempDir(),
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() {
		s.Shutdown()
		s.WaitForShutdown()
	})
	if !s.ReadyForConnections(patience) {
		t.Fatal("the store does not start")
	}
	nc, err := nats.Connect(s.ClientURL(), nats.Timeout(10*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(patience))
	if err != nil {
		t.Fatal(err)
	}
	kv, err := js.CreateKeyValue(t.Context(), jetstream.KeyValueConfig{Bucket: "cors"})
	if err != nil {
		t.Fatal(err)
	}
	return kv
}

func put(t *testing.T, kv jetstream.KeyValue, value string) uint64 {
	t.Helper()
	revision, err := kv.PutString(t.Context(), "policy", value)
	if err != nil {
		t.Fatal(err)
	}
	return revision
}

// newFollower runs until the test ends.
func newFollower(t *testing.T, kv jetstream.KeyValue, every time.Duration) *Follower {
	t.Helper()
	f, err := Follow(t.Context(), kv, "policy", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var done sync.WaitGroup
	done.Go(func() { f.Run(ctx, every) })
	t.Cleanup(func() {
		stop()
		done.Wait()
	})
	return f
}

func seen(t *testing.T, f *Follower, revision uint64) {
	t.Helper()
	until(t, func() error {
		if got := f.State(); got.Seen != revision {
			return errors.New("the newest revision does not come")
		}
		return nil
	})
}

// TestFollowOnEachRouter publishes to a server on each router. The watch alone
// brings what is new.
func TestFollowOnEachRouter(t *testing.T) {
	kv := newBucket(t)
	for _, router := range routers.Names() {
		t.Run(router, func(t *testing.T) {
			put(t, kv, policyFile(1))
			f := newFollower(t, kv, time.Hour)
			b, err := browser.Dial(routers.Site{Policy: f.Policy()}.Serve(t, router))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(b.Close)
			only := func(version int) {
				t.Helper()
				for v := 1; v <= 2; v++ {
					r, err := b.Fetch(t.Context(), browser.Fetch{Page: own(v), URL: "/", Method: http.MethodPost})
					if err != nil {
						t.Fatal(err)
					}
					if r.Allowed() != (v == version) {
						t.Errorf("version %d in force, %s: %v", version, own(v), r)
					}
				}
			}
			only(1)
			seen(t, f, put(t, kv, policyFile(2)))
			only(2)
			seen(t, f, put(t, kv, `{"allowOrigins": ["https://v1.example/"]}`))
			only(2)
		})
	}
}

// unwatched is a bucket that cannot be watched.
type unwatched struct{ jetstream.KeyValue }

func (unwatched) Watch(context.Context, string, ...jetstream.WatchOpt) (jetstream.KeyWatcher, error) {
	return nil, errors.New("no watch")
}

// TestPoll brings what is new without a watch.
func TestPoll(t *testing.T) {
	kv := newBucket(t)
	put(t, kv, policyFile(1))
	f := newFollower(t, unwatched{kv}, 200*time.Millisecond)
	seen(t, f, put(t, kv, policyFile(2)))
	if !allows(f, own(2)) || allows(f, own(1)) {
		t.Error("the policy in force is not the newest")
	}
}

// entry is what a store tells, be it true or not.
type entry struct {
	jetstream.KeyValueEntry
	value    string
	revision uint64
}

func (e entry) Value() []byte                   { return []byte(e.value) }
func (e entry) Revision() uint64                { return e.revision }
func (e entry) Operation() jetstream.KeyValueOp { return jetstream.KeyValuePut }

// TestOlderRevision hears of an older policy after a newer one, and after a newer
// one that was refused.
func TestOlderRevision(t *testing.T) {
	kv := newBucket(t)
	put(t, kv, policyFile(1))
	f, err := Follow(t.Context(), kv, "policy", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		entry
		want State
	}{
		{entry{value: policyFile(3), revision: 30}, State{Revision: 30, Seen: 30}},
		{entry{value: policyFile(2), revision: 20}, State{Revision: 30, Seen: 30}},
		{entry{value: policyFile(2), revision: 30}, State{Revision: 30, Seen: 30}},
		{entry{value: "", revision: 50}, State{Revision: 30, Seen: 50, Fault: "concors: line 1, column 1: "}},
		{entry{value: policyFile(2), revision: 40}, State{Revision: 30, Seen: 50, Fault: "concors: line 1, column 1: "}},
	} {
		f.take(step.entry)
		got := f.State()
		got.Fault = got.Fault[:min(len(got.Fault), len(step.want.Fault))]
		if got != step.want {
			t.Errorf("after revision %d: %+v, want %+v", step.revision, f.State(), step.want)
		}
		if !allows(f, own(3)) || allows(f, own(2)) {
			t.Errorf("after revision %d another policy than that of 30 is in force", step.revision)
		}
	}
}

// TestNobody publishes what the README says, to let nobody in.
func TestNobody(t *testing.T) {
	kv := newBucket(t)
	put(t, kv, policyFile(1))
	f, err := Follow(t.Context(), kv, "policy", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	f.take(entry{value: `{"paths": {"/": {}}}`, revision: 30})
	if got := f.State(); got != (State{Revision: 30, Seen: 30}) {
		t.Errorf("state %+v", got)
	}
	h := http.Header{}
	f.Policy().Decide(t.Context(), concors.Request{Method: "GET", Path: "/", Origin: []string{shared}}).Apply(h)
	if len(h) > 0 {
		t.Errorf("answered with %v", h)
	}
}

// TestStart refuses to serve without a good policy.
func TestStart(t *testing.T) {
	kv := newBucket(t)
	fails := func(says string) {
		t.Helper()
		f, err := Follow(t.Context(), kv, "policy", slog.New(slog.DiscardHandler))
		if err == nil || f != nil || !strings.Contains(err.Error(), says) {
			t.Errorf("Follow = %v, %v; want an error with %q", f, err, says)
		}
	}
	fails("cors/policy: ")
	for what, value := range faulty {
		t.Run(what, func(t *testing.T) {
			put(t, kv, value)
			fails("concors: ")
		})
	}
}

func allows(f *Follower, page string) bool {
	return f.Policy().Decide(context.Background(), concors.Request{Method: "GET", Path: "/", Origin: []string{page}}).Allowed()
}
