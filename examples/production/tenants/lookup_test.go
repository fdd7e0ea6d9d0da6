package tenants

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"github.com/concors/concors/examples/production/internal/routers"
)

// TestLookupOnEachRouter plays a tenant, a stranger and an outage.
func TestLookupOnEachRouter(t *testing.T) {
	for _, router := range routers.Names() {
		t.Run(router, func(t *testing.T) {
			db := &counted{Store: newStore(t)}
			add(t, db.Store, "globex", globex)
			now := new(clock)
			_, policy := newLookup(t, db.Active, Options{Timeout: time.Minute, clock: now, Log: slog.New(slog.DiscardHandler)})
			base := routers.Site{Policy: policy}.Serve(t, router)
			check := func(when, page string, want bool) {
				t.Helper()
				if got := reads(t, base, page); got != want {
					t.Errorf("%s: %s reads: %t, want %t", when, page, got, want)
				}
			}
			check("at first", acme, true)
			check("at first", foreign, false)
			if got := db.queries.Load(); got != 2 {
				t.Errorf("%d queries for two origins, each with a preflight and a request", got)
			}
			db.down.Store(true)
			check("in an outage", acme, true) // until its answer is old
			check("in an outage", globex, false)
			now.pass(10 * time.Second)
			check("in a long outage", acme, false)
			db.down.Store(false)
			now.pass(time.Second)
			check("after the outage", acme, true)
			check("after the outage", globex, true)
		})
	}
}

// TestLives shows when a change takes effect: not before the answer is old,
// since no query is made, and then at once.
func TestLives(t *testing.T) {
	db := &counted{Store: newStore(t)}
	now := new(clock)
	_, policy := newLookup(t, db.Active, Options{
		Allowed: 10 * time.Second, Refused: 5 * time.Second, Failed: time.Second,
		Timeout: time.Minute, clock: now, Log: slog.New(slog.DiscardHandler),
	})
	step := func(queries int64, page string, want bool) {
		t.Helper()
		expect(t, policy, map[string]bool{page: want})
		if got := db.queries.Swap(0); got != queries {
			t.Errorf("%d queries, want %d", got, queries)
		}
	}
	step(1, acme, true)
	setActive(t, db.Store, "acme", false)
	now.pass(10*time.Second - 1)
	step(0, acme, true) // asking for it did not prolong its life
	now.pass(1)
	step(1, acme, false)

	setActive(t, db.Store, "acme", true)
	now.pass(5*time.Second - 1)
	step(0, acme, false)
	now.pass(1)
	step(1, acme, true)

	db.down.Store(true)
	now.pass(10 * time.Second)
	step(1, acme, false)
	db.down.Store(false)
	now.pass(time.Second - 1)
	step(0, acme, false)
	now.pass(1)
	step(1, acme, true)
}

// TestTimeout holds all connections of the store, so that a query waits for one
// until its deadline. The page's own request has none.
func TestTimeout(t *testing.T) {
	s := newStore(t)
	release := holdConnections(t, s)
	var log bytes.Buffer
	now := new(clock)
	_, policy := newLookup(t, s.Active, Options{
		Timeout: 200 * time.Millisecond, clock: now, Log: slog.New(slog.NewTextHandler(&log, nil)),
	})
	if allows(t.Context(), policy, acme) {
		t.Error("allowed without an answer from the database")
	}
	if !strings.Contains(log.String(), context.DeadlineExceeded.Error()) {
		t.Errorf("logged %q", log.String())
	}
	release()
	until(t, func() bool {
		now.pass(time.Second)
		return allows(t.Context(), policy, acme)
	})
}

func holdConnections(t *testing.T, s *Store) (release func()) {
	t.Helper()
	var closers []func() error
	for range connections {
		c, err := s.db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		closers = append(closers, c.Close)
	}
	return func() {
		for _, end := range closers {
			if err := end(); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestLateYes asks a database that says yes after the deadline.
func TestLateYes(t *testing.T) {
	_, policy := newLookup(t, func(ctx context.Context, _ string) (bool, error) {
		<-ctx.Done()
		return true, nil
	}, Options{Timeout: time.Millisecond, Log: slog.New(slog.DiscardHandler)})
	expect(t, policy, map[string]bool{acme: false})
}

// TestClosedDatabase meets the error of the real driver.
func TestClosedDatabase(t *testing.T) {
	s := newStore(t)
	_, policy := newLookup(t, s.Active, Options{Log: slog.New(slog.DiscardHandler)})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	expect(t, policy, map[string]bool{acme: false, foreign: false})
}

// TestLogIsLimited fails 100 queries, of which the first is told at once, and the
// others in the next line by their number.
func TestLogIsLimited(t *testing.T) {
	db := &counted{Store: newStore(t)}
	db.down.Store(true)
	var log bytes.Buffer
	l, policy := newLookup(t, db.Active, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	if every := l.limit.Limit(); every != rate.Every(10*time.Second) {
		t.Errorf("the limit is %v lines a second", every)
	}
	l.limit.SetLimit(0)
	for i := range 100 {
		allows(t.Context(), policy, tenantOrigin(i))
	}
	if got := log.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "the database is down") || !strings.Contains(got, "queries=1\n") {
		t.Errorf("logged %q", got)
	}
	log.Reset()
	l.limit.SetLimit(rate.Inf)
	allows(t.Context(), policy, acme)
	if got := log.String(); !strings.Contains(got, "queries=100\n") {
		t.Errorf("logged %q, want the number of queries since the last line", got)
	}
}
