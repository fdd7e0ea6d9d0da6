package cost

import "runtime"

// A Result is what was measured in one row.
type Result struct {
	Router string            `json:"router"`
	ID     string            `json:"id"`
	Name   string            `json:"name"`
	CPU    map[string]spread `json:"cpu_ns"` // of one call, by variant
	Ratio  map[string]spread `json:"ratio"`  // ours to the variant, round by round
	Memory map[string]memory `json:"memory"` // of one call, by variant
	Added  memory            `json:"added"`  // what ours allocates beyond the bare router

	Control spread    `json:"control"` // the second floor to the first
	Noise   float64   `json:"noise"`   // half the width of its middle half
	Budget  *memory   `json:"budget,omitempty"`
	Finding []finding `json:"findings"`
	Absent  []string  `json:"absent,omitempty"`
}

// A finding is one bar, and how ours stands to it.
type finding struct {
	Column     string  `json:"column"`
	Value      float64 `json:"value"`
	Most       float64 `json:"most"`
	Aim        float64 `json:"aim,omitempty"`
	Indicative bool    `json:"indicative,omitempty"`
	Verdict    verdict `json:"verdict"`
}

type verdict string

const (
	kept     verdict = "kept"
	inNoise  verdict = "over, but within the noise"
	missed   verdict = "missed"
	unjudged verdict = "too noisy to judge"
)

// heap is held while a row is played, untouched. A program as small as this one
// would collect garbage every 4 MB, at the price of a thousand requests each
// time, which falls on one variant or the other.
const heap = 8 << 20

// play measures a row. budget is nil where memory is not judged.
func (m meter) play(r *row, bars []bar, budget *memory) *Result {
	if r.index(reading) < 0 { // whose garbage is a part of its price
		ballast := make([]byte, heap)
		defer runtime.KeepAlive(ballast)
	}
	times := m.times(r.variants)
	subject, base := times[r.index(r.subject)], times[r.index(r.base)]
	result := &Result{
		Router: r.router, ID: r.id, Name: r.name, Absent: r.absent, Budget: budget,
		CPU: map[string]spread{}, Ratio: map[string]spread{}, Memory: map[string]memory{},
	}
	for i, v := range r.variants {
		result.CPU[v.name] = played(times[i])
		result.Memory[v.name] = allocated(v.driver, m.afforded(result.CPU[v.name].Median))
		if v.name != r.subject && v.name != control {
			result.Ratio[v.name] = ratio(subject, times[i])
		}
	}
	result.Control = ratio(times[r.index(control)], base)
	result.Noise = result.Control.noise()
	lowest := r.base
	if r.index(bare) >= 0 {
		lowest = bare
	}
	result.Added = result.Memory[r.subject].minus(result.Memory[lowest])
	result.judge(bars, per(r.workload, result.CPU[r.subject].Median))
	return result
}

// afforded is how many calls of so many nanoseconds are made to count what they
// allocate.
func (m meter) afforded(ns float64) int {
	const most = 500
	return min(most, max(1, int(20*float64(m.slice)/max(ns, 1))))
}

// per divides the time of a hostile request by what it has much of.
func per(w *workload, ns float64) map[string]float64 {
	costs := map[string]float64{}
	if w.bytes > 0 {
		costs[perByte] = ns / float64(w.bytes)
	}
	if w.lines > 0 {
		costs[perLine] = ns / float64(w.lines)
	}
	return costs
}
