//go:build e2e

package e2e

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/concors/concors/conformance/browser"
)

// complaints collects what Firefox's console says of fetches that it blocked.
type complaints struct {
	mu      sync.Mutex
	reasons map[string]reason // by identifier
	changed chan struct{}     // closed, and replaced, at each reason
	also    func(line string) // takes each line of the console, if set
}

func newComplaints() *complaints {
	return &complaints{reasons: map[string]reason{}, changed: make(chan struct{})}
}

// complaint is a line of the console, with the URL and the reason.
var complaint = regexp.MustCompile(`^Cross-Origin Request Blocked: .* at ‘?(\S+?)’?\. \(Reason: (.*)\)\.(?: Status code: \d+\.)?$`)

// hear takes an event. Behind a reason there may be a line that says no more
// than that the request did not succeed; it has another form.
func (c *complaints) hear(event string, params json.RawMessage) {
	var entry struct{ Text string }
	if event != "log.entryAdded" || json.Unmarshal(params, &entry) != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.also != nil {
		c.also(entry.Text)
	}
	found := complaint.FindStringSubmatch(entry.Text)
	if found == nil {
		return
	}
	id := idIn(found[1])
	whole := c.reasons[id]
	whole.code += found[2] + "\n"
	whole.console += entry.Text + "\n"
	c.reasons[id] = whole
	close(c.changed)
	c.changed = make(chan struct{})
}

// listen hands each line of the console to a function besides.
func (c *complaints) listen(also func(line string)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.also = also
}

// reasons waits, because lines come from another process than outcomes do.
func (b *firefox) reasons(t testing.TB, ids []string) map[string]reason {
	t.Helper()
	timeout := time.After(patience)
	for {
		b.said.mu.Lock()
		all, changed := maps.Clone(b.said.reasons), b.said.changed
		missing := slices.IndexFunc(ids, func(id string) bool { return all[id].code == "" })
		if missing < 0 {
			clear(b.said.reasons)
		}
		b.said.mu.Unlock()
		if missing < 0 {
			return all
		}
		select {
		case <-changed:
		case <-timeout:
			t.Fatalf("Firefox gives no reason for %s", ids[missing])
		}
	}
}

// sentences are Firefox's reasons for the steps at which the standard gives up,
// with % for the detail. It has one for whatever is not the page's origin.
var sentences = map[browser.Step]string{
	browser.StepAllowOriginMissing:  "CORS header ‘Access-Control-Allow-Origin’ missing",
	browser.StepAllowOriginInvalid:  "CORS header ‘Access-Control-Allow-Origin’ does not match ‘%’",
	browser.StepAllowOriginMultiple: "CORS header ‘Access-Control-Allow-Origin’ does not match ‘%’",
	browser.StepAllowOriginWildcard: "Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘%’",
	browser.StepAllowOriginMismatch: "CORS header ‘Access-Control-Allow-Origin’ does not match ‘%’",
	browser.StepAllowCredentials:    "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’",
	browser.StepPreflightStatus:     "CORS preflight response did not succeed",
	browser.StepPreflightRedirect:   "CORS request external redirect not allowed",
	browser.StepAllowMethodsInvalid: "invalid token ‘%’ in CORS header ‘Access-Control-Allow-Methods’",
	browser.StepAllowHeadersInvalid: "invalid token ‘%’ in CORS header ‘Access-Control-Allow-Headers’",
	browser.StepMethodNotAllowed:    "Did not find method in CORS header ‘Access-Control-Allow-Methods’",
	browser.StepHeaderNotAllowed:    "header ‘%’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response",
}

// disagrees looks for the model's step and detail among Firefox's reasons:
// there are two where a preflight is redirected.
func (b *firefox) disagrees(f *browser.Failure, said reason) string {
	want := strings.ReplaceAll(sentences[f.Step], "%", f.Detail)
	if want == "" || !slices.Contains(strings.Split(said.code, "\n"), want) {
		return "Firefox's reason is " + said.code + "want " + want
	}
	return ""
}
