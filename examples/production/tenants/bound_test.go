package tenants

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
)

func tenantOrigin(i int) string { return fmt.Sprintf("https://t%d.tenant.example", i) }

// TestBounded asks for 20,000 origins of no tenant, while the pages of a few
// tenants go on asking: the cache keeps to its size, and keeps the tenants.
func TestBounded(t *testing.T) {
	const size, hot, hostile = 1000, 100, 20_000
	var queries atomic.Int64 // for tenants
	l, policy := newLookup(t, func(_ context.Context, origin string) (bool, error) {
		if strings.HasSuffix(origin, ".tenant.example") {
			queries.Add(1)
			return true, nil
		}
		return false, nil
	}, Options{Size: size, clock: new(clock)})
	for i := range hostile {
		if allows(t.Context(), policy, fmt.Sprintf("https://h%d.example.org", i)) {
			t.Fatal("a stranger is allowed")
		}
		if !allows(t.Context(), policy, tenantOrigin(i%hot)) {
			t.Fatal("a tenant is refused")
		}
		if i%100 > 0 {
			continue
		}
		if got := l.cache.EstimatedSize(); got > 2*size {
			t.Fatalf("%d answers are kept for a moment, the limit is %d", got, size)
		}
	}
	l.cache.CleanUp()
	if got := l.cache.EstimatedSize(); got > size {
		t.Errorf("%d answers are kept, want at most %d", got, size)
	}
	if got := queries.Load(); got > 2*hot {
		t.Errorf("%d queries for %d tenants: strangers drive them out", got, hot)
	}
}

// TestKeepsNoRequestAlive asks with Origin fields padded to 1 MiB: an answer
// that is kept must not keep the field.
func TestKeepsNoRequestAlive(t *testing.T) {
	l, policy := newLookup(t, func(context.Context, string) (bool, error) { return false, nil }, Options{clock: new(clock)})
	before := liveHeap()
	for i := range 100 {
		allows(t.Context(), policy, tenantOrigin(i)+strings.Repeat(" ", 1<<20))
	}
	if after := liveHeap(); after > before+10<<20 {
		t.Errorf("100 answers keep %d MiB", (after-before)>>20)
	}
	if got := l.cache.EstimatedSize(); got != 100 {
		t.Errorf("%d answers are kept", got)
	}
}

func liveHeap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
