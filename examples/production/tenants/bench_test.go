package tenants

import (
	"context"
	"path/filepath"
	"testing"

	concors "github.com/concors/concors/core"
)

// The figures of the README:
//
//	go test -run '^$' -bench . -benchtime 1x ./tenants      # build and memory
//	go test -run '^$' -bench Decide ./tenants               # look-up
const million = 1_000_000

// bigStore has a tenant for each of n origins. It is filled before its triggers
// are there.
func bigStore(b *testing.B, n int) *Store {
	b.Helper()
	s, err := Open(b.Context(), filepath.Join(b.TempDir(), "tenants.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	execute(b, s, `DROP TRIGGER origins_added; DROP TRIGGER tenants_added`)
	execute(b, s, `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		INSERT INTO tenants SELECT 't' || i, 1 FROM n`, n-1)
	execute(b, s, `INSERT INTO origins SELECT 'https://' || name || '.tenant.example', name FROM tenants`)
	execute(b, s, schema)
	return s
}

// BenchmarkSync reads and compiles the list: the time of a reload, what the
// policy keeps, and what a reload allocates.
func BenchmarkSync(b *testing.B) {
	s := bigStore(b, million)
	before := liveHeap()
	l, err := NewList(b.Context(), s, concors.Config{})
	if err != nil {
		b.Fatal(err)
	}
	policy := liveHeap() - before
	b.ReportAllocs()
	for b.Loop() {
		l.seen = 0
		if _, err := l.Sync(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(policy)/1e6, "policy-MB")
	if !allows(b.Context(), l.Policy(), tenantOrigin(million-1)) {
		b.Error("a tenant is refused")
	}
}

// BenchmarkRead reads the list and does not compile it.
func BenchmarkRead(b *testing.B) {
	s := bigStore(b, million)
	for b.Loop() {
		tx, err := s.db.BeginTx(b.Context(), nil)
		if err != nil {
			b.Fatal(err)
		}
		origins, err := readOrigins(b.Context(), tx)
		if err != nil || len(origins) != million {
			b.Fatal(len(origins), err)
		}
		tx.Rollback()
	}
}

// BenchmarkDecide decides about one origin of a million: by the compiled list,
// by an answer that is kept, and by a query.
func BenchmarkDecide(b *testing.B) {
	s := bigStore(b, million)
	decide := func(name string, p *concors.Policy, next func(origin []string)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			r := concors.Request{Method: "GET", Path: "/", Origin: []string{tenantOrigin(million / 2)}}
			for b.Loop() {
				next(r.Origin)
				if !p.Decide(context.Background(), r).Allowed() {
					b.Fatal("a tenant is refused")
				}
			}
		})
	}
	same := func([]string) {}
	l, err := NewList(b.Context(), s, concors.Config{})
	if err != nil {
		b.Fatal(err)
	}
	decide("compiled", l.Policy(), same)
	_, kept := newLookup(b, s.Active, Options{})
	decide("kept", kept, same)
	_, asked := newLookup(b, s.Active, Options{Size: 1})
	i := 0
	decide("asked", asked, func(origin []string) {
		i = (i + 7919) % million
		origin[0] = tenantOrigin(i)
	})
}

// BenchmarkKept is what a full cache of 100,000 answers takes.
func BenchmarkKept(b *testing.B) {
	for b.Loop() {
		before := liveHeap()
		l, policy := newLookup(b, func(context.Context, string) (bool, error) { return true, nil }, Options{Size: 100_000})
		for i := range 200_000 {
			allows(b.Context(), policy, tenantOrigin(i))
		}
		l.cache.CleanUp()
		b.ReportMetric(float64(liveHeap()-before)/1e6, "cache-MB")
		b.ReportMetric(float64(l.cache.EstimatedSize()), "answers")
	}
}
