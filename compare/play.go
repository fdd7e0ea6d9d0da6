package compare

import (
	"slices"

	"github.com/concors/concors/compare/judge"
	"github.com/concors/concors/compare/peers"
	"github.com/concors/concors/conformance"
)

// An Outcome is how a case ended.
type Outcome string

// The outcomes. Passed and Faulty count as played, the others stand apart.
const (
	Passed     Outcome = "passed"
	Faulty     Outcome = "faulty"
	ByDesign   Outcome = "by design"   // what differs, its makers chose and say so
	Harmless   Outcome = "harmless"    // what differs, no page in a browser can bring about
	Refused    Outcome = "refused"     // it does not take the configuration
	NotOffered Outcome = "not offered" // it has no setting for something that the case needs
)

// A Result is what one implementation made of one case.
type Result struct {
	Outcome  Outcome
	Why      string // Refused and NotOffered: what
	Findings []Finding
}

// A Finding is a fault of one answer.
type Finding struct {
	Exchange int // counted from 1
	judge.Fault
	Excuse *Design // why it counts as none; nil: it counts
}

// A Record is one exchange as it went, for reports.
type Record struct {
	Exchange int
	Request  judge.Request
	Want     conformance.Exchange
	Answer   judge.Answer
	Err      error
	Findings []Finding
}

// An Implementation is one middleware on one router.
type Implementation struct {
	name, module, router string
	start                func(*Scenario) (session, error)
}

// A session is an implementation that runs under one case.
type session interface {
	// turn puts a part's policy in force and returns the address of the
	// server.
	turn(*Part) (addr string, err error)
	stop()
}

// play plays a case and tells see about every exchange.
func (im Implementation) play(s *Scenario, see func(Record)) Result {
	run, err := im.start(s)
	if err != nil {
		return unplayed(err)
	}
	defer run.stop()
	var findings []Finding
	number := 0
	for i := range s.Parts {
		part := &s.Parts[i]
		addr, err := run.turn(part)
		if err != nil {
			return unplayed(err)
		}
		for _, record := range im.playPart(s, part, addr, number) {
			findings = append(findings, record.Findings...)
			see(record)
		}
		number += len(part.Exchanges)
	}
	return Result{Outcome: outcome(findings), Findings: findings}
}

func unplayed(err error) Result {
	switch e := err.(type) {
	case peers.NotOffered:
		return Result{Outcome: NotOffered, Why: e.What}
	case peers.Refused:
		return Result{Outcome: Refused, Why: e.Why}
	}
	// Not the implementation but the machine is at fault, and it must show.
	return Result{Outcome: Faulty, Findings: []Finding{{Fault: judge.Fault{Rule: judge.Silent, Text: err.Error()}}}}
}

func outcome(findings []Finding) Outcome {
	out := Passed
	for _, f := range findings {
		switch {
		case f.Excuse == nil:
			return Faulty
		case f.Excuse != impossible:
			out = ByDesign
		case out == Passed:
			out = Harmless
		}
	}
	return out
}

// playPart sends the requests of a part; before of them were sent already.
func (im Implementation) playPart(s *Scenario, part *Part, addr string, before int) []Record {
	client := judge.NewClient(addr)
	defer client.Close()
	others := s.others(part)
	// In these two subjects caches are the point.
	every := slices.Contains([]string{"vary", "caches"}, s.subject())
	var records []Record
	for i, want := range part.Exchanges {
		r := Record{Exchange: before + i + 1, Request: part.Requests[i], Want: want}
		var faults []judge.Fault
		if r.Answer, r.Err = client.Ask(r.Request); r.Err != nil {
			faults = []judge.Fault{{Rule: judge.Silent, Text: r.Err.Error()}}
		} else {
			faults = judge.Check(want, r.Request, r.Answer)
			faults = append(faults, judge.CheckCache(r.Request, r.Answer, others, every, client.Ask)...)
		}
		for _, fault := range faults {
			r.Findings = append(r.Findings, Finding{r.Exchange, fault, excuse(im.name, s.Name(), r.Request, fault.Rule)})
		}
		records = append(records, r)
	}
	return records
}

// others are what pages may ask besides.
func (s *Scenario) others(part *Part) judge.Others {
	spec := peers.Spec{Config: part.Config, Admits: s.Admits}
	o := judge.Others{
		Origins: spec.Origins(),
		Methods: []string{"GET", "PUT", "DELETE", "QUERY"},
		Names:   []string{"x-never-named"},
	}
	for _, inner := range part.Config.Paths {
		o.Origins = append(o.Origins, peers.Spec{Config: inner}.Origins()...)
	}
	for _, name := range part.Config.AllowHeaders {
		if name != "*" {
			o.Names = append(o.Names, name)
		}
	}
	return o
}

// needsUpstream reports whether a case needs a server that StripUpstream, or
// something like it, stands in front of.
func (s *Scenario) needsUpstream() bool {
	for _, part := range s.Parts {
		for _, q := range part.Requests {
			if q.Path() == "/upstream" {
				return true
			}
		}
	}
	return false
}
