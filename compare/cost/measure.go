package cost

import (
	"runtime"
	"time"
)

// A meter plays the variants of a row against each other.
type meter struct {
	clock  func() time.Duration
	slice  time.Duration // of one variant in one round
	rounds int
	most   time.Duration // for one variant, so that a slow peer does not hold all up
}

const (
	sliceLength = time.Millisecond
	fewest      = 3 // rounds for the slowest
	slow        = 100 * time.Millisecond
)

// A turn says how a variant is played: so many calls in every so-manieth round.
type turn struct{ calls, every int }

// times plays the variants in slices and returns the time of one call by
// variant and round, 0 where a slow variant rests. Every round begins with
// another variant, and every other round goes backwards, so that none always
// comes after the same one.
func (m meter) times(variants []variant) [][]float64 {
	runtime.GC()
	turns := make([]turn, len(variants))
	times := make([][]float64, len(variants))
	for i, v := range variants {
		turns[i] = m.calibrate(v.driver)
		times[i] = make([]float64, m.rounds)
	}
	for round := range m.rounds {
		for _, i := range order(round, len(variants)) {
			if round%turns[i].every != 0 {
				continue
			}
			before := m.clock()
			variants[i].driver.run(turns[i].calls)
			times[i][round] = float64(m.clock()-before) / float64(turns[i].calls)
		}
	}
	return times
}

// order returns in which order the variants are played in a round.
func order(round, n int) []int {
	list := make([]int, n)
	for i := range list {
		if list[i] = (i + round/2) % n; round%2 == 1 {
			list[i] = n - 1 - list[i]
		}
	}
	return list
}

// calibrate finds how many calls fill a slice, and warms everything up. It
// tries several times, and the quickest counts: a collection of garbage in
// between must not pass for a slow call.
func (m meter) calibrate(d driver) turn {
	d.run(1)
	calls, took := m.fill(d)
	for range 2 {
		if took > slow {
			break // no collection takes that long
		}
		if n, t := m.fill(d); t < took {
			calls, took = n, t
		}
	}
	took = max(m.slice, took)
	rounds := max(fewest, min(m.rounds, int(m.most/took)))
	return turn{calls, max(1, m.rounds/rounds)}
}

// fill doubles the calls until they take half a slice, and returns how many
// make a whole one, and what one call takes.
func (m meter) fill(d driver) (calls int, each time.Duration) {
	for calls = 1; ; calls *= 2 {
		before := m.clock()
		d.run(calls)
		if took := m.clock() - before; took >= m.slice/2 {
			each = took / time.Duration(calls)
			return max(1, int(int64(calls)*int64(m.slice)/int64(took))), each
		}
	}
}
