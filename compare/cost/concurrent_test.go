package cost

import (
	"context"
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	concors "github.com/concors/concors/core"
)

// inParallel calls body in exactly n goroutines, on as many processors as
// divide them evenly.
func inParallel(b *testing.B, n int, body func(*testing.PB)) {
	b.Helper()
	processors := min(n, runtime.GOMAXPROCS(0))
	for n%processors != 0 {
		processors--
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
	b.SetParallelism(n / processors)
	b.RunParallel(body)
}

// BenchmarkDecide asks one policy from several goroutines, alone and while
// another goroutine reloads it every millisecond. Time is that of the clock, so
// twice the processors halve it if nothing stands in the way.
func BenchmarkDecide(b *testing.B) {
	for _, reloads := range []string{"none", "1ms"} {
		for _, n := range []int{1, 2, 8} {
			b.Run(fmt.Sprintf("reload=%s/goroutines=%d", reloads, n), func(b *testing.B) {
				policy := mustPolicy(b, full)
				request := concors.NewRequest(newRequest(workloadOf("preflight")))
				if reloads != "none" {
					defer reloading(b, policy, full, listing)()
				}
				b.ReportAllocs()
				b.ResetTimer()
				inParallel(b, n, func(pb *testing.PB) {
					for i := 1; pb.Next(); i++ {
						if !policy.Decide(context.Background(), request).Preflight() {
							panic("a preflight is not taken for one")
						}
						if i%1000 == 0 {
							// Servers wait for the network now and then; without
							// a pause the other goroutine gets no processor.
							runtime.Gosched()
						}
					}
				})
			})
		}
	}
}

// reloading reloads the policy with one config after the other, until the
// function that it returns is called.
func reloading(b *testing.B, policy *concors.Policy, configs ...concors.Config) (stop func()) {
	ticker := time.NewTicker(time.Millisecond)
	quit, ended := make(chan struct{}), make(chan struct{})
	reloads := 0
	go func() {
		defer close(ended)
		for {
			select {
			case <-quit:
				return
			case <-ticker.C:
			}
			if err := policy.Reload(configs[reloads%len(configs)]); err != nil {
				b.Error(err)
				return
			}
			reloads++
		}
	}()
	return func() {
		b.StopTimer()
		ticker.Stop()
		close(quit)
		<-ended
		b.ReportMetric(float64(reloads)/b.Elapsed().Seconds(), "reloads/s")
	}
}

// counterKey is that of the counter which an observer finds in its context.
type counterKey struct{}

// count adds to it.
func count(ctx context.Context, _ concors.Request, _ concors.Decision) {
	ctx.Value(counterKey{}).(*atomic.Uint64).Add(1)
}

// padded is a counter that shares its cache line, and the one beside it, with
// none.
type padded struct {
	_ [128]byte
	n atomic.Uint64
	_ [128]byte
}

// BenchmarkObserver shows what an observer's own counters cost: one that all
// goroutines share; one for each, side by side, which share a cache line all
// the same; and one for each on lines of their own. Decide itself writes to
// nothing that goroutines share, so that the last comes near to no observer at
// all.
func BenchmarkObserver(b *testing.B) {
	var one padded
	adjacent := make([]atomic.Uint64, 8)
	apart := make([]padded, 8)
	counters := []struct {
		name string
		of   func(goroutine int) *atomic.Uint64 // nil: no observer
	}{
		{"none", nil},
		{"shared", func(int) *atomic.Uint64 { return &one.n }},
		{"adjacent", func(i int) *atomic.Uint64 { return &adjacent[i] }},
		{"padded", func(i int) *atomic.Uint64 { return &apart[i].n }},
	}
	for _, c := range counters {
		for _, n := range []int{1, 2, 8} {
			b.Run(fmt.Sprintf("counter=%s/goroutines=%d", c.name, n), func(b *testing.B) {
				observe := count
				if c.of == nil {
					observe = nil
				}
				policy := mustPolicy(b, full, concors.WithObserver(observe))
				request := concors.NewRequest(newRequest(workloadOf("actual")))
				var goroutines atomic.Int32
				b.ReportAllocs()
				b.ResetTimer()
				inParallel(b, n, func(pb *testing.PB) {
					ctx := context.Background()
					if i := int(goroutines.Add(1) - 1); c.of != nil {
						ctx = context.WithValue(ctx, counterKey{}, c.of(i))
					}
					for pb.Next() {
						policy.Decide(ctx, request)
					}
				})
			})
		}
	}
}

func mustPolicy(t testing.TB, config concors.Config, options ...concors.Option) *concors.Policy {
	t.Helper()
	policy, err := concors.NewPolicy(config, options...)
	if err != nil {
		t.Fatal(err)
	}
	return policy
}

func workloadOf(id string) *workload {
	for _, w := range workloads() {
		if w.id == id {
			return w
		}
	}
	panic("no workload " + id)
}
