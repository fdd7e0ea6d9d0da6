package tenants

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// slow is a database whose answer waits until the test releases it. A query
// whose context ends first fails.
type slow struct {
	begun   chan struct{} // one for each query
	release chan struct{}
}

func newSlow() *slow { return &slow{make(chan struct{}, 10_000), make(chan struct{})} }

func (s *slow) query(ctx context.Context, _ string) (bool, error) {
	s.begun <- struct{}{}
	select {
	case <-s.release:
		return true, nil
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

// TestSingleFlight asks for one origin 1,000 times at once.
func TestSingleFlight(t *testing.T) {
	db := newSlow()
	_, policy := newLookup(t, db.query, Options{Timeout: time.Minute})
	var ready, done sync.WaitGroup
	var allowed atomic.Int64
	for range 1000 {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			if allows(context.Background(), policy, acme) {
				allowed.Add(1)
			}
		})
	}
	ready.Wait()
	<-db.begun
	close(db.release)
	done.Wait()
	if more := len(db.begun); more != 0 {
		t.Errorf("%d queries for one origin, want 1", more+1)
	}
	if allowed.Load() != 1000 {
		t.Errorf("%d of 1000 requests are allowed", allowed.Load())
	}
}

// TestClientLeaves cancels the request that began the query, and one that waits
// for it. Neither gets a yes, and neither ends the query of the third.
func TestClientLeaves(t *testing.T) {
	db := newSlow()
	_, policy := newLookup(t, db.query, Options{Timeout: time.Minute})
	ask := func(ctx context.Context) <-chan bool {
		answer := make(chan bool, 1)
		go func() { answer <- allows(ctx, policy, acme) }()
		return answer
	}
	firstCtx, firstLeaves := context.WithCancel(t.Context())
	first := ask(firstCtx)
	<-db.begun

	secondCtx, secondLeaves := context.WithCancel(t.Context())
	second := ask(secondCtx)
	third := ask(t.Context())
	firstLeaves()
	secondLeaves()
	if <-second { // it comes although the query still runs
		t.Error("the second request is allowed before the database has answered")
	}
	close(db.release)
	if <-first {
		t.Error("the first request is allowed though its client has left")
	}
	if !<-third {
		t.Error("the third request is refused: it got another's cancellation for an answer")
	}
	if more := len(db.begun); more != 0 {
		t.Errorf("%d queries, want 1", more+1)
	}
}
