package scale

import (
	"runtime"
	"runtime/debug"
	"time"

	"github.com/concors/concors/compare/internal/cpu"
)

// A piece of work can be done any number of times in a row.
type piece struct {
	work func(times int)
	// Its garbage is so much that collecting it is a part of its cost. Other
	// pieces run without the collector, which might have the first one's
	// garbage at hand.
	litters bool
}

// What a piece gets of a round, if once does not take longer.
const (
	sliceLength  = 2 * time.Millisecond
	litterLength = 20 * time.Millisecond // enough for a few collections
)

// rounds plays the pieces in turn and returns the nanoseconds that each took
// for doing its work once, by piece and round.
func rounds(n int, pieces ...piece) [][]float64 {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	took := make([][]float64, len(pieces))
	calls := make([]int, len(pieces))
	for i, p := range pieces {
		took[i] = make([]float64, n)
		calls[i] = p.fill()
	}
	for round := range n {
		for step := range pieces {
			i := (round/2 + step) % len(pieces)
			if round%2 == 1 { // nothing always comes after the same piece
				i = len(pieces) - 1 - i
			}
			took[i][round] = float64(pieces[i].spend(calls[i])) / float64(calls[i])
		}
	}
	return took
}

// fill finds how often the work is done in a slice, and warms it up.
func (p piece) fill() int {
	length := sliceLength
	if p.litters {
		length = litterLength
	}
	p.work(1)
	for calls := 1; ; calls *= 2 {
		if took := p.spend(calls); took >= length/2 {
			return max(1, int(time.Duration(calls)*length/took))
		}
	}
}

// spend is what doing the work uses of the processors.
func (p piece) spend(times int) time.Duration {
	if !p.litters {
		return spent(func() { p.work(times) })
	}
	runtime.GC()
	debug.SetGCPercent(usual)
	defer runtime.GC() // a collection that is under way is not left to the next piece
	defer debug.SetGCPercent(-1)
	return spent(func() { p.work(times) })
}

// usual is how often the collector of a server runs that sets nothing.
const usual = 100

// spent is what f uses of the processors.
func spent(f func()) time.Duration {
	before := cpu.Time()
	f()
	return cpu.Time() - before
}
