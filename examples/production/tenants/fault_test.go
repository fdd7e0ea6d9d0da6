package tenants

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	concors "github.com/concors/concors/core"
)

// TestInsecureOrigin has one tenant ask for an origin that a policy with
// credentials refuses: it must not keep back that another is revoked.
func TestInsecureOrigin(t *testing.T) {
	s := newStore(t)
	l, err := NewList(t.Context(), s, concors.Config{AllowCredentials: true})
	if err != nil {
		t.Fatal(err)
	}
	var fault *concors.ConfigError
	if err := s.Add(t.Context(), "globex", "http://app.globex.example"); !errors.As(err, &fault) {
		t.Errorf("Add = %v, want the fault of the origin", err)
	}
	add(t, s, "globex", "http://localhost:3000") // its developers' own machines
	setActive(t, s, "acme", false)
	syncs(t, l, true)
	expect(t, l.Policy(), map[string]bool{acme: false, "http://localhost:3000": true})
}

// TestUnknownTenant misspells the tenant to be revoked.
func TestUnknownTenant(t *testing.T) {
	s := newStore(t)
	for _, active := range []bool{true, false} {
		if err := s.SetActive(t.Context(), "acmee", active); err == nil || !strings.Contains(err.Error(), `"acmee"`) {
			t.Errorf("SetActive = %v, want an error that names the tenant", err)
		}
	}
	setActive(t, s, "acme", true) // changes nothing, and finds it
}

// TestErr asks for the fault after it was reported, through an outage, and when
// it is mended.
func TestErr(t *testing.T) {
	s := newStore(t)
	l := newList(t, s)
	tells := func(when, text string) {
		t.Helper()
		if err := l.Err(); (err == nil) != (text == "") || err != nil && !strings.Contains(err.Error(), text) {
			t.Errorf("%s: Err = %v, want %q", when, err, text)
		}
	}
	tells("at first", "")
	execute(t, s, `INSERT INTO origins VALUES ('nonsense', 'acme')`)
	if _, err := l.Sync(t.Context()); err == nil {
		t.Fatal("Sync takes nonsense")
	}
	tells("after the report", "nonsense")
	syncs(t, l, false)
	tells("when nothing has changed", "nonsense")
	down, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.Sync(down); err == nil {
		t.Fatal("Sync asks with a context that is done")
	}
	tells("in an outage", context.Canceled.Error())
	syncs(t, l, false)
	tells("after the outage", "nonsense")
	execute(t, s, `DELETE FROM origins WHERE origin = 'nonsense'`)
	syncs(t, l, true)
	tells("when it is mended", "")
}

// TestWatchGivesUp holds all connections of the store: a Sync that waits for one
// is given up and reported, by a clock that stands still until all wait.
func TestWatchGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStore(t)
		l := newList(t, s)
		release := holdConnections(t, s)
		ctx, stop := context.WithTimeout(t.Context(), time.Hour)
		defer stop()
		start, faults := time.Now(), make(chan error, 100)
		go l.Watch(ctx, time.Second, func(err error) { faults <- err })
		select {
		case err := <-faults:
			if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Minute {
				t.Errorf("after %v: %v", time.Since(start), err)
			}
		case <-ctx.Done():
			t.Error("the Sync is never given up")
		}
		stop()
		synctest.Wait()
		release()
	})
}
