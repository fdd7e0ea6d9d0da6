package scale

import (
	"runtime"

	concors "github.com/concors/concors/core"
)

// build measures what it takes to validate and compile a Config, and what the
// policy holds of memory beyond what the Config holds already. Collections that
// fall due meanwhile are in the time.
func (m *measurement) build(id, what string, rounds int, make func() concors.Config) error {
	if !m.begins("build/" + id) {
		return nil
	}
	before := live()
	config := make()
	own := live() - before
	var times, sizes []float64
	for range rounds {
		before := live()
		var policy *concors.Policy
		var err error
		took := spent(func() { policy, err = concors.NewPolicy(config) })
		if err != nil {
			return err
		}
		times = append(times, took.Seconds())
		sizes = append(sizes, (live()-before)/1e6)
		runtime.KeepAlive(policy)
	}
	m.report.add("build/"+id+"/cpu", what+": build, CPU", seconds, figureOf(times))
	m.report.add("build/"+id+"/live", what+": live beyond the Config", megabytes, figureOf(sizes))
	m.report.add("build/"+id+"/own", what+": the Config itself", megabytes, once(own/1e6))
	runtime.KeepAlive(config)
	return nil
}

func (m *measurement) builds() error {
	const few, ten = 5, 10_000
	for _, kind := range kinds {
		config := func() concors.Config { return origins(kind.format, m.Many) }
		if err := m.build(kind.id, grouped(m.Many)+" "+kind.what, few, config); err != nil {
			return err
		}
	}
	config := func() concors.Config { return origins(exactFormat, ten) }
	if err := m.build("ten", "10,000 exact origins", m.Rounds, config); err != nil {
		return err
	}
	return m.build("paths", "10,000 path rules", m.Rounds, func() concors.Config { return paths(ten) })
}
