package concors

import (
	"context"
	"errors"
	"sync/atomic"
)

// Policy decides by a [Config]. It is built by [NewPolicy] and safe for
// concurrent use; all its methods panic on the zero Policy.
type Policy struct {
	current atomic.Pointer[compiled]
	debug   atomic.Bool

	options
}

// options holds what does not change after a policy is built.
type options struct {
	originFunc func(context.Context, Origin, Request) bool
	observe    func(context.Context, Request, Decision)
}

// An Option gives a policy what a Config, being data, cannot hold. Options stay
// in force when the policy is reloaded.
type Option func(*options)

// WithOriginFunc lets f decide about origins that no pattern of the policy for
// the request's path matches. f is asked only for one well-formed origin other
// than "null", never for a path without a policy, and with credentials never
// for an http origin that is not loopback, unless
// DangerouslyAllowInsecureOrigins is set. Its "yes" counts only if ctx is not
// done by then.
//
// f may look at the origin, and at the method, host and path of the request.
// What else it looks at, the application must name in Vary on every answer of
// that URL; and a preflight carries no credentials. f may keep what it is
// handed, and must be safe for concurrent use. If it panics, nothing has been
// written. A nil f means no function; of several options the last one counts.
// A policy with "*" cannot have one.
func WithOriginFunc(f func(ctx context.Context, o Origin, r Request) bool) Option {
	return func(o *options) { o.originFunc = f }
}

// WithObserver lets observe hear every request that has an Origin field, with
// what was decided, before anything is written; it hears no call of
// [Policy.AllowsOrigin]. It may keep what it is handed, must be safe for
// concurrent use, and delays the answer while it runs. Made by [NewRequest], the
// Request shares the slices of the request's header: one that is kept shows
// what handlers overwrite there, its Clone does not. What comes from the
// client, Detail among it, must be quoted where it is logged; Reason and Path
// are fit for metric labels. A nil observe means none; of several options the
// last one counts.
func WithObserver(observe func(ctx context.Context, r Request, d Decision)) Option {
	return func(o *options) { o.observe = observe }
}

// NewPolicy checks cfg whole and builds a policy of it. The error, if any, is a
// [ConfigErrors] with every fault that cfg has, in field order. The policy
// keeps no memory of cfg but its strings. A nil option is passed over.
func NewPolicy(cfg Config, options ...Option) (*Policy, error) {
	p := new(Policy)
	for _, option := range options {
		if option != nil {
			option(&p.options)
		}
	}
	c, err := compile(cfg, p.originFunc != nil)
	if err != nil {
		return nil, err
	}
	p.current.Store(c)
	return p, nil
}

// Reload replaces the Config, atomically: every answer is wholly the old or
// wholly the new policy's. Options and debug mode stay. A faulty cfg is refused
// with the same error as by [NewPolicy] and changes nothing. Browsers keep
// answers to preflights of the old policy up to its MaxAge.
func (p *Policy) Reload(cfg Config) error {
	p.load()
	c, err := compile(cfg, p.originFunc != nil)
	if err != nil {
		return err
	}
	p.current.Store(c)
	return nil
}

// Config returns a copy of what is in force. [NewPolicy] makes a policy of it
// that decides alike.
func (p *Policy) Config() Config {
	return p.load().config.clone()
}

// SetDebug turns debug mode on or off; it is off at first. In debug mode a
// preflight that fails at the method or at the headers is answered as far as
// it got, with a status of success, so that the browser's console names the
// method or header at fault instead of the origin. Browsers block the request
// all the same.
//
// Debug mode is for finding a fault, not for leaving on: by the letter of the
// standard, a page that listens to the progress of an upload may use a method
// that an answer does not deny by a list (Fetch, CORS-preflight fetch, step
// 7.4). Chromium 156 does not go by that step.
func (p *Policy) SetDebug(on bool) {
	p.load()
	p.debug.Store(on)
}

// Retains reports whether the policy has a function that may keep what it is
// given. A server that reuses its buffers then hands in [Request.Clone].
func (p *Policy) Retains() bool {
	p.load()
	return p.originFunc != nil || p.observe != nil
}

func (p *Policy) load() *compiled {
	c := p.current.Load()
	if c == nil {
		panic(errors.New("concors: the zero Policy decides nothing; build one with NewPolicy"))
	}
	return c
}
