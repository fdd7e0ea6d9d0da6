package scale

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	concors "github.com/concors/concors/core"
)

// deciding decides about the same request again and again.
func deciding(policy *concors.Policy, r concors.Request) piece {
	return piece{work: func(times int) {
		for range times {
			policy.Decide(context.Background(), r)
		}
	}}
}

// decidingAll goes round the origins.
func decidingAll(policy *concors.Policy, origins []string) piece {
	next := 0
	return piece{work: func(times int) {
		for range times {
			policy.Decide(context.Background(), from(origins[next:next+1]))
			if next++; next == len(origins) {
				next = 0
			}
		}
	}}
}

func from(origin []string) concors.Request {
	return concors.Request{Method: "GET", Host: "api.example.com", Path: "/", Origin: origin}
}

// lookups compares policies of one entry and of many.
func (m *measurement) lookups() error {
	for _, kind := range kinds {
		if !m.begins("look-up/" + kind.id) {
			continue
		}
		one, err := concors.NewPolicy(origins(kind.format, 1))
		if err != nil {
			return err
		}
		many, err := concors.NewPolicy(origins(kind.format, m.Many))
		if err != nil {
			return err
		}
		single, last := from([]string{kind.covered(0)}), from([]string{kind.covered(m.Many - 1)})
		absent := from([]string{kind.covered(m.Many)})
		took := rounds(m.Rounds, deciding(one, single), deciding(one, single),
			deciding(many, last), deciding(many, absent), decidingAll(many, kind.random(m.Many)))
		what := grouped(m.Many) + " " + kind.what
		m.report.add("look-up/"+kind.id+"/control", what+": one of them twice", quotient, ratio(took[1], took[0]))
		m.report.add("look-up/"+kind.id+"/hot", what+": hot, to one of them", quotient, ratio(took[2], took[0]))
		m.report.add("look-up/"+kind.id+"/one", what+": one of them", nanos, figureOf(took[0]))
		m.report.add("look-up/"+kind.id+"/same", what+": the same each time", nanos, figureOf(took[2]))
		m.report.add("look-up/"+kind.id+"/absent", what+": one that is not there", nanos, figureOf(took[3]))
		m.report.add("look-up/"+kind.id+"/random", what+": 65,536 at random", nanos, figureOf(took[4]))
	}
	return m.choosing()
}

// random are origins that the first n entries cover, more than caches hold.
func (k kind) random(n int) []string {
	origins := make([]string, 1<<16)
	for i := range origins {
		origins[i] = k.covered(rand.IntN(n))
	}
	return origins
}

// choosing compares Configs of few and of many path rules.
func (m *measurement) choosing() error {
	const few, many, long = 10, 10_000, 64 << 10
	if !m.begins("look-up/paths") {
		return nil
	}
	some, err := concors.NewPolicy(paths(few))
	if err != nil {
		return err
	}
	all, err := concors.NewPolicy(paths(many))
	if err != nil {
		return err
	}
	under := func(i int, below string) concors.Request {
		r := from([]string{fmt.Sprintf(exactFormat, i)})
		r.Path = fmt.Sprintf(keyFormat, i) + below
		return r
	}
	whole, quarter := strings.Repeat("orders/", long/7), strings.Repeat("orders/", long/7/4)
	took := rounds(m.Rounds, deciding(some, under(few-1, "orders")), deciding(all, under(many-1, "orders")),
		deciding(all, under(many-1, whole)), deciding(all, under(many-1, quarter)))
	what := "10,000 path rules"
	m.report.add("look-up/paths/hot", what+": hot, to ten of them", quotient, ratio(took[1], took[0]))
	m.report.add("look-up/paths/same", what+": the same path each time", nanos, figureOf(took[1]))
	m.report.add("look-up/paths/length", what+": a byte of 64 KiB, to one of 16 KiB", quotient, perByte(took[2], took[3], whole, quarter))
	return nil
}

// perByte compares what a byte costs in a long text and in a short one.
func perByte(long, short []float64, text, part string) figure {
	return ratio(long, short).times(float64(len(part)) / float64(len(text)))
}
