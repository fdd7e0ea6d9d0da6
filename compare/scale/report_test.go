package scale

import (
	"regexp"
	"strings"
	"testing"
)

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		name   string
		bar    bar
		figure figure
		want   verdict
	}{
		{"no bar", bar{}, figure{1, 2, 3}, nobody},
		{"below", bar{most: 2}, figure{1, 1.5, 2.5}, kept},
		{"on it", bar{most: 2}, once(2), kept},
		{"above, and a quarter below", bar{most: 2}, figure{1.9, 2.1, 3}, noisy},
		{"above", bar{most: 2}, figure{2.1, 2.2, 3}, missed},
		{"counted, above", bar{most: 2}, once(2.01), missed},
		{"enough", bar{least: 2}, figure{1, 2, 3}, kept},
		{"too little, but for a quarter", bar{least: 2}, figure{1, 1.9, 2.1}, noisy},
		{"too little", bar{least: 2}, figure{1, 1.5, 1.9}, missed},
		{"nothing at all", bar{least: 2}, once(0), missed},
	} {
		if got := c.bar.judge(c.figure); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestFigures(t *testing.T) {
	if got := figureOf([]float64{5, 1, 4, 2, 3}); got != (figure{2, 3, 4}) {
		t.Errorf("1 to 5 are %v", got)
	}
	if got := figureOf(nil); got != (figure{}) {
		t.Errorf("nothing is %v", got)
	}
	// Each round is compared with itself.
	if got := ratio([]float64{2, 20, 200}, []float64{1, 10, 100}); got != once(2) {
		t.Errorf("twice is %v", got)
	}
	if got := perByte([]float64{400}, []float64{100}, strings.Repeat("x", 40), strings.Repeat("x", 10)); got != once(1) {
		t.Errorf("what is linear is %v", got)
	}
	if got := longestOf([]float64{1, 9, 2}); got.median != 9 {
		t.Errorf("the longest of 1, 9 and 2 is %v", got.median)
	}
}

func TestTable(t *testing.T) {
	r := Report{}
	r.addWith(bar{most: 2}, "a", "a build", seconds, figure{0.0312, 0.0352, 0.0552})
	r.addWith(bar{most: 0.15}, "b", "a part", percent, once(0.2))
	r.addWith(bar{least: 0.25}, "c", "a quotient", quotient, figure{0.1, 0.2, 0.3})
	r.addWith(bar{}, "d", "a size", megabytes, once(64))
	const want = `what        figure    quartiles             bar
a build     35.20 ms  31.20 ms to 55.20 ms  ≤ 2.00 s  ok
a part      20.0 %                          ≤ 15.0 %  missed
a quotient  × 0.20    × 0.10 to × 0.30      ≥ × 0.25  too noisy
a size      64.00 MB

3 bars: 1 kept, 1 missed, 1 too noisy to judge.
`
	var b strings.Builder
	if err := r.Write(&b); err != nil || b.String() != want {
		t.Errorf("the table is\n%s\nwant\n%s(%v)", b.String(), want, err)
	}
	if r.Missed() != 1 {
		t.Errorf("%d are missed", r.Missed())
	}
}

// All parts run, at sizes that take next to no time, and each bar has its row.
func TestMeasure(t *testing.T) {
	var begun []string
	report, err := Measure(Options{
		Rounds: 1, Many: 1000, Only: regexp.MustCompile("^(build/(exact|wildcards|ten|paths)|look-up/.*|hostile/(same|labels)|reload/.*)$"),
		Progress: func(part string) { begun = append(begun, part) },
	})
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]bool{}
	for _, row := range report.rows {
		if rows[row.id] {
			t.Errorf("%s is there twice", row.id)
		}
		rows[row.id] = true
		if row.figure.median < 0 {
			t.Errorf("%s is %v", row.id, row.figure)
		}
	}
	for id := range bars {
		if !rows[id] {
			t.Errorf("%s has a bar and no row", id)
		}
	}
	for _, id := range []string{"hostile/same/share", "hostile/same/slope", "hostile/same/memory", "hostile/labels/share"} {
		if !rows[id] {
			t.Errorf("%s is not measured", id)
		}
	}
	if len(begun) != 12 {
		t.Errorf("%q are announced", begun)
	}
	if _, err := Measure(Options{Rounds: 1, Many: 1, Only: regexp.MustCompile("none")}); err == nil {
		t.Error("that no part matches is no error")
	}
}
