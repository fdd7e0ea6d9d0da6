package scale

import (
	"runtime"
	"time"

	concors "github.com/concors/concors/core"
)

// reloads measures policies that are reloaded while requests run.
func (m *measurement) reloads() error {
	for _, kind := range kinds {
		if !m.begins("reload/" + kind.id) {
			continue
		}
		a, b := origins(kind.format, m.Many), origins(kind.other, m.Many)
		// The request is allowed by either, so that all answers are alike.
		a.AllowOrigins[0], b.AllowOrigins[0] = page, page
		if err := m.reload("reload/"+kind.id, grouped(m.Many)+" "+kind.what, a, b); err != nil {
			return err
		}
	}
	return m.reloadSmall()
}

// reload reloads a few times, from one Config to the other. As long as each
// reload takes, requests run without one too, to compare with.
func (m *measurement) reload(id, what string, a, b concors.Config) error {
	const times = 6
	own := live() // both Configs
	policy, err := concors.NewPolicy(a)
	if err != nil {
		return err
	}
	held := live() - own
	watch, before := startWatch(), stops()
	load := startLoad(policy, from([]string{page}))
	var parts, reloads, pauses, quiet []float64
	for i := range times {
		next := a
		if i%2 == 0 {
			next = b
		}
		busy, took, pause := load.during(func() { err = policy.Reload(next) })
		if err != nil {
			break
		}
		undisturbed, _, longest := load.during(func() { <-time.After(took) })
		parts = append(parts, busy/undisturbed)
		reloads = append(reloads, took.Seconds())
		pauses = append(pauses, pause.Seconds())
		quiet = append(quiet, longest.Seconds())
	}
	load.stop()
	most := watch.stop() - own
	stop := longestStop(before, stops())
	runtime.KeepAlive(a)
	runtime.KeepAlive(b)
	if err != nil {
		return err
	}
	m.report.add(id+"/time", what+": a reload, on the clock", seconds, figureOf(reloads))
	m.report.add(id+"/held", what+": live before, beyond the Configs", megabytes, once(held/1e6))
	m.report.add(id+"/peak", what+": peak of the heap, beyond the Configs", megabytes, once(most/1e6))
	m.report.add(id+"/pause", what+": longest pause between two answers", seconds, longestOf(pauses))
	m.report.add(id+"/quiet", what+": the same without a reload", seconds, longestOf(quiet))
	m.report.add(id+"/stop", what+": longest stop by the collector", seconds, once(stop))
	m.report.add(id+"/decisions", what+": answers a second, to those without a reload", quotient, figureOf(parts))
	return nil
}

// longestOf is the longest of all rounds, with the others as its spread.
func longestOf(pauses []float64) figure {
	f := figureOf(pauses)
	for _, pause := range pauses {
		f.median = max(f.median, pause)
	}
	return f
}

// reloadSmall reloads a policy of one origin again and again without a pause.
func (m *measurement) reloadSmall() error {
	const phase = 20 * time.Millisecond
	if !m.begins("reload/small") {
		return nil
	}
	policy, err := concors.NewPolicy(full())
	if err != nil {
		return err
	}
	load := startLoad(policy, from([]string{page}))
	defer load.stop()
	var parts, reloads []float64
	for range m.Rounds {
		n := 0
		busy, took, _ := load.during(func() {
			for end := time.Now().Add(phase); err == nil && time.Now().Before(end); n++ {
				err = policy.Reload(full())
			}
		})
		if err != nil {
			return err
		}
		undisturbed, _, _ := load.during(func() { <-time.After(phase) })
		parts = append(parts, busy/undisturbed)
		reloads = append(reloads, float64(n)/took.Seconds())
	}
	m.report.add("reload/small/reloads", "one origin: reloads a second", "%.0f", figureOf(reloads))
	m.report.add("reload/small/decisions", "one origin: answers a second, to those without a reload", quotient, figureOf(parts))
	return nil
}
