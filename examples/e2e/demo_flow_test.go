//go:build e2e

package e2e

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/internal/program"
)

// seen is what a card of the page shows of one request.
type seen struct {
	Title, Outcome, Mark, Error, Summary string
	Exchanges                            []seenExchange
}

type seenExchange struct {
	Title, Reason, Text     string
	Asked, Answered         []string // start line and fields
	Passed, Failed, Skipped []string // steps
}

// seenScript is a function from a card to what it shows.
const seenScript = `(card => {
	const text = (from, selector) => from.querySelector(selector)?.textContent ?? "";
	const message = box => [text(box, ".start"), ...[...box.querySelectorAll("tr")].map(tr => text(tr, "th") + ": " + text(tr, "td"))];
	const steps = (from, outcome) => [...from.querySelectorAll(".steps > [data-outcome='" + outcome + "'] > span:last-child")].map(e => e.textContent);
	return {
		title: text(card, "h3"), outcome: text(card, ".outcome > span"), mark: text(card, ".mark"),
		error: text(card, ".small > code"), summary: text(card, ".wire > summary"),
		exchanges: [...card.querySelectorAll(".exchange")].map(e => ({
			title: text(e, "h4"), reason: text(e, ".reason"), text: text(e, ".text > pre"),
			asked: message(e.querySelectorAll(".message")[0]), answered: message(e.querySelectorAll(".message")[1]),
			passed: steps(e, "passed"), failed: steps(e, "failed"), skipped: steps(e, "not-reached"),
		})),
	};
})`

// demo is a page of an example in a browser.
type demo struct {
	*stage
	b *chromium // nil for another browser
}

func newDemo(t *testing.T) demo {
	t.Helper()
	f := newFront(t)
	b := startChromium(t, f)
	return demo{&stage{tab: &tab{engine: b}, front: f}, b}
}

// card returns what the page shows of the ready-made request i, from 0 on.
func (d demo) card(t *testing.T, i int) (got seen) {
	t.Helper()
	d.ask(t, `Promise.resolve(JSON.stringify(`+seenScript+`(document.querySelectorAll("#results > li")[CALLS])))`, i, &got)
	return got
}

// settled is what the page shows of the policy once a change is over.
type settled struct {
	Status, Fingerprint, Text, Invalid, Summary string
	Faults                                      []string
}

// settle runs a script and waits until the page says what became of it, and
// sends no more.
func (d demo) settle(t *testing.T, script string, argument any) (got settled) {
	t.Helper()
	d.ask(t, `(async () => {
		const text = document.getElementById("policy-text"), status = document.getElementById("policy-status");
		status.textContent = "";
		`+script+`
		while (status.textContent === "" || document.getElementById("again").getAttribute("aria-disabled") !== "false") await new Promise(r => setTimeout(r, 10));
		return JSON.stringify({
			status: status.textContent, text: text.value, invalid: text.getAttribute("aria-invalid"),
			fingerprint: document.getElementById("fingerprint").textContent, summary: document.getElementById("summary").textContent,
			faults: [...document.querySelectorAll("#faults li")].map(li => li.textContent),
		});
	})()`, argument, &got)
	return got
}

// apply puts a text into the editor and presses Apply.
func (d demo) apply(t *testing.T, policy string) settled {
	t.Helper()
	return d.settle(t, `
		text.value = CALLS; text.dispatchEvent(new Event("input")); status.textContent = "";
		document.querySelector("#policy [type=submit]").click();`, policy)
}

// own fills in fields of the form, sends its request, and returns what the page
// shows of it.
func (d demo) own(t *testing.T, fields map[string]string) (got seen) {
	t.Helper()
	d.ask(t, `(async fields => {
		for (const [name, value] of Object.entries(fields ?? {})) document.getElementById("own-" + name).value = value;
		document.getElementById("own-result").replaceChildren();
		document.querySelector("#own [type=submit]").click();
		const card = () => document.querySelector("#own-result > [data-kind]");
		while (!card()) await new Promise(r => setTimeout(r, 10));
		return JSON.stringify(`+seenScript+`(card()));
	})(CALLS)`, fields, &got)
	return got
}

// notListed is the ready-made request that the built-in policy denies.
const notListed = 5

func TestDemoPage(t *testing.T) {
	d := newDemo(t)
	for _, router := range program.Names {
		t.Run(router, func(t *testing.T) { d.play(t, router) })
	}
}

// play uses the page of an example as a person does.
func (d demo) play(t *testing.T, router string) {
	page := d.startPage(t, router)
	d.visit(t, page)
	d.shown(t, "null")
	d.showsDenial(t, page)
	d.showsPair(t)
	d.editsPolicy(t, page)
	d.refusesFaults(t, page)
	d.sendsOwn(t)
}

// showsDenial: a denied preflight, both sides of it, and the engine's reason.
func (d demo) showsDenial(t *testing.T, page string) {
	t.Helper()
	got := d.card(t, notListed)
	if got.Outcome != blockedOut || !strings.HasPrefix(got.Error, "TypeError: ") || got.Summary != "On the wire: a preflight, and no request behind it" || len(got.Exchanges) != 1 {
		t.Fatalf("the page shows %+v", got)
	}
	e := got.Exchanges[0]
	if want := "The policy says header-not-allowed. The policy does not allow this header. At fault: x-not-allowed"; e.Reason != want {
		t.Errorf("the page says %q, want %q", e.Reason, want)
	}
	wantLines(t, e.Asked, "Origin: "+page, "Access-Control-Request-Method: GET", "Access-Control-Request-Headers: x-not-allowed")
	wantLines(t, e.Answered, "HTTP/1.1 403 Forbidden", "Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers")
	if want := []string{"header failed “x-not-allowed”: not covered by allowHeaders"}; !slices.Equal(e.Failed, want) || len(e.Passed) != 5 {
		t.Errorf("the page shows the steps %q, %q, want %q", e.Passed, e.Failed, want)
	}
	if !strings.HasPrefix(e.Text, `preflight refused, header-not-allowed "x-not-allowed"`) {
		t.Errorf("for a ticket the page has %q", e.Text)
	}
}

// showsPair: a preflight and the request behind it, with their own answers.
func (d demo) showsPair(t *testing.T) {
	t.Helper()
	got := d.card(t, 1)
	if got.Summary != "On the wire: a preflight, then the request" || len(got.Exchanges) != 2 {
		t.Fatalf("the page shows %+v", got)
	}
	preflight, request := got.Exchanges[0], got.Exchanges[1]
	wantLines(t, preflight.Asked, "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: content-type")
	wantLines(t, preflight.Answered, "HTTP/1.1 204 No Content", "Access-Control-Allow-Methods: PUT, PATCH, DELETE", "Access-Control-Max-Age: 600")
	wantLines(t, request.Asked, "Content-Type: application/json")
	wantLines(t, request.Answered, "HTTP/1.1 200 OK", "Access-Control-Expose-Headers: ETag, X-Request-Id", `Etag: "hello-1" ✓ page can read it`)
	if !strings.HasPrefix(preflight.Asked[0], "OPTIONS /hello?demo=") || !strings.HasPrefix(request.Asked[0], "PUT /hello?demo=") {
		t.Errorf("the page shows %q and %q", preflight.Asked[0], request.Asked[0])
	}
	if first := d.card(t, 0); first.Summary != "On the wire: the request at once, without a preflight" || len(first.Exchanges) != 1 {
		t.Errorf("of a simple request the page shows %+v", first)
	}
}

// editsPolicy: what the person writes is in force at once, and a reset too.
func (d demo) editsPolicy(t *testing.T, page string) {
	t.Helper()
	before := d.settle(t, `status.textContent = "-";`, nil)
	got := d.apply(t, fmt.Sprintf(`{"allowOrigins": [%q], "allowHeaders": ["X-Not-Allowed"]}`, page))
	if !strings.HasPrefix(got.Status, "Applied") || got.Fingerprint == before.Fingerprint || len(got.Faults) > 0 || got.Summary != "2 of 8 outcomes are as with the built-in policy" {
		t.Errorf("after an edit the page shows %+v", got)
	}
	if c := d.card(t, notListed); c.Outcome != reads || c.Mark != "✗ unlike the built-in policy" || len(c.Exchanges) != 2 {
		t.Errorf("after an edit the page shows %+v", c)
	}
	got = d.settle(t, `document.getElementById("policy-reset").click();`, nil)
	if got.Fingerprint != before.Fingerprint || got.Text != before.Text || got.Summary != "8 of 8 outcomes are as expected" {
		t.Errorf("after a reset the page shows %+v, want %+v", got, before)
	}
}

// refusesFaults: the page shows core's own words, and nothing changes.
func (d demo) refusesFaults(t *testing.T, page string) {
	t.Helper()
	before := d.settle(t, `status.textContent = "-";`, nil)
	for policy, faults := range map[string]int{
		fmt.Sprintf(`{"allowOrigins": [%q, "https://<b>.example/"]}`, page+"/"): 2,
		`{"allowOrigin": ["*"], "maxage": 5}`:                                   2,
		`{`:                                                                     1,
	} {
		cfg, err := concors.ParseConfig([]byte(policy))
		if err == nil {
			_, err = concors.NewPolicy(cfg)
		}
		var all concors.ConfigErrors
		if !errors.As(err, &all) || len(all) != faults {
			t.Fatalf("%s: %v", policy, err)
		}
		var want []string
		for _, fault := range all {
			want = append(want, fault.Error())
		}
		got := d.apply(t, policy)
		if !slices.Equal(got.Faults, want) || got.Invalid != "true" || got.Text != policy || got.Fingerprint != before.Fingerprint {
			t.Errorf("%s: the page shows %+v, want the faults %q", policy, got, want)
		}
	}
	d.shown(t, `document.getElementById("again").click()`)
	if c := d.card(t, notListed); c.Outcome != blockedOut || c.Mark != "✓ as expected" {
		t.Errorf("after a faulty edit the page shows %+v", c)
	}
	d.settle(t, `document.getElementById("policy-reset").click();`, nil)
}

// sendsOwn: requests of the form, with what a browser makes of them.
func (d demo) sendsOwn(t *testing.T) {
	t.Helper()
	got := d.own(t, map[string]string{"method": "PATCH", "path": "/hello?a=1&b=<i>#c", "headers": "X-Demo: <b>1</b>\nCookie: a=b", "credentials": "include", "body": "text"})
	if got.Title != "Your request" || got.Outcome != reads || len(got.Exchanges) != 2 {
		t.Fatalf("the page shows %+v", got)
	}
	request := got.Exchanges[1]
	if !strings.HasPrefix(request.Asked[0], "PATCH /hello?demo=") || !strings.HasSuffix(request.Asked[0], "&a=1&b=%3Ci%3E HTTP/1.1") {
		t.Errorf("the page sent %q", request.Asked[0])
	}
	wantLines(t, request.Asked, "X-Demo: <b>1</b>", "Content-Length: 4")
	if said := d.eval(t, `Promise.resolve(document.querySelector("#own-result").textContent)`); !strings.Contains(said, "The browser dropped Cookie") {
		t.Errorf("the page does not say that Cookie is dropped: %s", said)
	}
	if got := d.own(t, map[string]string{"method": "PURGE", "headers": ""}); got.Outcome != blockedOut || !strings.Contains(got.Exchanges[0].Reason, "method-not-allowed") {
		t.Errorf("of PURGE the page shows %+v", got)
	}
	if got := d.own(t, map[string]string{"method": "TRACE"}); got.Outcome != "Not sent: the browser makes no such request" || !strings.HasPrefix(got.Error, "TypeError: ") || len(got.Exchanges) > 0 {
		t.Errorf("of TRACE the page shows %+v", got)
	}
	if got := d.own(t, map[string]string{"method": "GET", "headers": "X-Demo: " + strings.Repeat("x", 40<<10)}); got.Outcome != reads || got.Summary != "On the wire: more than was recorded" {
		t.Errorf("of a long header the page shows %q, %q", got.Outcome, got.Summary)
	}
}

// wantLines checks that lines are among those that the page shows.
func wantLines(t *testing.T, got []string, want ...string) {
	t.Helper()
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("the page shows %q, want %q among them", got, line)
		}
	}
}
