package cost

import (
	"encoding/json"
	"io"
	"slices"
)

// A Report is what [Measure] found.
type Report struct {
	Go         string            `json:"go"`
	Processors int               `json:"processors"`
	Rounds     int               `json:"rounds"`
	Browser    bool              `json:"browser_fields"`
	Versions   map[string]string `json:"versions"`
	Rows       []*Result         `json:"rows"`
	Features   []*Result         `json:"features"`
}

// JSON writes everything.
func (r *Report) JSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "\t")
	return e.Encode(r)
}

func (r *Report) summary(p *printer) {
	count, noisy := map[verdict]int{}, 0
	all := slices.Concat(r.Rows, r.Features)
	for _, result := range all {
		count[result.Verdict()]++
		if len(result.Finding) > 0 && !result.isQuiet() {
			noisy++
		}
	}
	p.line("Rows: %d. Kept: %d. Over, but within the noise: %d. Missed: %d.", len(all), count[kept], count[inNoise], count[missed])
	p.line("Rows too noisy to judge by ratio: %d.", noisy)
}

// Missed returns how many rows miss a bar by more than the noise.
func (r *Report) Missed() int {
	n := 0
	for _, result := range slices.Concat(r.Rows, r.Features) {
		if result.Verdict() == missed {
			n++
		}
	}
	return n
}
