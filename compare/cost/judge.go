package cost

// A row is judged if the second floor reads as the first, give or take this.
const controlOff = 0.03

// fewestRounds are needed for quartiles to mean anything.
const fewestRounds = 20

// isQuiet reports whether ratios of the row can be judged at all.
func (r *Result) isQuiet() bool {
	return r.Control.Count >= fewestRounds && r.Control.Median >= 1-controlOff && r.Control.Median <= 1+controlOff
}

// judge holds the result to the bars. costs are what is no ratio.
func (r *Result) judge(bars []bar, costs map[string]float64) {
	for _, b := range bars {
		value, ok := costs[b.column]
		if !ok {
			s, measured := r.Ratio[b.column]
			if !measured {
				continue // a peer that could not be built
			}
			value = s.Median
		}
		f := finding{Column: b.column, Value: value, Most: b.most, Aim: b.aim, Indicative: b.isIndicative, Verdict: kept}
		switch {
		case !r.isQuiet():
			f.Verdict = unjudged
		case value > b.most*(1+r.Noise):
			f.Verdict = missed
		case value > b.most:
			f.Verdict = inNoise
		}
		r.Finding = append(r.Finding, f)
	}
}

// isOverBudget reports whether ours allocates other than it may. Memory is
// counted, and no noise excuses it.
func (r *Result) isOverBudget() bool {
	if r.Budget == nil {
		return false
	}
	return r.Added.Allocations > r.Budget.Allocations || r.Added.Bytes > r.Budget.Bytes
}

// Verdict sums up the row. A bar that is only indicative misses nothing.
func (r *Result) Verdict() verdict {
	sum := kept
	for _, f := range r.Finding {
		switch {
		case f.Verdict == unjudged:
			sum = unjudged
		case f.Indicative:
		case f.Verdict == missed, f.Verdict == inNoise && sum == kept:
			sum = f.Verdict
		}
		if sum == missed {
			break
		}
	}
	if r.isOverBudget() {
		return missed
	}
	return sum
}
