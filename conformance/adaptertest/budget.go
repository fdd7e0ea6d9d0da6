package adaptertest

import (
	"math"
	"net/http"
	"runtime"
	"testing"

	concors "github.com/concors/concors/core"
)

// Cost is what a router asks of any middleware for each request, such as the
// function that Echo wants.
type Cost struct {
	Allocations, Bytes uint64
}

// Budget holds a middleware to one allocation a response, of 16 bytes for each
// field line, and extra, more than the same server without it. Cheap requests
// are measured and hostile ones, some with an observer, and policies of up to
// 10,000 origins; and of as many as origins says, since a million take a second
// to build.
//
// The server that build returns answers GET on /a/b with 204 and no body, by
// policy; without the middleware if policy is nil, and then OPTIONS too, at the
// least cost, since a preflight reaches no handler either.
//
// The race detector allocates: a file that calls Budget begins with the line
// "//go:build !race".
func Budget(t *testing.T, build func(policy *concors.Policy) http.Handler, extra Cost, origins ...int) {
	t.Helper()
	list := workloads(t, append([]int{10, 100, 10_000}, origins...))
	for _, w := range append(list, observed(t)...) {
		t.Run(w.name, func(t *testing.T) { w.check(t, build, extra) })
	}
}

func (w workload) check(t testing.TB, build func(policy *concors.Policy) http.Handler, extra Cost) {
	t.Helper()
	bare, got := measure(build(nil), w.request), measure(build(w.policy), w.request)
	more := Cost{1 + extra.Allocations, 16*w.lines + extra.Bytes}
	if got != (Cost{bare.Allocations + more.Allocations, bare.Bytes + more.Bytes}) {
		t.Errorf("%s: %d allocations, %d bytes; want %d and %d more than the %d and %d of the bare server",
			w.name, got.Allocations, got.Bytes, more.Allocations, more.Bytes, bare.Allocations, bare.Bytes)
	}
}

// measure returns what one request allocates, on average over many, rounded
// down; the least of three times, since the runtime allocates now and then for
// itself. The writer and the request are used again.
func measure(h http.Handler, r *http.Request) Cost {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	w := &writer{header: http.Header{}}
	serve := func(times int) {
		for range times {
			clear(w.header)
			h.ServeHTTP(w, r)
		}
	}
	serve(10) // by now pools and maps have what they need
	least := Cost{math.MaxUint64, math.MaxUint64}
	for range 3 {
		const runs = 500
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		serve(runs)
		runtime.ReadMemStats(&after)
		least.Allocations = min(least.Allocations, (after.Mallocs-before.Mallocs)/runs)
		least.Bytes = min(least.Bytes, (after.TotalAlloc-before.TotalAlloc)/runs)
	}
	return least
}

// writer is a response writer that allocates nothing.
type writer struct{ header http.Header }

func (w *writer) Header() http.Header         { return w.header }
func (w *writer) Write(p []byte) (int, error) { return len(p), nil }
func (w *writer) WriteHeader(int)             {}
