package tenants

import (
	"context"
	"errors"
	"net/http"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/concors/concors/conformance/browser"
	concors "github.com/concors/concors/core"
)

const (
	acme    = "https://app.acme.example"
	globex  = "https://globex.example:8443"
	foreign = "https://page.example.org"
)

// newStore holds acme, whose tenant has its name.
func newStore(t testing.TB) *Store {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "tenants 100%.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	add(t, s, "acme", acme)
	return s
}

func add(t testing.TB, s *Store, tenant, origin string) {
	t.Helper()
	if err := s.Add(t.Context(), tenant, origin); err != nil {
		t.Fatal(err)
	}
}

func setActive(t testing.TB, s *Store, tenant string, active bool) {
	t.Helper()
	if err := s.SetActive(t.Context(), tenant, active); err != nil {
		t.Fatal(err)
	}
}

func execute(t testing.TB, s *Store, statement string, args ...any) {
	t.Helper()
	if _, err := s.db.ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatal(err)
	}
}

// counted is a store whose queries are counted, and that can be down.
type counted struct {
	*Store
	queries atomic.Int64
	down    atomic.Bool
}

var errDown = errors.New("the database is down")

func (c *counted) Active(ctx context.Context, origin string) (bool, error) {
	c.queries.Add(1)
	if c.down.Load() {
		return true, errDown // the value beside an error is worth nothing
	}
	return c.Store.Active(ctx, origin)
}

// clock stands still until a test moves it on.
type clock struct{ now atomic.Int64 }

func (c *clock) NowNano() int64                      { return c.now.Load() }
func (c *clock) Tick(time.Duration) <-chan time.Time { return nil }
func (c *clock) pass(d time.Duration)                { c.now.Add(int64(d)) }

func newLookup(t testing.TB, query func(context.Context, string) (bool, error), o Options) (*Lookup, *concors.Policy) {
	t.Helper()
	l, err := NewLookup(query, o)
	if err != nil {
		t.Fatal(err)
	}
	policy, err := concors.NewPolicy(concors.Config{AllowMethods: []string{"PUT"}}, concors.WithOriginFunc(l.Allow))
	if err != nil {
		t.Fatal(err)
	}
	return l, policy
}

// reads reports whether the page may read what the site answers to PUT, which
// takes a preflight.
func reads(t *testing.T, base, page string) bool {
	t.Helper()
	b, err := browser.Dial(base)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	r, err := b.Fetch(t.Context(), browser.Fetch{Page: page, URL: "/", Method: http.MethodPut})
	if err != nil {
		t.Fatal(err)
	}
	return r.Allowed()
}

// allows asks the policy as a server does.
func allows(ctx context.Context, p *concors.Policy, page string) bool {
	return p.Decide(ctx, concors.Request{Method: "GET", Host: "api.example.com", Path: "/", Origin: []string{page}}).Allowed()
}

// expect names what the policy decides otherwise.
func expect(t *testing.T, p *concors.Policy, want map[string]bool) {
	t.Helper()
	for page, want := range want {
		if got := allows(t.Context(), p, page); got != want {
			t.Errorf("%s: allowed %t, want %t", page, got, want)
		}
	}
}
