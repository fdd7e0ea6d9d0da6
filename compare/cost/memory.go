package cost

import (
	"math"
	"runtime"
)

// memory is what one call allocates.
type memory struct {
	Allocations int64 `json:"allocations"`
	Bytes       int64 `json:"bytes"`
}

func (m memory) minus(n memory) memory {
	return memory{m.Allocations - n.Allocations, m.Bytes - n.Bytes}
}

// allocated counts what one call allocates, on average and rounded down; the
// least of three times, since the runtime allocates now and then for itself,
// and a collection empties pools. calls says how many are afforded.
func allocated(d driver, calls int) memory {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	d.run(1)
	least := memory{math.MaxInt64, math.MaxInt64}
	for range 3 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		d.run(calls)
		runtime.ReadMemStats(&after)
		least.Allocations = min(least.Allocations, int64(after.Mallocs-before.Mallocs)/int64(calls))
		least.Bytes = min(least.Bytes, int64(after.TotalAlloc-before.TotalAlloc)/int64(calls))
	}
	return least
}
