package scale

// A bar is the most that a figure may be, or the least. Without either, the
// figure is there to be read.
type bar struct{ most, least float64 }

// bars by the name of a row. Seconds are of processors; megabytes are of a
// million bytes, and what the caller's own Config takes is not in them.
var bars = map[string]bar{
	// Every entry is validated, and looked up in the Public Suffix List where
	// it is a wildcard.
	"build/exact/cpu":      {most: 2},
	"build/exact/live":     {most: 70},
	"build/wildcards/cpu":  {most: 2},
	"build/wildcards/live": {most: 70},
	"build/ten/cpu":        {most: 0.01},
	"build/ten/live":       {most: 0.6},
	"build/paths/cpu":      {most: 2},
	"build/paths/live":     {most: 70},

	// The same origin again and again, to one entry and to a million.
	"look-up/exact/hot":     {most: 2},
	"look-up/wildcards/hot": {most: 2},

	// A path costs its length, not the number of rules.
	"look-up/paths/hot":    {most: 2},
	"look-up/paths/length": {most: linear},

	// Whatever waits for a reload gets next to nothing done meanwhile. What is
	// left over from 1 is the processor that the reload itself uses, and the
	// collector.
	"reload/exact/decisions":     {least: 0.25},
	"reload/wildcards/decisions": {least: 0.25},
	"reload/small/decisions":     {least: 0.25},
}

const (
	// linear is what a byte may cost at the largest size, to what it costs at
	// a quarter of it. What is linear has 1, what is quadratic 4.
	linear = 1.5

	// reading is the part that an answer may cost of what net/http spends on
	// reading the request, before any middleware sees it.
	reading = 0.15
)

// A verdict says how a figure stands to its bar.
type verdict string

const (
	kept   verdict = "ok"
	missed verdict = "missed"
	noisy  verdict = "too noisy"
	nobody verdict = "" // no bar
)

// judge asks for a clear miss: if a quarter of the rounds keeps the bar, the
// machine may be at fault.
func (b bar) judge(f figure) verdict {
	switch {
	case b.most == 0 && b.least == 0:
		return nobody
	case b.most != 0 && f.median <= b.most, b.least != 0 && f.median >= b.least:
		return kept
	case b.most != 0 && f.low <= b.most, b.least != 0 && f.high >= b.least:
		return noisy
	}
	return missed
}
