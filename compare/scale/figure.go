package scale

import "slices"

// A figure is what was measured in several rounds.
type figure struct {
	low, median, high float64 // a quarter of the rounds is below low, a quarter above high
}

// once is a figure that needs no rounds, since it is counted.
func once(value float64) figure { return figure{value, value, value} }

func figureOf(values []float64) figure {
	sorted := slices.Sorted(slices.Values(values))
	if len(sorted) == 0 {
		return figure{}
	}
	at := func(quarters int) float64 { return sorted[(len(sorted)-1)*quarters/4] }
	return figure{at(1), at(2), at(3)}
}

// ratio compares two pieces round by round: what disturbs a round disturbs both.
func ratio(values, to []float64) figure {
	quotients := make([]float64, len(values))
	for i := range values {
		quotients[i] = values[i] / to[i]
	}
	return figureOf(quotients)
}

func (f figure) times(factor float64) figure {
	return figure{f.low * factor, f.median * factor, f.high * factor}
}
