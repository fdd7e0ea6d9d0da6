package cost

import "slices"

// A spread is where the middle half of some numbers lies.
type spread struct {
	Low    float64 `json:"low"` // a quarter is below it
	Median float64 `json:"median"`
	High   float64 `json:"high"` // a quarter is above it
	Count  int     `json:"count"`
}

// spreadOf sorts the numbers.
func spreadOf(numbers []float64) spread {
	if len(numbers) == 0 {
		return spread{}
	}
	slices.Sort(numbers)
	return spread{quantile(numbers, 0.25), quantile(numbers, 0.5), quantile(numbers, 0.75), len(numbers)}
}

// quantile interpolates between the two nearest of sorted numbers.
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	i := int(at)
	if i+1 == len(sorted) {
		return sorted[i]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

// ratio compares two variants round by round, where both were played: what a
// busy machine does to a round it does to both.
func ratio(times, to []float64) spread {
	var quotients []float64
	for round, t := range times {
		if t > 0 && to[round] > 0 {
			quotients = append(quotients, t/to[round])
		}
	}
	return spreadOf(quotients)
}

// played leaves out the rounds in which a variant rested.
func played(times []float64) spread {
	return spreadOf(slices.DeleteFunc(slices.Clone(times), func(t float64) bool { return t == 0 }))
}

// noise is half the width of the middle half, in parts of the median.
func (s spread) noise() float64 {
	if s.Median == 0 {
		return 0
	}
	return (s.High - s.Low) / 2 / s.Median
}
