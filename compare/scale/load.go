package scale

import (
	"context"
	"math"
	"net/http"
	"runtime/metrics"
	"sync/atomic"
	"time"

	concors "github.com/concors/concors/core"
)

// A load answers requests without a pause in one goroutine, and looks at the
// clock after each.
type load struct {
	answered atomic.Int64
	longest  atomic.Int64 // ns from one answer to the next, since it was last asked
	quit     chan struct{}
	ended    chan struct{}
}

func startLoad(policy *concors.Policy, r concors.Request) *load {
	l := &load{quit: make(chan struct{}), ended: make(chan struct{})}
	go func() {
		defer close(l.ended)
		header := http.Header{}
		last := time.Now()
		for {
			select {
			case <-l.quit:
				return
			default:
			}
			clear(header)
			policy.Decide(context.Background(), r).Apply(header)
			now := time.Now()
			if pause := int64(now.Sub(last)); pause > l.longest.Load() {
				l.longest.Store(pause)
			}
			l.answered.Add(1)
			last = now
		}
	}()
	return l
}

func (l *load) stop() {
	close(l.quit)
	<-l.ended
}

// during returns how many requests are answered in a second while f runs, how
// long that takes, and the longest pause between two answers.
func (l *load) during(f func()) (perSecond float64, took, pause time.Duration) {
	l.longest.Store(0)
	answered, begin := l.answered.Load(), time.Now()
	f()
	took = time.Since(begin)
	return float64(l.answered.Load()-answered) / took.Seconds(), took, time.Duration(l.longest.Load())
}

// A watch looks at the heap every millisecond, and keeps the most it sees: what
// lives, and what is dead but not swept.
type watch struct {
	most        atomic.Uint64
	quit, ended chan struct{}
}

func startWatch() *watch {
	w := &watch{quit: make(chan struct{}), ended: make(chan struct{})}
	go func() {
		defer close(w.ended)
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		for {
			select {
			case <-w.quit:
				return
			case <-tick.C:
			}
			metrics.Read(sample)
			w.most.Store(max(w.most.Load(), sample[0].Value.Uint64()))
		}
	}()
	return w
}

// stop returns the most that it saw, in bytes.
func (w *watch) stop() float64 {
	close(w.quit)
	<-w.ended
	return float64(w.most.Load())
}

// stops is how often the collector stopped the program for how long, so far.
func stops() *metrics.Float64Histogram {
	sample := []metrics.Sample{{Name: "/sched/pauses/total/gc:seconds"}}
	metrics.Read(sample)
	return sample[0].Value.Float64Histogram()
}

// longestStop is the upper bound of the longest stop between the two, in
// seconds.
func longestStop(before, after *metrics.Float64Histogram) float64 {
	longest := 0.0
	for i, n := range after.Counts {
		if bound := after.Buckets[i+1]; n > before.Counts[i] && !math.IsInf(bound, 1) {
			longest = bound
		}
	}
	return longest
}
