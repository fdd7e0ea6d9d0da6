package compare

import (
	"context"
	"fmt"
	"net/url"
	"slices"

	"github.com/concors/concors/compare/peers"
	concors "github.com/concors/concors/core"
)

// peerImplementations returns what Concors is compared with.
func peerImplementations() []Implementation {
	var out []Implementation
	for _, peer := range peers.All() {
		out = append(out, Implementation{
			name: peer.Name, module: peer.Module, router: peer.Router,
			start: func(s *Scenario) (session, error) {
				if err := s.unoffered(); err != nil {
					return nil, err
				}
				return &peerSession{mount: peer.Mount, admits: s.Admits}, nil
			},
		})
	}
	return out
}

// unoffered names what no peer has.
func (s *Scenario) unoffered() error {
	switch {
	case s.Outer != nil:
		return peers.NotOffered{What: "a second policy around the first"}
	case s.Debug():
		return peers.NotOffered{What: "debug mode in the answers"}
	case s.needsUpstream():
		return peers.NotOffered{What: "removal of an upstream's fields"}
	case s.subject() == "reload":
		return peers.NotOffered{What: "a change of the policy while it runs"}
	case slices.ContainsFunc(s.Parts, func(p Part) bool { return p.Refused }):
		return peers.NotOffered{What: "a change of the policy that is refused whole"}
	}
	return nil
}

// A peerSession restarts for every policy of a case: outside the subject reload
// a second policy is a second example and no more.
type peerSession struct {
	mount  func(peers.Spec) (peers.App, error)
	admits []string
	end    func()
}

func (p *peerSession) turn(part *Part) (string, error) {
	p.stop()
	app, err := p.mount(peers.Spec{Config: part.Config, Admits: p.admits})
	if err != nil {
		return "", err
	}
	addr, end, err := app.Listen()
	p.end = end
	return addr, err
}

func (p *peerSession) stop() {
	if p.end != nil {
		p.end()
		p.end = nil
	}
}

// concorsOnEach returns Concors on each of its routers.
func concorsOnEach(upstream *url.URL) []Implementation {
	var out []Implementation
	for _, adapter := range peers.Adapters() {
		out = append(out, Implementation{
			name: concorsName + " on " + adapter.Router, router: adapter.Router,
			start: func(s *Scenario) (session, error) { return startConcors(adapter, upstream, s) },
		})
	}
	return out
}

// A concorsSession runs through a whole case and reloads.
type concorsSession struct {
	policy *concors.Policy
	begun  bool
	addr   string
	end    func()
}

func startConcors(adapter peers.Adapter, upstream *url.URL, s *Scenario) (session, error) {
	var options []concors.Option
	if s.Admits != nil {
		options = append(options, concors.WithOriginFunc(func(_ context.Context, o concors.Origin, _ concors.Request) bool {
			return slices.Contains(s.Admits, o.String())
		}))
	}
	policy, err := concors.NewPolicy(s.Parts[0].Config, options...)
	if err != nil {
		return nil, err
	}
	policy.SetDebug(s.Debug())
	policies := []*concors.Policy{policy}
	if s.Outer != nil {
		cfg, err := concors.ParseConfig(s.Outer)
		if err != nil {
			return nil, err
		}
		outer, err := concors.NewPolicy(cfg)
		if err != nil {
			return nil, err
		}
		policies = []*concors.Policy{outer, policy}
	}
	addr, end, err := adapter.Mount(upstream, policies).Listen()
	if err != nil {
		return nil, err
	}
	return &concorsSession{policy: policy, addr: addr, end: end}, nil
}

func (c *concorsSession) turn(part *Part) (string, error) {
	if !c.begun {
		c.begun = true
		return c.addr, nil
	}
	cfg, err := concors.ParseConfig(part.Policy)
	if err == nil {
		err = c.policy.Reload(cfg)
	}
	if (err != nil) != part.Refused {
		return "", fmt.Errorf("reload: refused: %t, want %t: %v", err != nil, part.Refused, err)
	}
	return c.addr, nil
}

func (c *concorsSession) stop() { c.end() }
