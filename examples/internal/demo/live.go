package demo

import (
	"sync"

	concors "github.com/concors/concors/core"
)

// live is the policy while it may be changed: by the page, and by a reload of
// the file. Both change it in memory alone.
type live struct {
	policy *concors.Policy

	mu         sync.Mutex
	start      concors.Config // what the source said last
	startPrint string         // its fingerprint
}

// inForce is the policy at one moment.
type inForce struct {
	config      concors.Config
	fingerprint string
	start       bool // it is what the source said last
}

func newLive(policy *concors.Policy, start concors.Config) *live {
	return &live{policy: policy, start: start, startPrint: policy.Fingerprint()}
}

// edit puts cfg in force until the next edit, reset or reload, and returns what
// is then in force.
func (l *live) edit(cfg concors.Config) (inForce, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.policy.Reload(cfg); err != nil {
		return inForce{}, err
	}
	return l.state(), nil
}

// reset is an edit back to the start policy.
func (l *live) reset() (inForce, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.policy.Reload(l.start); err != nil {
		return inForce{}, err
	}
	return l.state(), nil
}

// restart makes cfg the start policy, and puts it in force over any edit.
func (l *live) restart(cfg concors.Config) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.policy.Reload(cfg); err != nil {
		return err
	}
	l.start, l.startPrint = cfg, l.policy.Fingerprint()
	return nil
}

func (l *live) now() inForce {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.state()
}

// state is for whoever holds the lock.
func (l *live) state() inForce {
	print := l.policy.Fingerprint()
	return inForce{config: l.policy.Config(), fingerprint: print, start: print == l.startPrint}
}
