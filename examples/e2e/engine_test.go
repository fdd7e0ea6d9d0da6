//go:build e2e

package e2e

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

// engine is a browser with one tab, for which the front is the whole web.
type engine interface {
	// navigate opens a URL in the tab and waits until it has loaded.
	navigate(t testing.TB, url string)
	// eval runs an expression in the tab, a promise of a string, and returns
	// the string.
	eval(t testing.TB, expression string) string
	// reasons returns what the browser tells people, not scripts, of each of
	// the fetches that were blocked. It waits until all have come.
	reasons(t testing.TB, ids []string) map[string]reason
	// disagrees says how a reason differs from the fault that the model finds,
	// "" if it names the same.
	disagrees(f *browser.Failure, said reason) string
	// unreachable is the rule by which the browser can open no page at an origin
	// although a server is there, or cannot ask for a target as it is, "" if it
	// can do both.
	unreachable(origin, target string) string
	// keepsStars reports whether a preflight that was answered with stars spares
	// others, as one does that was answered with a list.
	keepsStars() bool
}

// reason is what a browser says of one blocked fetch.
type reason struct {
	code    string // for programs, if the browser has one
	console string // for people
}

// call is one fetch of a script: its two arguments.
type call struct {
	URL  string      `json:"url"`
	Init requestInit `json:"init"`
}

type requestInit struct {
	Method      string              `json:"method"`
	Headers     [][2]string         `json:"headers"`
	Body        string              `json:"body,omitempty"`
	Credentials browser.Credentials `json:"credentials"`
}

// outcome is what the script learns.
type outcome struct {
	OK      bool        `json:"ok"`
	Status  int         `json:"status"`
	Headers [][2]string `json:"headers"`
	Error   string      `json:"error"` // of fetch, or of the body
}

// header returns what the script can read, with lower-case names.
func (o outcome) header() http.Header {
	header := http.Header{}
	for _, field := range o.Headers {
		header[field[0]] = append(header[field[0]], field[1])
	}
	return header
}

// tab is the engine's tab and the page in it.
type tab struct {
	engine
	origin string
}

// open brings a page of an origin into the tab, unless it is there. A page with
// the origin null is one that the server sandboxes.
func (b *tab) open(t testing.TB, origin string) {
	t.Helper()
	if b.origin == origin {
		return
	}
	b.origin = ""
	url := origin + "/"
	if origin == "null" {
		url = "https://app.example.com" + opaquePath
	}
	b.navigate(t, url)
	if got := b.eval(t, "Promise.resolve(self.origin)"); got != origin {
		t.Fatalf("%s opens a page of the origin %s, want %s", url, got, origin)
	}
	b.origin = origin
}

const fetchScript = `(async calls => {
	const out = [];
	for (const call of calls) {
		const outcome = {ok: false};
		out.push(outcome);
		try {
			const response = await fetch(call.url, call.init);
			Object.assign(outcome, {ok: true, status: response.status, headers: [...response.headers]});
			await response.arrayBuffer();
		} catch (e) {
			outcome.error = String(e);
		}
	}
	return JSON.stringify(out);
})(CALLS)`

// fetch makes the page send the calls one after another.
func (b *tab) fetch(t testing.TB, calls []call) []outcome {
	t.Helper()
	var out []outcome
	b.ask(t, fetchScript, calls, &out)
	if len(out) != len(calls) {
		t.Fatalf("%d outcomes of %d calls", len(out), len(calls))
	}
	return out
}

// ask runs a script in which CALLS stands for what the argument holds, and
// decodes what its promise resolves to.
func (b *tab) ask(t testing.TB, script string, argument, result any) {
	t.Helper()
	arg, err := json.Marshal(argument)
	if err != nil {
		t.Fatal(err)
	}
	said := b.eval(t, strings.Replace(script, "CALLS", string(arg), 1))
	if err := json.Unmarshal([]byte(said), result); err != nil {
		t.Fatalf("%v in %q", err, said)
	}
}
