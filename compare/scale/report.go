package scale

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// A Report is what was measured, row by row.
type Report struct {
	rows []row
}

// A row is one figure.
type row struct {
	id, what string
	unit     unit
	figure   figure
	bar      bar
}

// A unit says how a figure is written.
type unit string

const (
	seconds   unit = "%.2f s"
	nanos     unit = "%.0f ns"
	megabytes unit = "%.2f MB"
	bytes     unit = "%.0f B"
	percent   unit = "%.1f %%"
	quotient  unit = "× %.2f"
)

// add notes a figure. Its bar is that of its name.
func (r *Report) add(id, what string, u unit, f figure) {
	r.addWith(bars[id], id, what, u, f)
}

func (r *Report) addWith(b bar, id, what string, u unit, f figure) {
	r.rows = append(r.rows, row{id, what, u, f, b})
}

// Missed returns how many bars are missed clearly.
func (r *Report) Missed() int { return r.count(missed) }

func (r *Report) count(v verdict) int {
	n := 0
	for _, row := range r.rows {
		if row.bar.judge(row.figure) == v {
			n++
		}
	}
	return n
}

// Write prints the table, and the sum of it.
func (r *Report) Write(w io.Writer) error {
	cells := [][]string{{"what", "figure", "quartiles", "bar", ""}}
	for _, row := range r.rows {
		cells = append(cells, row.cells())
	}
	widths := make([]int, len(cells[0]))
	for _, line := range cells {
		for i, cell := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, line := range cells {
		var text strings.Builder
		for i, cell := range line {
			text.WriteString(cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2))
		}
		b.WriteString(strings.TrimRight(text.String(), " ") + "\n")
	}
	fmt.Fprintf(&b, "\n%d bars: %d kept, %d missed, %d too noisy to judge.\n",
		len(r.rows)-r.count(nobody), r.count(kept), r.count(missed), r.count(noisy))
	_, err := io.WriteString(w, b.String())
	return err
}

func (r row) cells() []string {
	spread := ""
	if r.figure.low != r.figure.high {
		spread = r.unit.write(r.figure.low) + " to " + r.unit.write(r.figure.high)
	}
	limit := ""
	switch {
	case r.bar.most != 0:
		limit = "≤ " + r.unit.write(r.bar.most)
	case r.bar.least != 0:
		limit = "≥ " + r.unit.write(r.bar.least)
	}
	return []string{r.what, r.unit.write(r.figure.median), spread, limit, string(r.bar.judge(r.figure))}
}

// write leaves out what the unit scales: figures are kept in seconds,
// nanoseconds, megabytes, bytes and parts of 1.
func (u unit) write(value float64) string {
	switch {
	case u == seconds && value < 1:
		return fmt.Sprintf("%.2f ms", value*1e3)
	case u == percent:
		value *= 100
	}
	return fmt.Sprintf(string(u), value)
}
