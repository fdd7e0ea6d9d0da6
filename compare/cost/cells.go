package cost

import (
	"fmt"
	"strconv"
	"strings"
)

func (r *Result) memoryCells() []string {
	allocations, bytes := strconv.FormatInt(r.Added.Allocations, 10), strconv.FormatInt(r.Added.Bytes, 10)
	if r.Budget != nil {
		allocations = fmt.Sprintf("%s / %d%s", allocations, r.Budget.Allocations, mark(r.Added.Allocations > r.Budget.Allocations))
		bytes = fmt.Sprintf("%s / %d%s", bytes, r.Budget.Bytes, mark(r.Added.Bytes > r.Budget.Bytes))
	}
	return []string{allocations, bytes}
}

func mark(isOver bool) string {
	if isOver {
		return " !"
	}
	return ""
}

func (r *Result) controlCell() string {
	cell := fmt.Sprintf("%.3f ± %.0f %%", r.Control.Median, 100*r.Noise)
	if !r.isQuiet() {
		cell += " ?"
	}
	return cell
}

// cell shows a ratio and its bar, if it has one.
func (r *Result) cell(column string) string {
	for _, f := range r.Finding {
		if f.Column != column {
			continue
		}
		most := number(f.Most)
		if f.Indicative {
			most = "(" + most + ")"
		}
		if f.Aim != 0 {
			most += " [" + number(f.Aim) + "]"
		}
		marks := map[verdict]string{inNoise: " ~", missed: " !", unjudged: " ?"}
		return number(f.Value) + " / " + most + marks[f.Verdict] + letters(column, r.ID)
	}
	if s, ok := r.Ratio[column]; ok {
		return number(s.Median) + letters(column, r.ID)
	}
	return ""
}

// number writes three digits, or two of what is small.
func number(x float64) string {
	switch {
	case x >= 100:
		return strconv.FormatFloat(x, 'f', 0, 64)
	case x >= 0.1:
		return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(x, 'f', 2, 64), "0"), ".")
	}
	return strconv.FormatFloat(x, 'g', 2, 64)
}
