package cost

import (
	"slices"
	"testing"
	"time"
)

// stepper is a driver that takes a fixed time of a clock that it moves.
type stepper struct {
	now  *time.Duration
	cost time.Duration
	log  *[]string
	name string
}

func (s stepper) run(times int) {
	*s.now += time.Duration(times) * s.cost
	*s.log = append(*s.log, s.name)
}

func (s stepper) answer() answer { return answer{} }

// A bench is a meter with that clock.
func steppers(rounds int, most time.Duration, costs ...time.Duration) (m meter, variants []variant, log *[]string) {
	now, log := new(time.Duration), new([]string)
	for i, cost := range costs {
		name := string(rune('a' + i))
		variants = append(variants, variant{name, stepper{now, cost, log, name}})
	}
	return meter{func() time.Duration { return *now }, time.Millisecond, rounds, most}, variants, log
}

func TestTimes(t *testing.T) {
	m, variants, _ := steppers(40, time.Hour, 100, 250, 5*time.Millisecond)
	times := m.times(variants)
	for i, want := range []float64{100, 250, 5e6} {
		if s := played(times[i]); s != (spread{want, want, want, 40}) {
			t.Errorf("variant %d: %v, want %v in 40 rounds", i, s, want)
		}
	}
	if s := ratio(times[1], times[0]); s != (spread{2.5, 2.5, 2.5, 40}) {
		t.Errorf("ratio %v, want 2.5", s)
	}
}

// Each variant has each place in a round, and not always the same one before it.
func TestOrder(t *testing.T) {
	const n = 5
	places, before := map[[2]int]bool{}, map[[2]int]bool{}
	for round := range 2 * n {
		list := order(round, n)
		if sorted := slices.Sorted(slices.Values(list)); !slices.Equal(sorted, []int{0, 1, 2, 3, 4}) {
			t.Fatalf("round %d plays %v", round, list)
		}
		for place, i := range list {
			places[[2]int{place, i}] = true
			if place > 0 {
				before[[2]int{list[place-1], i}] = true
			}
		}
	}
	if len(places) != n*n {
		t.Errorf("%d of %d places are taken", len(places), n*n)
	}
	if len(before) != 2*n {
		t.Errorf("%d pairs follow each other, want each variant between both neighbours: %d", len(before), 2*n)
	}
}

// A slice is filled with calls, and a slow variant rests so that it takes no
// more time than it may.
func TestCalibrate(t *testing.T) {
	for _, c := range []struct {
		cost time.Duration
		want turn
	}{
		{100, turn{10_000, 1}},
		{time.Microsecond, turn{1000, 1}},
		{700 * time.Microsecond, turn{1, 1}},
		{10 * time.Millisecond, turn{1, 4}},
		{time.Second, turn{1, 20}}, // more than it may, and three rounds all the same
	} {
		m, variants, _ := steppers(60, 150*time.Millisecond, c.cost)
		if got := m.calibrate(variants[0].driver); got != c.want {
			t.Errorf("calls of %v: %+v, want %+v", c.cost, got, c.want)
		}
	}
}

func TestSlowVariantsRest(t *testing.T) {
	m, variants, log := steppers(60, 150*time.Millisecond, time.Microsecond, 10*time.Millisecond)
	*log = nil
	times := m.times(variants)
	if got := played(times[1]).Count; got != 15 {
		t.Errorf("the slow variant plays %d rounds, want 15", got)
	}
	if s := ratio(times[1], times[0]); s.Count != 15 || s.Median != 10_000 {
		t.Errorf("ratio %v, want 10000 in 15 rounds", s)
	}
}

func TestSpread(t *testing.T) {
	for _, c := range []struct {
		numbers []float64
		want    spread
	}{
		{nil, spread{}},
		{[]float64{3}, spread{3, 3, 3, 1}},
		{[]float64{4, 2}, spread{2.5, 3, 3.5, 2}},
		{[]float64{5, 1, 4, 2, 3}, spread{2, 3, 4, 5}},
		{[]float64{1, 1, 1, 1, 100}, spread{1, 1, 1, 5}},
	} {
		if got := spreadOf(c.numbers); got != c.want {
			t.Errorf("spreadOf(%v) = %v, want %v", c.numbers, got, c.want)
		}
	}
	if got := (spread{Low: 0.9, Median: 1, High: 1.2}).noise(); got < 0.1499 || got > 0.1501 {
		t.Errorf("noise %v, want 0.15", got)
	}
}
