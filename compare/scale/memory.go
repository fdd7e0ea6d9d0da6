package scale

import (
	"math"
	"runtime"
)

// live is what the heap holds after a collection, in bytes.
func live() float64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapAlloc)
}

// allocated returns how many bytes doing the work once allocates, and in how
// many pieces. It is the least of a few tries, rounded down: the runtime
// allocates now and then too.
func allocated(p piece) (bytes, objects float64) {
	const tries, times = 3, 20
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	p.work(1)
	bytes, objects = math.Inf(1), math.Inf(1)
	for range tries {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		p.work(times)
		runtime.ReadMemStats(&after)
		bytes = min(bytes, float64((after.TotalAlloc-before.TotalAlloc)/times))
		objects = min(objects, float64((after.Mallocs-before.Mallocs)/times))
	}
	return bytes, objects
}
