package tenants

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/concors/concors/examples/production/internal/routers"

	concors "github.com/concors/concors/core"
)

func newList(t *testing.T, s *Store) *List {
	t.Helper()
	l, err := NewList(t.Context(), s, concors.Config{AllowMethods: []string{"PUT"}})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// syncs reads the list, which must be another one or not, as reloaded says.
func syncs(t *testing.T, l *List, reloaded bool) {
	t.Helper()
	if got, err := l.Sync(t.Context()); err != nil || got != reloaded {
		t.Errorf("Sync = %t, %v; want %t", got, err, reloaded)
	}
}

// TestListOnEachRouter plays a tenant, a stranger, a change and an outage.
func TestListOnEachRouter(t *testing.T) {
	for _, router := range routers.Names() {
		t.Run(router, func(t *testing.T) {
			s := newStore(t)
			l := newList(t, s)
			base := routers.Site{Policy: l.Policy()}.Serve(t, router)
			check := func(when string, want map[string]bool) {
				t.Helper()
				for page, want := range want {
					if got := reads(t, base, page); got != want {
						t.Errorf("%s: %s reads: %t, want %t", when, page, got, want)
					}
				}
			}
			check("at first", map[string]bool{acme: true, globex: false, foreign: false})
			add(t, s, "globex", globex)
			syncs(t, l, true)
			check("with another tenant", map[string]bool{acme: true, globex: true, foreign: false})
			setActive(t, s, "acme", false)
			syncs(t, l, true)
			syncs(t, l, false)
			check("with one revoked", map[string]bool{acme: false, globex: true, foreign: false})
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if reloaded, err := l.Sync(t.Context()); err == nil || reloaded {
				t.Errorf("Sync = %t, %v from a closed database", reloaded, err)
			}
			check("in an outage", map[string]bool{acme: false, globex: true, foreign: false})
		})
	}
}

// TestFaultyRow writes past [Store.Add], as another program might.
func TestFaultyRow(t *testing.T) {
	for _, c := range []struct{ origin, says string }{
		{"https://app.globex.example/", `tenant "globex": concors: allowOrigins[0]: "https://app.globex.example/" is not an origin: remove the path "/"`},
		{"HTTPS://app.globex.example", `tenant "globex": concors: allowOrigins[0]: "HTTPS://app.globex.example"`},
		{"", `tenant "globex": concors: allowOrigins[0]: `},
		// What a policy would take, of one tenant for all the world.
		{"*", `tenant "globex": concors: allowOrigins: "*"`},
		{"null", `tenant "globex": concors: allowOrigins: "null"`},
		{"https://*", `tenant "globex": concors: allowOrigins: "https://*"`},
		{"https://*.example.org", `tenant "globex": concors: allowOrigins: "https://*.example.org"`},
		{"http://localhost:*", `tenant "globex": concors: allowOrigins: "http://localhost:*"`},
	} {
		t.Run(c.origin, func(t *testing.T) {
			s := newStore(t)
			l := newList(t, s)
			if err := s.Add(t.Context(), "globex", c.origin); err == nil {
				t.Error("Add takes it")
			}
			execute(t, s, `INSERT INTO tenants (name) VALUES ('globex')`)
			execute(t, s, `INSERT INTO origins (origin, tenant) VALUES (?, 'globex')`, c.origin)
			execute(t, s, `DELETE FROM origins WHERE tenant = 'acme'`) // is not taken over either

			reloaded, err := l.Sync(t.Context())
			if reloaded || err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("Sync = %t, %v; want an error with %q", reloaded, err, c.says)
			}
			syncs(t, l, false) // the same list is not compiled again
			expect(t, l.Policy(), map[string]bool{acme: true, "null": false, "https://a.example.org": false, foreign: false})
			if _, err := NewList(t.Context(), s, concors.Config{}); err == nil {
				t.Error("NewList takes the list")
			}

			execute(t, s, `DELETE FROM origins WHERE tenant = 'globex'`)
			syncs(t, l, true)
			expect(t, l.Policy(), map[string]bool{acme: false})
		})
	}
}

// TestManyFaultyRows names some of the rows, and how many more there are.
func TestManyFaultyRows(t *testing.T) {
	s := newStore(t)
	l := newList(t, s)
	execute(t, s, `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
		INSERT INTO origins SELECT 'https://' || i || '.acme.example/', 'acme' FROM n`)
	_, err := l.Sync(t.Context())
	if err == nil {
		t.Fatal("Sync takes the list")
	}
	if got := err.Error(); strings.Count(got, `tenant "acme"`) != 10 || !strings.HasSuffix(got, "\nand 990 more") {
		t.Errorf("Sync = %s", got)
	}
	var fault *concors.ConfigError
	if !errors.As(err, &fault) || fault.Problem != concors.ProblemOriginPath {
		t.Errorf("the error holds the fault %+v", fault)
	}
}

// TestEmptyList revokes the last tenant: then nobody is allowed.
func TestEmptyList(t *testing.T) {
	s := newStore(t)
	l := newList(t, s)
	setActive(t, s, "acme", false)
	syncs(t, l, true)
	expect(t, l.Policy(), map[string]bool{acme: false, "null": false})
	if _, err := NewList(t.Context(), s, concors.Config{}); err != nil {
		t.Errorf("an empty list is refused at the start: %v", err)
	}
}

// TestEveryChangeCounts changes the list in each way that SQL has.
func TestEveryChangeCounts(t *testing.T) {
	s := newStore(t)
	execute(t, s, `PRAGMA foreign_keys = 0`)
	l := newList(t, s)
	for _, statement := range []string{
		`UPDATE origins SET origin = 'https://www.acme.example'`,
		`INSERT INTO origins VALUES ('https://b.example', 'acme')`,
		`UPDATE tenants SET active = 0`,
		`REPLACE INTO tenants VALUES ('acme', 1)`,
		`DELETE FROM origins WHERE origin = 'https://b.example'`,
		`DELETE FROM origins`,
		`DELETE FROM tenants`,
	} {
		execute(t, s, statement)
		if got, err := l.Sync(t.Context()); err != nil || !got {
			t.Errorf("%s: Sync = %t, %v", statement, got, err)
		}
	}
	syncs(t, l, false)
}

// TestWatch waits for a change, a fault and the change that mends it.
func TestWatch(t *testing.T) {
	s := newStore(t)
	l := newList(t, s)
	ctx, stop := context.WithCancel(t.Context())
	faults, done := make(chan error, 100), make(chan struct{})
	go func() {
		defer close(done)
		l.Watch(ctx, time.Millisecond, func(err error) { faults <- err })
	}()
	add(t, s, "globex", globex)
	until(t, func() bool { return allows(ctx, l.Policy(), globex) })
	execute(t, s, `INSERT INTO origins VALUES ('nonsense', 'acme')`)
	select {
	case err := <-faults:
		if !strings.Contains(err.Error(), "nonsense") {
			t.Error(err)
		}
	case <-time.After(time.Minute):
		t.Fatal("the fault is not reported")
	}
	execute(t, s, `DELETE FROM origins WHERE origin IN ('nonsense', ?)`, acme)
	until(t, func() bool { return !allows(ctx, l.Policy(), acme) })
	stop()
	<-done
	for len(faults) > 0 {
		t.Errorf("reported again: %v", <-faults)
	}
}

func until(t *testing.T, condition func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !condition(); {
		if time.Now().After(end) {
			t.Fatal("it does not come about")
		}
		time.Sleep(time.Millisecond)
	}
}
