//go:build e2e

package e2e

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/concors/concors/conformance"
	"github.com/concors/concors/conformance/browser"
)

// question is the fetch with which a page brings about one exchange of a case.
type question struct {
	exchange  conformance.Exchange
	asked     *http.Request // the request of the exchange
	preflight bool          // it is the browser's, made in front of the fetch

	origin, target, method string
	header                 [][2]string // what the script sets
	body                   string
}

// Why a page cannot bring about an exchange. The rules are tried in this order.
const (
	noRequest    = "the request is none that a browser writes"
	noOrigin     = "the request has not exactly one Origin"
	noPage       = "no page that a server serves has the origin"
	noServer     = "no server can be at the origin"
	sameOrigin   = "the origin is the API's own"
	noTarget     = "the URL parser does not leave the target as it is"
	noMethod     = "fetch does not send the method as it is"
	noHeader     = "fetch does not let a script set the header"
	noPreflight  = "no fetch has that preflight"
	otherRequest = "a browser adds or leaves out fields that the case has"
	noModel      = "the model takes the origin for none"
)

// line is a field as browsers write it: no white space but one blank.
var line = regexp.MustCompile(`^[!-9;-~]+:( [!-~]([ -~]*[!-~])?)?$`)

// most is as large as the head of a request may be here: about what a page can
// make it, well below what the examples take.
const most = 100_000

// parse reads the request of an exchange, or names the rule that forbids it.
func parse(e conformance.Exchange) (q question, rule string) {
	q.exchange = e
	head, _, _ := strings.Cut(e.Raw, "\r\n\r\n")
	lines := strings.Split(head, "\r\n")
	if len(head) > most || slices.ContainsFunc(lines[1:], func(l string) bool { return !line.MatchString(l) }) {
		return q, noRequest
	}
	r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(e.Raw)))
	if err != nil || r.ProtoMinor != 1 || !strings.HasPrefix(r.RequestURI, "/") {
		return q, noRequest
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return q, noRequest
	}
	if len(r.Header["Origin"]) != 1 {
		return q, noOrigin
	}
	q.asked, q.body = r, string(body)
	q.origin, q.target, q.method = r.Header.Get("Origin"), r.RequestURI, r.Method
	if q.origin == "https://"+apiHost || q.origin == "http://"+apiHost {
		return q, sameOrigin
	}
	if r.Method == http.MethodOptions && r.Header["Access-Control-Request-Method"] != nil {
		q.preflight = true
		return q, q.precede()
	}
	for name, values := range r.Header {
		for _, value := range values {
			// The browser itself says where a page is and how long a body is.
			if name != "Origin" && !(name == "Content-Length" && (q.body != "" || value == "0")) {
				q.header = append(q.header, [2]string{name, value})
			}
		}
	}
	return q, ""
}

// unsafe are values with which the names that need no preflight need one: those
// of the standard, and of the client hints that Chromium safelists beside them.
var unsafe = map[string]string{
	"accept": "(", "accept-language": "(", "content-language": "(",
	"content-type": "application/json", "range": "bytes=0-1,4-5",
	"dpr": "(",
}

// precede finds a fetch that has the request as its preflight, as the model
// knows preflights.
func (q *question) precede() (rule string) {
	q.method = q.asked.Header.Get("Access-Control-Request-Method")
	header := http.Header{}
	if list := q.asked.Header.Get("Access-Control-Request-Headers"); list != "" {
		for name := range strings.SplitSeq(list, ",") {
			value := unsafe[name]
			if value == "" {
				value = "1"
			}
			q.header = append(q.header, [2]string{name, value})
			header.Add(name, value)
		}
	}
	if !browser.NeedsPreflight(q.method, header) {
		return noPreflight
	}
	want := browser.Preflight(q.origin, q.method, browser.UnsafeNames(header))
	for _, name := range []string{"Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"} {
		if !slices.Equal(q.asked.Header[name], want[name]) {
			return noPreflight
		}
		delete(q.asked.Header, name)
	}
	if len(q.asked.Header) > 0 {
		return otherRequest
	}
	q.asked.Header = want
	return ""
}

// What the engine makes of an origin and a fetch: the rule that forbids it.
const mayScript = `Promise.resolve(JSON.stringify(CALLS.map(q => {
	try {
		const {origin, protocol} = new URL(q.origin === "null" ? "https://sandboxed.test" : q.origin);
		if (q.origin !== "null" && origin !== q.origin || !/^https?:$/.test(protocol)) return "page";
	} catch { return "page" }
	const url = new URL("https://api.example.com" + q.target);
	if (url.host !== "api.example.com" || url.pathname + url.search + url.hash !== q.target) return "target";
	let request;
	try {
		request = new Request(url, {method: q.method});
	} catch { return "method" }
	if (request.method !== q.method) return "method";
	try {
		for (const [name, value] of q.header) {
			const one = new Request(url, {method: q.method, headers: [[name, value]]});
			if (one.headers.get(name) !== value) return "header";
		}
	} catch { return "header" }
	return "";
})))`

// possible asks the engine which of the questions its pages can ask, and
// returns for each the rule that forbids it, or "".
func (b *tab) possible(t *testing.T, questions []question) []string {
	t.Helper()
	b.open(t, "https://app.example.com")
	type input struct {
		Origin string      `json:"origin"`
		Target string      `json:"target"`
		Method string      `json:"method"`
		Header [][2]string `json:"header"`
	}
	in := make([]input, len(questions))
	for i, q := range questions {
		in[i] = input{q.origin, q.target, q.method, append([][2]string{}, q.header...)}
	}
	var out []string
	b.ask(t, mayScript, in, &out)
	rules := map[string]string{"page": noPage, "target": noTarget, "method": noMethod, "header": noHeader}
	for i, rule := range out {
		out[i] = rules[rule]
		if out[i] == "" && !servable(questions[i].origin) {
			out[i] = noServer
		}
		if out[i] == "" {
			out[i] = b.unreachable(questions[i].origin, questions[i].target)
		}
		if out[i] == "" && !knownToModel(questions[i].origin) {
			out[i] = noModel
		}
	}
	return out
}

// servable reports whether the front can serve a page at an origin: names have
// at most 253 bytes (RFC 1035), nothing listens on port 0, and crypto/tls takes
// no server name that ends in a dot.
func servable(origin string) bool {
	_, host, _ := strings.Cut(origin, "://")
	if name, port, err := net.SplitHostPort(host); err == nil {
		if port == "0" {
			return false
		}
		host = name
	}
	return len(host) <= 253 && !(strings.HasPrefix(origin, "https:") && strings.HasSuffix(host, "."))
}

// knownToModel reports whether the model can ask for a page of the origin. It
// reads URLs with net/url, which refuses some characters that the URL standard
// allows in a host.
func knownToModel(origin string) bool {
	over, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := new(browser.Browser).Fetch(over, browser.Fetch{Page: origin, URL: apiFor(origin)})
	return errors.Is(err, context.Canceled) // nothing else keeps it from asking
}
