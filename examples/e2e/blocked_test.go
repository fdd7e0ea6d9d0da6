//go:build e2e

package e2e

import (
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"

	"github.com/concors/concors/conformance/browser"
)

// blocked collects what Chromium says of fetches that it blocked.
type blocked struct {
	mu      sync.Mutex
	urls    map[network.RequestID]string
	reasons map[string]reason // by identifier
	changed chan struct{}     // closed, and replaced, at each reason
	also    func(event any)   // takes each event, if set
}

func newBlocked() *blocked {
	return &blocked{urls: map[network.RequestID]string{}, reasons: map[string]reason{}, changed: make(chan struct{})}
}

// hear takes an event. Where a preflight is at fault there may be a failure of
// the preflight, too: the fetch's own has the same code.
func (s *blocked) hear(event any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.also != nil {
		s.also(event)
	}
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		s.urls[e.RequestID] = e.Request.URL
	case *network.EventLoadingFailed:
		if status := e.CorsErrorStatus; status != nil && e.Type == network.ResourceTypeFetch {
			s.add(idIn(s.urls[e.RequestID]), reason{code: status.CorsError.String() + "(" + status.FailedParameter + ")"})
		}
	case *cdplog.EventEntryAdded:
		if e.Entry.Source == cdplog.EntrySourceJavascript {
			s.add(idIn(e.Entry.Text), reason{console: e.Entry.Text})
		}
	}
}

// listen hands each event to a function besides.
func (s *blocked) listen(also func(event any)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.also = also
}

func (s *blocked) add(id string, part reason) {
	whole := s.reasons[id]
	whole.code += part.code
	whole.console += part.console
	s.reasons[id] = whole
	close(s.changed)
	s.changed = make(chan struct{})
}

// reasons waits, because events come from another process than outcomes do.
func (b *chromium) reasons(t testing.TB, ids []string) map[string]reason {
	t.Helper()
	timeout := time.After(patience)
	for {
		missing := ""
		b.said.mu.Lock()
		for _, id := range ids {
			if r := b.said.reasons[id]; r.code == "" || r.console == "" {
				missing = id
			}
		}
		all, changed := maps.Clone(b.said.reasons), b.said.changed
		if missing == "" {
			clear(b.said.urls)
			clear(b.said.reasons)
		}
		b.said.mu.Unlock()
		if missing == "" {
			return all
		}
		select {
		case <-changed:
		case <-timeout:
			t.Fatalf("Chromium gives no reason for %s: %+v", missing, all[missing])
		}
	}
}

// codes are Chromium's names for the steps at which the standard gives up. On a
// preflight the first six begin with Preflight besides.
var codes = map[browser.Step]string{
	browser.StepAllowOriginMissing:  "MissingAllowOriginHeader",
	browser.StepAllowOriginInvalid:  "InvalidAllowOriginValue",
	browser.StepAllowOriginMultiple: "MultipleAllowOriginValues",
	browser.StepAllowOriginWildcard: "WildcardOriginNotAllowed",
	browser.StepAllowOriginMismatch: "AllowOriginMismatch",
	browser.StepAllowCredentials:    "InvalidAllowCredentials",
	browser.StepPreflightStatus:     "PreflightInvalidStatus",
	browser.StepPreflightRedirect:   "PreflightDisallowedRedirect",
	browser.StepAllowMethodsInvalid: "InvalidAllowMethodsPreflightResponse",
	browser.StepAllowHeadersInvalid: "InvalidAllowHeadersPreflightResponse",
	browser.StepMethodNotAllowed:    "MethodDisallowedByPreflightResponse",
	browser.StepHeaderNotAllowed:    "HeaderDisallowedByPreflightResponse",
}

// disagrees compares Chromium's code and the value that it blames with the
// model's step and detail. Its console names a method or header that is refused.
func (b *chromium) disagrees(f *browser.Failure, said reason) string {
	want := codes[f.Step]
	switch f.Step {
	case browser.StepAllowOriginMissing, browser.StepAllowOriginWildcard:
		want = preflighted(f) + want + "()"
	case browser.StepPreflightStatus, browser.StepPreflightRedirect, browser.StepAllowMethodsInvalid, browser.StepAllowHeadersInvalid:
		want += "()"
	case browser.StepAllowOriginInvalid, browser.StepAllowOriginMultiple, browser.StepAllowOriginMismatch, browser.StepAllowCredentials:
		want = preflighted(f) + want + "(" + f.Detail + ")"
	default:
		want += "(" + f.Detail + ")"
	}
	if said.code != want {
		return "Chromium's reason is " + said.code + ", want " + want
	}
	named := f.Step == browser.StepMethodNotAllowed || f.Step == browser.StepHeaderNotAllowed
	if named && !strings.Contains(said.console, cut(f.Detail)) {
		return "the console says " + said.console + ", without " + f.Detail
	}
	return ""
}

func preflighted(f *browser.Failure) string {
	if f.Preflight {
		return "Preflight"
	}
	return ""
}
