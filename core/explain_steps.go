package concors

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/concors/concors/core/internal/field"
	"github.com/concors/concors/core/internal/method"
)

// explainer retraces a decision. It judges nothing: which step failed is what
// the decision says, and here is only looked up what that was about.
type explainer struct {
	compiled *compiled
	r        *Request
	decision Decision
	asked    *bool // what the origin function said; nil if it was not asked
	hasFunc  bool

	part   *Config // the policy of the path; one without fields if there is none
	prefix string  // paths["/api/"]. if it stands there
	steps  []Step
	ended  bool // what follows is not reached
}

// decide uses a policy of its own, so that nothing is told and nothing is
// reloaded meanwhile.
func (e *explainer) decide(ctx context.Context, p *Policy) {
	var still Policy
	still.current.Store(e.compiled)
	still.debug.Store(p.debug.Load())
	if e.hasFunc = p.originFunc != nil; e.hasFunc {
		still.originFunc = func(ctx context.Context, o Origin, r Request) bool {
			says := p.originFunc(ctx, o, r)
			e.asked = &says
			return says
		}
	}
	q := e.r.question()
	e.decision.decide(ctx, &still, &q)

	e.part = new(Config)
	switch key := e.decision.Path(); {
	case key != "":
		inner := e.compiled.config.Paths[key]
		e.part, e.prefix = &inner, pathField("paths", key)+"."
	case e.decision.rules == e.compiled.outer && !e.decision.rules.passes:
		e.part = &e.compiled.config
	}
}

func (e *explainer) walk() {
	e.step(CheckPath, e.path(), e.judgePath)
	e.step(CheckOrigin, firstLine(e.r.Origin), e.judgeOrigin)
	e.step(CheckCredentials, "", e.judgeCredentials)
	if !e.decision.preflight {
		e.notePreflight()
		return
	}
	e.step(CheckStatus, "", e.judgeStatus)
	e.step(CheckMethod, firstLine(e.r.RequestMethod), e.judgeMethod)
	e.headers()
}

// notePreflight says of a request that is allowed and no preflight what it does
// not tell: whether a page may send it.
func (e *explainer) notePreflight() {
	if e.decision.reason != allowed || method.IsSafelisted(e.r.Method) {
		return
	}
	note := "the request comes behind a preflight, which has an explanation of its own: OPTIONS with RequestMethod " + quoted(e.r.Method)
	if e.r.Method == http.MethodOptions {
		note = "OPTIONS without Access-Control-Request-Method is no preflight"
	}
	step := &e.steps[0]
	if step.Note != "" {
		note = step.Note + "; " + note
	}
	step.Note = note
}

// path is the path as sent, where it is known.
func (e *explainer) path() string {
	if e.r.RawPath != "" {
		return e.r.RawPath
	}
	return e.r.Path
}

func firstLine(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return field.TrimOWS(lines[0])
}

// step adds a step, judged if it is reached.
func (e *explainer) step(check Check, asked string, judge func(*Step)) {
	step := Step{Check: check, Outcome: OutcomeNotReached, Asked: shown(asked)}
	if !e.ended {
		step.Outcome = OutcomePassed
		if e.decision.failedCheck() == check && check != CheckHeader { // one of many headers
			step.Outcome = OutcomeFailed
		}
		judge(&step)
		e.ended = e.ended || step.Outcome == OutcomeFailed
	}
	e.steps = append(e.steps, step)
}

// shown is the beginning of what comes from the client, in memory of its own.
func shown(s string) string {
	return strings.Clone(cut(s, maxQuoted))
}

// quoted is that as it may stand in a sentence. Letters beyond ASCII are
// escaped: some look like others.
func quoted(s string) string {
	return strconv.QuoteToASCII(cut(s, maxQuoted))
}

// failedCheck is the one that the reason is about, or "".
func (d *Decision) failedCheck() Check {
	switch d.reason {
	case pathAmbiguous:
		return CheckPath
	case severalOrigins, originRefused, originFuncLate:
		return CheckOrigin
	case methodMalformed, methodNotAllowed:
		return CheckMethod
	case headerMalformed, headerNotAllowed, headersTooLong:
		return CheckHeader
	}
	return ""
}

// entry says that an entry of a list decided, or with -1 the whole list.
func (e *explainer) entry(step *Step, name string, list []string, index int) {
	step.Field = e.prefix + name
	if index >= 0 {
		step.Field += "[" + strconv.Itoa(index) + "]"
		step.Value = list[index]
	}
}

// named is an entry as it stands in a sentence.
func (e *explainer) named(name string, list []string, index int) string {
	return fmt.Sprintf("%s%s[%d] %s", e.prefix, name, index, quoted(list[index]))
}

func (e *explainer) judgeCredentials(step *Step) {
	step.Field, step.Value = e.prefix+"allowCredentials", strconv.FormatBool(e.part.AllowCredentials)
	if !e.part.AllowCredentials {
		// Fetch, CORS check, steps 4 to 6.
		step.Note = `the answer has no Access-Control-Allow-Credentials: a page that fetches with credentials: "include" is blocked`
	}
}

func (e *explainer) judgeStatus(step *Step) {
	step.Field, step.Value = e.prefix+"preflightStatus", strconv.Itoa(e.decision.rules.status)
	if sent := e.decision.Status(); sent != e.decision.rules.status {
		step.Note = fmt.Sprintf("a later step fails, and therefore %d is sent, with nothing allowed: a browser speaks of a missing Access-Control-Allow-Origin", sent)
	} else if e.decision.reason != allowed {
		step.Note = "debug mode is on: a later step fails, and the browser is to name it"
	}
}

// maxHeaderSteps is how many header names have a step of their own.
const maxHeaderSteps = 32

// headers adds a step for each name, in the order received.
func (e *explainer) headers() {
	var left, many, length int
	flush := func() {
		if left > 0 {
			e.step(CheckHeader, "", func(step *Step) { e.entry(step, "allowHeaders", nil, -1) })
			last := &e.steps[len(e.steps)-1]
			last.Note = fmt.Sprintf("and %d more names", left)
			left = 0
		}
	}
	for _, line := range e.r.RequestHeaders {
		for name, rest := field.Next(line); name != ""; name, rest = field.Next(rest) {
			length += len(name) + len(",")
			fails := !e.ended && e.isAtFault(name, length-len(","))
			if many++; many > maxHeaderSteps && !fails {
				left++
				continue
			}
			if fails {
				flush()
			}
			e.step(CheckHeader, name, func(step *Step) { e.judgeHeader(step, name, fails) })
		}
	}
	flush()
}

// isAtFault reports whether it is this name that the decision speaks of; length
// is that of the list up to its end.
func (e *explainer) isAtFault(name string, length int) bool {
	d := &e.decision
	return d.failedCheck() == CheckHeader && name == d.header && (d.reason != headersTooLong || length > maxReflected)
}

func (e *explainer) judgeHeader(step *Step, name string, fails bool) {
	list := e.part.AllowHeaders
	if !fails {
		i := slices.IndexFunc(list, func(entry string) bool { return entry == "*" || field.EqualFold(entry, name) })
		e.entry(step, "allowHeaders", list, i)
		return
	}
	step.Outcome = OutcomeFailed
	e.entry(step, "allowHeaders", nil, -1)
	switch e.decision.reason {
	case headerMalformed:
		step.Note = "it is no header name"
	case headersTooLong:
		step.Note = fmt.Sprintf("the names up to it exceed the %d bytes that are written back", maxReflected)
	default:
		step.Note = e.nearEntry("allowHeaders", list, name)
	}
}
