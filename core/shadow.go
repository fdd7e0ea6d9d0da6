package concors

import "context"

// Shadow makes p a candidate that only reports: it returns an observer for the
// policy in force, to be given to [WithObserver], that has p decide about each
// request that it hears and calls differs if the two would answer it
// differently. So a policy can be tightened without breaking a page.
//
// They do if their Reason, Preflight or Status differs, or any of the fields
// that [Decision.Fields] gives, Vary among them. Path and Detail do not count:
// they say where and what, not how. Each policy has its own debug mode, which
// shows in its answers.
//
// The observer of p is not told. Its origin function is asked, with the context
// of the request, and delays the answer while it runs, as differs does. If the
// origin function of p panics, the request goes on, and differs is called with
// the zero Decision, whose Reason is empty, for the candidate. A panic in
// differs passes on, as in any observer. Where the two agree, nothing is
// allocated that [Policy.Decide] would not.
//
// differs must be safe for concurrent use. As an observer it may keep what it
// is handed, with the same care. A nil differs makes a nil observer. p may be
// reloaded at any time.
func (p *Policy) Shadow(differs func(ctx context.Context, r Request, inForce, candidate Decision)) func(context.Context, Request, Decision) {
	p.load()
	if differs == nil {
		return nil
	}
	return func(ctx context.Context, r Request, inForce Decision) {
		if candidate := p.rehearse(ctx, &r); !candidate.answersLike(&inForce) {
			differs(ctx, r, inForce, candidate)
		}
	}
}

// rehearse decides, tells nobody, and lets no panic pass: what only tries a
// policy must not break what another one answers.
func (p *Policy) rehearse(ctx context.Context, r *Request) (d Decision) {
	defer func() {
		if recover() != nil {
			d = Decision{}
		}
	}()
	q := r.question()
	d.decide(ctx, p, &q)
	return d
}

// answersLike compares decisions about the same request, of which other was
// made.
func (d *Decision) answersLike(other *Decision) bool {
	switch {
	case d.Reason() != other.Reason(), d.Status() != other.Status(): // only a preflight has a status
		return false
	case d.isUntouched() != other.isUntouched():
		return false
	case d.isUntouched():
		return true
	}
	set := d.fields()
	if set != other.fields() || d.varies() != other.varies() {
		return false
	}
	for ; set != 0; set = set.withoutFirst() {
		if field := set.first(); !d.hasValueOf(other, field) {
			return false
		}
	}
	return true
}

// hasValueOf reports whether a field has the same value in both. Where both are
// made of the request, they are made alike, of the same request.
func (d *Decision) hasValueOf(other *Decision, field int) bool {
	if field == allowMethodsField && d.rules.spellsMethods() && other.rules.spellsMethods() {
		return true // to write them out might allocate
	}
	return d.value(field) == other.value(field)
}
