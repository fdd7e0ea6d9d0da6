package concors_test

import (
	"context"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

// FuzzExplain asserts what must hold for every policy and request. origin and
// path are further values beside the prepared ones.
func FuzzExplain(f *testing.F) {
	f.Add([]byte{}, "", "")
	f.Add([]byte{1, 2, 0, 3, 0, 3, 2, 1, 5, 0, 2, 1, 1}, "https://x.test:1", "/a%2Fb")
	for _, choices := range telling(100) {
		f.Add(choices, "", "")
	}
	f.Fuzz(func(t *testing.T, choices []byte, origin, path string) {
		s := &source{bytes: choices}
		checkExplanations(t, s.trial(origin, path), map[concors.Check]int{})
	})
}

// TestExplainLikeDecide plays many exchanges of chance, the same ones each time.
func TestExplainLikeDecide(t *testing.T) {
	failed := map[concors.Check]int{}
	for choices := range chances(4_000) {
		s := &source{bytes: choices}
		if checkExplanations(t, s.trial("", ""), failed); t.Failed() {
			return
		}
	}
	for _, check := range []concors.Check{concors.CheckPath, concors.CheckOrigin, concors.CheckMethod, concors.CheckHeader, ""} {
		if failed[check] < 20 {
			t.Errorf("%q failed %d times: the exchanges show too little", check, failed[check])
		}
	}
}

// checkExplanations counts in failed which check failed, "" for none.
func checkExplanations(t *testing.T, e trial, failed map[concors.Check]int) {
	t.Helper()
	asked, told := 0, 0
	options := []concors.Option{concors.WithObserver(func(context.Context, concors.Request, concors.Decision) { told++ })}
	if e.admit != nil {
		options = append(options, concors.WithOriginFunc(func(_ context.Context, o concors.Origin, _ concors.Request) bool {
			asked++
			return e.admit(o)
		}))
	}
	p, err := concors.NewPolicy(e.cfg, options...)
	if err != nil {
		return
	}
	p.SetDebug(e.debug)
	for _, r := range e.requests {
		asked = 0
		d := p.Decide(background, r)
		wasAsked := asked
		asked, told = 0, 0
		got := p.Explain(background, r)
		if told > 0 || asked != wasAsked {
			t.Errorf("Explain(%+v) tells %d observers and asks %d times, want none and %d", r, told, asked, wasAsked)
		}
		if !reflect.DeepEqual(answerOf(got.Decision), answerOf(d)) {
			t.Errorf("Explain(%+v) decides %s, Decide %s", r, show(got.Decision), show(d))
		}
		step, _ := got.Failed()
		failed[step.Check]++
		checkSteps(t, e.cfg, r, got)
		checkText(t, got, p.Explain(background, r))
	}
}

// failing is the check that a reason is about.
var failing = map[concors.Reason]concors.Check{
	concors.ReasonPathAmbiguous:  concors.CheckPath,
	concors.ReasonSeveralOrigins: concors.CheckOrigin, concors.ReasonNullOrigin: concors.CheckOrigin, concors.ReasonOriginMalformed: concors.CheckOrigin,
	concors.ReasonOriginNotAllowed: concors.CheckOrigin, concors.ReasonOriginFuncLate: concors.CheckOrigin,
	concors.ReasonMethodMalformed: concors.CheckMethod, concors.ReasonMethodNotAllowed: concors.CheckMethod,
	concors.ReasonHeaderMalformed: concors.CheckHeader, concors.ReasonHeaderNotAllowed: concors.CheckHeader, concors.ReasonHeadersTooLong: concors.CheckHeader,
}

// checkSteps asserts that the steps agree with the decision and the policy.
func checkSteps(t *testing.T, cfg concors.Config, r concors.Request, e concors.Explanation) {
	t.Helper()
	fail := func(what string) { t.Errorf("%s: %+v\nabout %+v\nis explained as\n%s", what, cfg, r, e) }
	step, isFailed := e.Failed()
	if step.Check != failing[e.Decision.Reason()] || isFailed == e.Decision.Allowed() {
		fail("the step that failed is not that of the reason")
	}
	if detail := e.Decision.Detail(); isFailed && len(r.Origin) < 2 && len(r.RequestMethod) < 2 && len(detail) < 200 && step.Asked != detail {
		fail("the step that failed is about something else than the detail")
	}
	order := []concors.Check{concors.CheckPath, concors.CheckOrigin, concors.CheckCredentials}
	if e.Decision.Preflight() {
		order = append(order, concors.CheckStatus, concors.CheckMethod)
	}
	isOver := false
	for i, step := range e.Steps {
		if i < len(order) && step.Check != order[i] || i >= len(order) && step.Check != concors.CheckHeader {
			fail("the steps are in another order")
		}
		if isOver != (step.Outcome == concors.OutcomeNotReached) && len(r.Origin) > 0 && e.Decision.Reason() != concors.ReasonNoPolicy {
			fail("a step behind the one that failed is reached, or one before is not")
		}
		isOver = isOver || step.Outcome == concors.OutcomeFailed
		if step.Outcome == concors.OutcomePassed && !decides(cfg, e.Decision.Path(), step) {
			fail("an entry that passed does not cover it: " + string(step.Check))
		}
		if step.Outcome == concors.OutcomeNotReached && (step.Field != "" || step.Value != "") {
			fail("a step that is not reached is compared")
		}
	}
}

// decides looks the entry of a step up, and whether it covers what was asked.
func decides(cfg concors.Config, key string, step concors.Step) bool {
	name := step.Field
	if key != "" {
		cfg = cfg.Paths[key]
		name = strings.TrimPrefix(name, "paths["+strconv.Quote(key)+"].")
	}
	list, rest, _ := strings.Cut(name, "[")
	index, err := strconv.Atoi(strings.TrimSuffix(rest, "]"))
	entryOf := func(entries []string) bool { return err == nil && entries[index] == step.Value }
	switch step.Check {
	case concors.CheckOrigin:
		if step.Field == "" {
			return step.Note == "the origin function said yes"
		}
		return list == "allowOrigins" && entryOf(cfg.AllowOrigins) && (step.Value == "*" || refMatches(step.Value, step.Asked))
	case concors.CheckMethod:
		if err != nil {
			return name == "allowMethods" && slices.Contains([]string{"GET", "HEAD", "POST"}, step.Asked)
		}
		return list == "allowMethods" && entryOf(cfg.AllowMethods) && (step.Value == "*" || step.Value == step.Asked)
	case concors.CheckHeader:
		if step.Asked == "" {
			return strings.Contains(step.Note, "more names")
		}
		return list == "allowHeaders" && entryOf(cfg.AllowHeaders) && (step.Value == "*" || strings.EqualFold(step.Value, step.Asked))
	}
	return true
}

// checkText asserts that the text is fit for a ticket.
func checkText(t *testing.T, e, again concors.Explanation) {
	t.Helper()
	text := e.String()
	if text != again.String() || !reflect.DeepEqual(e.Steps, again.Steps) {
		t.Errorf("once it is\n%s\nthen\n%s", text, again)
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return r != '\n' && (r < ' ' || r > '~') }); i >= 0 {
		t.Errorf("%q has %q", text, text[i:])
	}
	const mostBytes = 4 * (256 + 6*256)
	for line := range strings.Lines(text) {
		if len(line) > mostBytes || strings.TrimRight(line, " \n")+"\n" != line {
			t.Errorf("%q is too long, or ends in blanks", line)
		}
	}
	if len(e.Steps) > 5+32+3 {
		t.Errorf("%d steps", len(e.Steps))
	}
}
