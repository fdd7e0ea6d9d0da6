package cost

import (
	"fmt"
	"regexp"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/concors/concors/compare/internal/cpu"
	concors "github.com/concors/concors/core"
)

// Options say what is measured, and how long.
type Options struct {
	Rounds   int
	Only     *regexp.Regexp   // rows whose router/workload it matches; nil: all
	Browser  bool             // requests have the other fields of a browser's too
	Progress func(row string) // called before each row; nil: nobody wants to know
}

// longest is what one variant may take in a row, since some peers need a second
// for a request.
const longest = 1500 * time.Millisecond

// Measure plays the rows, one after the other.
func Measure(o Options) (*Report, error) {
	report := &Report{Go: runtime.Version(), Processors: runtime.GOMAXPROCS(0), Rounds: o.Rounds, Browser: o.Browser, Versions: versions()}
	m := meter{cpu.Time, sliceLength, o.Rounds, longest}
	for _, w := range workloads() {
		results, err := m.workload(w, o)
		if err != nil {
			return nil, err
		}
		report.Rows = append(report.Rows, results...)
	}
	for _, f := range features() {
		results, err := m.feature(f, o)
		if err != nil {
			return nil, err
		}
		report.Features = append(report.Features, results...)
	}
	if len(report.Rows)+len(report.Features) == 0 {
		return nil, fmt.Errorf("no row of router/workload matches %v", o.Only)
	}
	return report, nil
}

// workload plays one workload on every router that is wanted. They share the
// policy, which can be large.
func (m meter) workload(w *workload, o Options) ([]*Result, error) {
	if o.Browser {
		w = w.fromBrowser()
	}
	var policy *concors.Policy
	var results []*Result
	for _, l := range lanes() {
		if !o.begins(l.router, w.id) {
			continue
		}
		if policy == nil {
			var err error
			if policy, err = concors.NewPolicy(w.policy()); err != nil {
				return nil, fmt.Errorf("%s: %w", w.id, err)
			}
		}
		r, err := newRow(l, w, policy)
		if err != nil {
			return nil, err
		}
		may := budget(l.router, w)
		results = append(results, m.play(r, bars(l.router, w), &may))
	}
	return results, nil
}

// featureLanes have all that a feature can cost: the others describe and apply
// as net/http does.
func featureLanes() []lane { return []lane{netHTTP, onFiber} }

func (m meter) feature(f feature, o Options) ([]*Result, error) {
	if o.Browser {
		f.workload = f.workload.fromBrowser()
	}
	var results []*Result
	for _, l := range featureLanes() {
		if !o.begins(l.router, f.id) {
			continue
		}
		r, err := featureRow(l, f)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.id, err)
		}
		var may *memory
		if f.isUnused {
			may = &memory{}
		}
		results = append(results, m.play(r, featureBars(f), may))
	}
	return results, nil
}

// begins reports whether a row is wanted, and announces it.
func (o Options) begins(router, id string) bool {
	name := router + "/" + id
	if o.Only != nil && !o.Only.MatchString(name) {
		return false
	}
	if o.Progress != nil {
		o.Progress(name)
	}
	return true
}

// versions returns those of the modules that the program was built with.
func versions() map[string]string {
	list := map[string]string{}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			list[module.Path] = module.Version
		}
	}
	return list
}
