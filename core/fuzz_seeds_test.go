package concors_test

import (
	"iter"
	"math/rand/v2"

	concors "github.com/concors/concors/core"
)

// trial is a policy and what it is asked. admit stands for the origin
// function and is nil if there is none.
type trial struct {
	cfg      concors.Config
	debug    bool
	admit    func(concors.Origin) bool
	requests []concors.Request
}

// trial makes one. origin and path, if not empty, stand in some requests.
func (s *source) trial(origin, path string) trial {
	e := trial{cfg: s.config(), debug: s.oneIn(2)}
	if s.oneIn(3) {
		e.admit = admitsFn
	}
	for range 4 {
		r := s.request()
		if origin != "" && s.oneIn(2) {
			r.Origin = []string{origin}
		}
		if path != "" && s.oneIn(2) {
			r.Path = path
		}
		e.requests = append(e.requests, r)
	}
	return e
}

// build makes the policy, or returns nil if the Config is not sound.
func (e trial) build() *concors.Policy {
	var options []concors.Option
	if e.admit != nil {
		options = append(options, concors.WithOriginFunc(admitsFnOf))
	}
	p, err := concors.NewPolicy(e.cfg, options...)
	if err != nil {
		return nil
	}
	p.SetDebug(e.debug)
	return p
}

// chances yields n strings of bytes for exchanges, the same ones each time.
func chances(n int) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		chance := rand.NewChaCha8([32]byte{'c', 'o', 'n', 'c', 'o', 'r', 's'})
		for range n {
			choices := make([]byte, 300)
			if chance.Read(choices); !yield(choices) {
				return
			}
		}
	}
}

// telling picks up to most strings of bytes, each of which shows an outcome that
// those before it do not: a fuzzer that starts with nothing finds few of them.
func telling(most int) (picked [][]byte) {
	type outcome struct {
		reason   concors.Reason
		what     string // the origin if it was allowed, else what is at fault
		isGlobal bool
	}
	shown := map[outcome]bool{}
	for choices := range chances(8_000) {
		s := &source{bytes: choices}
		e := s.trial("", "")
		if e.build() == nil {
			continue
		}
		before := len(shown)
		for _, r := range e.requests {
			a := reference(e.cfg, e.debug, e.admit, r)
			one := outcome{a.Reason, a.Detail, a.Fields["Access-Control-Allow-Origin"] == "*"}
			if a.Allowed && len(r.Origin) > 0 {
				one.what = r.Origin[0]
			}
			shown[one] = true
		}
		if len(shown) > before {
			picked = append(picked, choices)
		}
		if len(picked) == most {
			break
		}
	}
	return picked
}
