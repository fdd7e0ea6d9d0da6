package conformance

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	concors "github.com/concors/concors/core"
)

// An ear is the observer of a case. It keeps decisions as it is handed them,
// and they are looked at when all requests are over: a server that hands out
// its buffers has overwritten them by then.
type ear struct {
	mu    sync.Mutex
	heard []concors.Decision
}

func (e *ear) observe(_ context.Context, _ concors.Request, d concors.Decision) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.heard = append(e.heard, d)
}

// take returns what was heard since the last call.
func (e *ear) take() []concors.Decision {
	e.mu.Lock()
	defer e.mu.Unlock()
	heard := e.heard
	e.heard = nil
	return heard
}

// build makes the policies of a case, outermost first; the last is that of
// policy.json. Function, observer and debug mode are the last one's alone.
func (c *Case) build(e *ear) ([]*concors.Policy, error) {
	var policies []*concors.Policy
	if c.setup.outer != nil {
		outer, err := newPolicy(c.setup.outer)
		if err != nil {
			return nil, fmt.Errorf("setup.json: outer: %w", err)
		}
		policies = append(policies, outer)
	}
	var options []concors.Option
	if admitted := c.setup.originFunc; admitted != nil {
		options = append(options, concors.WithOriginFunc(
			func(_ context.Context, o concors.Origin, _ concors.Request) bool {
				return slices.Contains(admitted, o.String())
			}))
	}
	// An observer makes some adapters copy what they otherwise only look at,
	// so it is there only where a case asks for it.
	if c.listens() {
		options = append(options, concors.WithObserver(e.observe))
	}
	policy, err := newPolicy(c.policy, options...)
	if err != nil {
		return nil, fmt.Errorf("policy.json: %w", err)
	}
	policy.SetDebug(c.setup.debug)
	return append(policies, policy), nil
}

func newPolicy(data []byte, options ...concors.Option) (*concors.Policy, error) {
	cfg, err := concors.ParseConfig(data)
	if err != nil {
		return nil, err
	}
	return concors.NewPolicy(cfg, options...)
}

// Play plays the case against a server that start starts, as [Run] says, and
// returns what differs from what the case wants, nil if nothing.
func (c *Case) Play(start func(policies []*concors.Policy) (addr string)) []string {
	e := new(ear)
	policies, err := c.build(e)
	if err != nil {
		return []string{c.name + ": " + err.Error()}
	}
	dial, err := loopback(start(policies))
	if err != nil {
		return []string{err.Error()}
	}
	s := &client{dial: dial}
	defer s.close()

	var out []string
	heard := make([][]concors.Decision, len(c.steps))
	for i, step := range c.steps {
		if step.reload != nil {
			if fault := step.reload.play(policies[len(policies)-1]); fault != "" {
				out = append(out, c.at(step.reload.line)+": "+fault)
			}
			continue
		}
		report, answered := step.ask.play(s, func() { e.take() }, false)
		heard[i] = e.take()
		if report != "" {
			out = append(out, c.at(step.ask.line)+": "+report)
		}
		if !answered {
			return out
		}
	}
	for i, step := range c.steps {
		if step.ask == nil || step.ask.decision == nil {
			continue
		}
		if fault := step.ask.decision.compare(heard[i]); fault != "" {
			out = append(out, c.at(step.ask.line)+": "+fault)
		}
	}
	return out
}

// play reloads the policy and returns what went otherwise than wanted.
func (r *reload) play(policy *concors.Policy) string {
	cfg, err := concors.ParseConfig(r.policy)
	if err == nil {
		err = policy.Reload(cfg)
	}
	var faults concors.ConfigErrors
	switch {
	case err == nil && r.faults != nil:
		return fmt.Sprintf("reload: no error, want faults in %q", r.faults)
	case err == nil:
		return ""
	case r.faults == nil:
		return fmt.Sprintf("reload: %v", err)
	case !errors.As(err, &faults):
		return fmt.Sprintf("reload: %v, which is no ConfigErrors", err)
	}
	var fields []string
	for _, fault := range faults {
		fields = append(fields, fault.Field)
	}
	if !slices.Equal(fields, r.faults) {
		return fmt.Sprintf("reload: faults in %q, want %q:\n%v", fields, r.faults, err)
	}
	return ""
}

// compare returns how what was heard differs from what must be.
func (want *decision) compare(heard []concors.Decision) string {
	if !want.heard {
		if len(heard) > 0 {
			return fmt.Sprintf("the observer heard %q, want nothing", heard[0].Reason())
		}
		return ""
	}
	if len(heard) != 1 {
		return fmt.Sprintf("the observer heard %d decisions about a request, want 1", len(heard))
	}
	d := heard[0]
	reason := string(d.Reason())
	for _, member := range []struct {
		name, got string
		want      *string
	}{{"reason", reason, want.reason}, {"detail", d.Detail(), want.detail}, {"path", d.Path(), want.path}} {
		if member.want != nil && member.got != *member.want {
			return fmt.Sprintf("the observer heard the %s %q, want %q (reason %q, detail %q, path %q)",
				member.name, cut(member.got), cut(*member.want), reason, cut(d.Detail()), cut(d.Path()))
		}
	}
	return ""
}
