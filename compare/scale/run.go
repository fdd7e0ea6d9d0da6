package scale

import (
	"fmt"
	"regexp"
)

// Options say what is measured, and how long.
type Options struct {
	Rounds   int
	Many     int               // entries of the largest policies; the bars are those of 1,000,000
	Only     *regexp.Regexp    // parts that it matches, such as hostile/blanks; nil: all
	Progress func(part string) // called before each part; nil: nobody wants to know
}

type measurement struct {
	Options
	report Report
	begun  int
}

// Measure measures one part after the other.
func Measure(o Options) (*Report, error) {
	m := &measurement{Options: o}
	for _, part := range []func() error{m.builds, m.lookups, m.hostiles, m.reloads} {
		if err := part(); err != nil {
			return nil, err
		}
	}
	if m.begun == 0 {
		return nil, fmt.Errorf("no part matches %v", o.Only)
	}
	return &m.report, nil
}

// begins reports whether a part is wanted, and announces it.
func (m *measurement) begins(part string) bool {
	if m.Only != nil && !m.Only.MatchString(part) {
		return false
	}
	m.begun++
	if m.Progress != nil {
		m.Progress(part)
	}
	return true
}

// grouped writes a number with commas.
func grouped(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return grouped(n/1000) + fmt.Sprintf(",%03d", n%1000)
}
