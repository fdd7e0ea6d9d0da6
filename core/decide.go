package concors

import (
	"context"

	"github.com/concors/concors/core/internal/field"
	"github.com/concors/concors/core/internal/method"
	"github.com/concors/concors/core/internal/origin"
	"github.com/concors/concors/core/internal/path"
)

// Decide decides about a request and tells the observer. It allocates nothing
// of its own, unless names that are reflected come in several lines or need
// cleaning, or a key of Paths has a segment of more than 64 bytes. ctx is handed
// to the origin function and to the observer.
func (p *Policy) Decide(ctx context.Context, r Request) Decision {
	var d Decision // this much is inlined, so that r and d are not copied for a call
	p.report(ctx, &r, &d)
	return d
}

// report decides and tells the observer.
func (p *Policy) report(ctx context.Context, r *Request, d *Decision) {
	q := r.question()
	d.decide(ctx, p, &q)
	if p.observe != nil && len(r.Origin) > 0 {
		p.observe(ctx, *r, *d)
	}
}

// decide reads in the order in which a browser checks an answer (Fetch,
// CORS-preflight fetch, step 7): the origin, then the method, then the headers.
// Debug mode relies on it.
func (d *Decision) decide(ctx context.Context, p *Policy, q *question) {
	d.choose(p.load(), q)
	d.options = q.method == method.Options
	isCORS := len(q.origin) > 0
	if !isCORS {
		d.reason = noOrigin
		if d.rules.anyOrigin {
			d.grant = grantActual // a cache may hand this answer to any page
		}
		return
	}
	if d.rules.passes {
		d.reason = noPolicy
		return
	}
	var methods []string
	if d.options {
		methods = q.requestMethod()
		d.preflight = len(methods) > 0
	}
	if d.reason == pathAmbiguous {
		return
	}
	if d.judgeOrigin(ctx, p, q); d.reason != allowed {
		return
	}
	if !d.preflight {
		d.grant = grantActual
		return
	}
	if d.judgeMethod(methods); d.reason != allowed {
		// A method that no browser sends gets no answer that could pass.
		if d.reason == methodNotAllowed && p.debug.Load() {
			d.grant = grantOrigin
		}
		return
	}
	if d.judgeHeaders(q.requestHeaders()); d.reason != allowed {
		if p.debug.Load() {
			d.grant = grantMethod
		}
		return
	}
	d.grant = grantPreflight
}

// choose picks the rules for the path.
func (d *Decision) choose(c *compiled, q *question) {
	d.rules = c.outer
	if c.paths != nil {
		d.follow(c.paths, q)
	}
}

func (d *Decision) follow(paths *path.Tree[*rules], q *question) {
	decoded, raw := q.path()
	entry, ok := paths.Find(decoded, raw)
	switch {
	case !ok:
		d.rules, d.reason, d.origin = ambiguous, pathAmbiguous, decoded
		if raw != "" {
			d.origin = raw
		}
	case entry != nil:
		d.rules = entry.Value
	}
}

// judgeOrigin stands for the CORS check of an answer that names the origin.
func (d *Decision) judgeOrigin(ctx context.Context, p *Policy, q *question) {
	if d.rules.anyOrigin {
		d.reason = allowed
		return
	}
	d.origin = field.TrimOWS(q.origin[0])
	if len(q.origin) > 1 {
		d.origin = field.TrimOWS(q.origin[1])
		d.reason = severalOrigins
		return
	}
	_, d.reason = p.admit(ctx, d.rules, d.origin, q)
}

// admit says how the policy covers the one origin of a request, and why it
// does not. What the origin function admits counts as named.
func (p *Policy) admit(ctx context.Context, rules *rules, text string, q *question) (origin.Match, reason) {
	if rules.origins.HasExact(text) {
		return origin.Named, allowed
	}
	if match := rules.origins.MatchPattern(text); match != origin.None {
		return match, allowed
	}
	if p.originFunc == nil {
		return origin.None, originRefused
	}
	o, ok := origin.Parse(text)
	if !ok || rules.credentials && !rules.insecureOK && isInsecure(o.Scheme, o.Host) {
		return origin.None, originRefused
	}
	if !p.originFunc(ctx, Origin{o.Scheme, o.Host, o.Port}, *q.request) {
		return origin.None, originRefused
	}
	if ctx.Err() != nil {
		return origin.None, originFuncLate
	}
	return origin.Named, allowed
}

// judgeMethod stands for step 7.5 of a CORS-preflight fetch.
func (d *Decision) judgeMethod(lines []string) {
	d.method = field.TrimOWS(lines[0])
	if len(lines) > 1 {
		d.method = field.TrimOWS(lines[1])
		d.reason = methodMalformed
		return
	}
	switch m := d.method; {
	case method.IsSafelisted(m) || d.rules.methods.Has(m): // what is listed is a token
	case !field.IsToken(m) || method.IsForbidden(m):
		d.reason = methodMalformed
	case !d.rules.anyMethod || d.rules.credentials && len(m) > maxReflected:
		d.reason = methodNotAllowed // or it would have to be written back
	}
}

// judgeHeaders stands for steps 7.6 and 7.7 of a CORS-preflight fetch. On
// success it leaves the names to reflect, if any, in d.header, on failure the
// one at fault.
func (d *Decision) judgeHeaders(lines []string) {
	if d.rules.reflectsHeaders() {
		d.reflect(lines)
		return
	}
	if d.rules.anyHeader {
		return
	}
	for _, line := range lines {
		if line == "" {
			continue // a client may send thousands of them
		}
		if rest := d.rules.headers.SkipListed(line); rest != "" {
			d.header, _ = field.Next(rest)
			d.reason = headerNotAllowed
			if !field.IsToken(d.header) {
				d.reason = headerMalformed // what is listed is a token
			}
			return
		}
	}
}

// AllowsOrigin reports whether the policy for the path of r admits its origin
// for a WebSocket, which browsers open for every page, cookies included: by a
// pattern that names a host, or by the origin function. "*", patterns of any
// host and "null" admit none here, nor does a request without Origin or with
// several. Pages of the server's own origin must be listed.
func (p *Policy) AllowsOrigin(ctx context.Context, r Request) bool {
	var d Decision
	q := r.question()
	d.choose(p.load(), &q)
	if d.rules.passes || d.reason == pathAmbiguous || d.rules.anyOrigin || len(r.Origin) != 1 {
		return false
	}
	text := field.TrimOWS(r.Origin[0])
	match, _ := p.admit(ctx, d.rules, text, &q)
	return match == origin.Named && text != "null"
}
