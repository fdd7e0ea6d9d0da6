package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	concors "github.com/concors/concors/core"
)

// Follower keeps a policy as a key of a bucket has it. The policy in force is
// always one that was published, and never an older one than this process had
// before: the store's revisions tell. What is no good policy, and a loss of the
// store, leave it as it is.
type Follower struct {
	kv     jetstream.KeyValue
	key    string
	policy *concors.Policy
	log    *slog.Logger

	mu    sync.Mutex
	state State
}

// State says which policy is in force.
type State struct {
	// Revision is the revision in force, Seen the newest that has come.
	Revision uint64 `json:"revision"`
	Seen     uint64 `json:"seen"`
	// Fault is why Seen is not in force, if it is not.
	Fault string `json:"fault,omitempty"`
}

// Follow builds the policy that kv has under key. There must be a good one: a
// process that does not know its policy should not serve. A replica that lags may
// answer: then the process begins with an older policy than the newest, even than
// one that it had before a restart, until Run has caught up.
func Follow(ctx context.Context, kv jetstream.KeyValue, key string, log *slog.Logger) (*Follower, error) {
	e, err := kv.Get(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("%s/%s: %w", kv.Bucket(), key, err)
	}
	cfg, err := concors.ParseConfig(e.Value())
	if err != nil {
		return nil, fmt.Errorf("%s/%s, revision %d: %w", kv.Bucket(), key, e.Revision(), err)
	}
	policy, err := concors.NewPolicy(cfg)
	if err != nil {
		return nil, fmt.Errorf("%s/%s, revision %d: %w", kv.Bucket(), key, e.Revision(), err)
	}
	return &Follower{
		kv: kv, key: key, policy: policy, log: log,
		state: State{Revision: e.Revision(), Seen: e.Revision()},
	}, nil
}

// Policy returns the policy, always the same one.
func (f *Follower) Policy() *concors.Policy { return f.policy }

// State returns which policy is in force.
func (f *Follower) State() State {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.state
}

// Run takes what is published until ctx is done. It watches the key, and besides
// asks for it every so often: a watch that died with the node that served it may
// take long to tell.
func (f *Follower) Run(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	var updates <-chan jetstream.KeyValueEntry // nil while there is no watch
	for {
		if updates == nil {
			updates = f.watch(ctx)
		}
		select {
		case e, open := <-updates:
			switch {
			case !open:
				updates = nil
			case e != nil: // nil marks the end of what was there before
				f.take(e)
			}
		case <-tick.C:
			f.poll(ctx, max(every, 5*time.Second))
		case <-ctx.Done():
			return
		}
	}
}

// watch returns nil if the store does not answer; Run comes again.
func (f *Follower) watch(ctx context.Context) <-chan jetstream.KeyValueEntry {
	w, err := f.kv.Watch(ctx, f.key)
	if err != nil {
		f.log.WarnContext(ctx, "the policy cannot be watched, the last good one stays", "error", err)
		return nil
	}
	return w.Updates()
}

func (f *Follower) poll(ctx context.Context, limit time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	e, err := f.kv.Get(ctx, f.key)
	if err != nil {
		f.log.WarnContext(ctx, "the policy cannot be read, the last good one stays", "error", err)
		return
	}
	f.take(e)
}

// take puts a revision in force, if it is newer than all before: a replica that
// lags, or a watch that begins anew, may come with an older one.
func (f *Follower) take(e jetstream.KeyValueEntry) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if e.Revision() <= f.state.Seen {
		return
	}
	f.state.Seen, f.state.Fault = e.Revision(), ""
	if err := f.reload(e); err != nil {
		f.state.Fault = err.Error()
		f.log.Error("policy refused, the old one stays", "revision", e.Revision(), "error", err)
		return
	}
	f.state.Revision = e.Revision()
	f.log.Info("policy reloaded", "revision", e.Revision())
}

func (f *Follower) reload(e jetstream.KeyValueEntry) error {
	if e.Operation() != jetstream.KeyValuePut {
		return errors.New("the policy was deleted")
	}
	cfg, err := concors.ParseConfig(e.Value())
	if err != nil {
		return err
	}
	return f.policy.Reload(cfg)
}
