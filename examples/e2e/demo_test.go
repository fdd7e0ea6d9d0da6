//go:build e2e

package e2e

import (
	"net"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/concors/concors/conformance/browser"
	"github.com/concors/concors/examples/internal/program"
)

// shown is what the examples' page shows when its requests are over.
type shown struct {
	Page, API, Router, Note, Summary string
	Items                            []item
}

type item struct {
	Class, Title, Outcome, Mark string
	Readable                    []string
}

// shownScript waits until the button can be used again.
const shownScript = `new Promise(done => {
	const text = (from, selector) => from.querySelector(selector)?.textContent ?? "";
	const look = () => {
		if (document.getElementById("again")?.getAttribute("aria-disabled") !== "false") return setTimeout(look, 10);
		done(JSON.stringify({
			page: text(document, "#page"), api: text(document, "#api"), router: text(document, "#router"),
			note: document.getElementById("note").hidden ? "" : text(document, "#note"),
			summary: text(document, "#summary"),
			items: [...document.querySelectorAll("#results > li")].map(li => ({
				class: li.className, title: text(li, "h3"),
				outcome: text(li, ".outcome > span"), mark: text(li, ".mark"),
				readable: [...li.querySelectorAll("dt")].map(dt => dt.textContent),
			})),
		}));
	};
	CALLS;
	look();
})`

const reads, fails, blockedOut = "Allowed: the page reads status 200", "Allowed: the page reads status 500", "Blocked: the page reads nothing"

// promised is what the page makes of the built-in policy.
var promised = []item{
	{Title: "A simple request", Outcome: reads},
	{Title: "A PUT with JSON", Outcome: reads},
	{Title: "A header of the application's own", Outcome: reads},
	{Title: "A request with a token", Outcome: reads},
	{Title: "A request with cookies", Outcome: reads},
	{Title: "A header that the built-in policy does not list", Outcome: blockedOut},
	{Title: "A handler that fails", Outcome: fails},
	{Title: "A handler that panics", Outcome: fails},
}

// playPages opens the page of each example as a person does. In debug mode all
// outcomes are the same, and the console names the header that was denied.
func (s *stage) playPages(t *testing.T) {
	denied := &browser.Failure{Step: browser.StepHeaderNotAllowed, Preflight: true, Detail: "x-not-allowed"}
	for _, router := range program.Names {
		t.Run(router, func(t *testing.T) {
			page := s.startPage(t, router, "-debug")
			s.visit(t, page)
			for _, press := range []string{"null", `document.getElementById("again").click()`} {
				got := s.shown(t, press)
				if got.Page != page || got.Note != "" || got.Router == "" {
					t.Errorf("the page %s shows %+v", page, got)
				}
				if got.Summary != "8 of 8 outcomes are as expected" {
					t.Errorf("the page sums up: %s", got.Summary)
				}
				compareItems(t, got.Items, promised)
				said := s.reasons(t, []string{""})[""]
				if fault := s.disagrees(denied, said); fault != "" {
					t.Error(fault)
				}
			}
		})
	}
	t.Run("by address", s.playPageByAddress)
}

// playPageByAddress opens the page at another origin than the built-in policy
// allows. Nothing is readable there, and the page says why.
func (s *stage) playPageByAddress(t *testing.T) {
	page := s.startPage(t, "stdlib")
	u, err := url.Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	other := "http://127.0.0.1:" + u.Port()
	s.visit(t, other)
	got := s.shown(t, "null")
	if got.Page != other || !strings.Contains(got.Note, other) || !strings.Contains(got.Note, page) {
		t.Errorf("the page %s shows %+v", other, got)
	}
	if got.Summary != "1 of 8 outcomes are as expected" {
		t.Errorf("the page sums up: %s", got.Summary)
	}
	for i, it := range got.Items {
		if want := promised[i].Title; it.Title != want || it.Outcome != blockedOut {
			t.Errorf("the page shows %+v, want %s, blocked", it, want)
		}
	}
}

// compareItems compares what the page shows of its requests.
func compareItems(t *testing.T, got, want []item) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("the page shows %d requests, want %d", len(got), len(want))
	}
	for i, it := range got {
		if it.Title != want[i].Title || it.Outcome != want[i].Outcome || it.Class != "expected" || it.Mark != "✓ as expected" {
			t.Errorf("the page shows %+v, want %+v", it, want[i])
		}
		exposed := slices.Contains(it.Readable, "etag") && slices.Contains(it.Readable, "x-request-id")
		if exposed != (it.Outcome == reads) {
			t.Errorf("%s: the page can read %q", it.Title, it.Readable)
		}
	}
}

// startPage starts an example with its page, and lets the browser find both
// where they are. It returns the page's origin.
func (s *stage) startPage(t *testing.T, router string, args ...string) (origin string) {
	t.Helper()
	origin, _ = s.launchPage(t, router, args...)
	return origin
}

// launchPage is startPage, and returns the program besides.
func (s *stage) launchPage(t *testing.T, router string, args ...string) (origin string, p *program.Process) {
	t.Helper()
	p = start(t, router, append([]string{"-page", "127.0.0.1:0"}, args...)...)
	origin = p.Printed(t, "Page on ")
	u, err := url.Parse(origin)
	if err != nil {
		t.Fatal(err)
	}
	addr := net.JoinHostPort("127.0.0.1", u.Port())
	s.front.route(u.Host, addr)
	s.front.route(addr, addr)
	s.front.route(p.Addr(t), p.Addr(t))
	return origin, p
}

// visit opens a page that is none of the front's.
func (s *stage) visit(t *testing.T, origin string) {
	t.Helper()
	s.origin = ""
	s.navigate(t, origin+"/")
}

// shown runs a script and returns what the page shows when its requests are
// over.
func (s *stage) shown(t *testing.T, script string) (got shown) {
	t.Helper()
	s.ask(t, strings.Replace(shownScript, "CALLS", script, 1), nil, &got)
	return got
}
