//go:build e2e

package e2e

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/concors/concors/conformance"
	"github.com/concors/concors/conformance/browser"
)

// An answer is one that a server may give, most of them ones that Concors never
// gives, and what the standard makes of it for a page at https://app.example.com.
type answer struct {
	status int    // 0 is 200, of a preflight 204
	fields string // separated by semicolons
}

const (
	good         = "Access-Control-Allow-Origin: https://app.example.com"
	withCookies  = good + "; Access-Control-Allow-Credentials: true"
	goodMethods  = "; Access-Control-Allow-Methods: PUT"
	goodNames    = "; Access-Control-Allow-Headers: x-a"
	otherOrigins = "Access-Control-Allow-Origin: https://a.example.com; Access-Control-Allow-Origin: https://b.example.com"
)

// answers are those to a GET, of which no preflight is sent.
var answers = []struct {
	credentials browser.Credentials
	actual      answer
	step        browser.Step // "" if the page may read it
	detail      string
}{
	{"omit", answer{0, good}, "", ""},
	{"omit", answer{500, good}, "", ""},
	{"omit", answer{0, "Access-Control-Allow-Origin: *"}, "", ""},
	{"include", answer{0, withCookies}, "", ""},
	{"omit", answer{0, ""}, browser.StepAllowOriginMissing, ""},
	{"omit", answer{403, ""}, browser.StepAllowOriginMissing, ""},
	{"omit", answer{0, "Access-Control-Allow-Origin: "}, browser.StepAllowOriginInvalid, ""},
	{"omit", answer{0, "Access-Control-Allow-Origin: app.example.com"}, browser.StepAllowOriginInvalid, "app.example.com"},
	{"omit", answer{0, otherOrigins}, browser.StepAllowOriginMultiple, "https://a.example.com, https://b.example.com"},
	{"omit", answer{0, good + "; " + good}, browser.StepAllowOriginMultiple, "https://app.example.com, https://app.example.com"},
	{"omit", answer{0, good + ", *"}, browser.StepAllowOriginMultiple, "https://app.example.com, *"},
	{"omit", answer{0, "Access-Control-Allow-Origin: https://b.example.com"}, browser.StepAllowOriginMismatch, "https://b.example.com"},
	{"omit", answer{0, good + "/"}, browser.StepAllowOriginMismatch, "https://app.example.com/"},
	{"omit", answer{0, strings.Replace(good, "app", "APP", 1)}, browser.StepAllowOriginMismatch, "https://APP.example.com"},
	{"omit", answer{0, "Access-Control-Allow-Origin: null"}, browser.StepAllowOriginMismatch, "null"},
	{"include", answer{0, "Access-Control-Allow-Origin: *; Access-Control-Allow-Credentials: true"}, browser.StepAllowOriginWildcard, "*"},
	{"include", answer{0, good}, browser.StepAllowCredentials, ""},
	{"include", answer{0, good + "; Access-Control-Allow-Credentials: TRUE"}, browser.StepAllowCredentials, "TRUE"},
	{"include", answer{0, good + "; Access-Control-Allow-Credentials: false"}, browser.StepAllowCredentials, "false"},
}

// preflightAnswers are those to the preflight of a PUT with the header X-A. The
// PUT itself gets a good answer.
var preflightAnswers = []struct {
	credentials browser.Credentials
	preflight   answer
	step        browser.Step // "" if the PUT follows
	detail      string
}{
	{"omit", answer{0, good + goodMethods + goodNames}, "", ""},
	{"omit", answer{299, good + "; Access-Control-Allow-Methods: *; Access-Control-Allow-Headers: *"}, "", ""},
	{"include", answer{0, withCookies + goodMethods + goodNames}, "", ""},
	{"omit", answer{0, "" + goodMethods + goodNames}, browser.StepAllowOriginMissing, ""},
	{"omit", answer{403, ""}, browser.StepAllowOriginMissing, ""},
	{"omit", answer{0, "Access-Control-Allow-Origin: " + goodMethods + goodNames}, browser.StepAllowOriginInvalid, ""},
	{"omit", answer{0, good + "; " + good + goodMethods + goodNames}, browser.StepAllowOriginMultiple, "https://app.example.com, https://app.example.com"},
	{"omit", answer{0, "Access-Control-Allow-Origin: null" + goodMethods + goodNames}, browser.StepAllowOriginMismatch, "null"},
	{"include", answer{0, "Access-Control-Allow-Origin: *" + goodMethods + goodNames}, browser.StepAllowOriginWildcard, "*"},
	{"include", answer{0, good + goodMethods + goodNames}, browser.StepAllowCredentials, ""},
	{"omit", answer{403, good + goodMethods + goodNames}, browser.StepPreflightStatus, "403"},
	{"omit", answer{405, good + goodMethods + goodNames}, browser.StepPreflightStatus, "405"},
	{"omit", answer{302, good + goodMethods + goodNames + "; Location: /elsewhere"}, browser.StepPreflightRedirect, "/elsewhere"},
	{"omit", answer{0, good + "; Access-Control-Allow-Methods: PUT DELETE" + goodNames}, browser.StepAllowMethodsInvalid, "PUT DELETE"},
	{"omit", answer{0, good + goodMethods + "; Access-Control-Allow-Headers: x a"}, browser.StepAllowHeadersInvalid, "x a"},
	{"omit", answer{0, good + goodNames}, browser.StepMethodNotAllowed, "PUT"},
	{"omit", answer{0, good + "; Access-Control-Allow-Methods: put" + goodNames}, browser.StepMethodNotAllowed, "PUT"},
	{"include", answer{0, withCookies + "; Access-Control-Allow-Methods: *" + goodNames}, browser.StepMethodNotAllowed, "PUT"},
	{"omit", answer{0, good + goodMethods}, browser.StepHeaderNotAllowed, "x-a"},
	{"omit", answer{0, good + goodMethods + "; Access-Control-Allow-Headers: x-b"}, browser.StepHeaderNotAllowed, "x-a"},
	{"include", answer{0, withCookies + goodMethods + "; Access-Control-Allow-Headers: *"}, browser.StepHeaderNotAllowed, "x-a"},
}

// playAnswers has the engine judge answers that were written by hand, and the
// model, which judges so much else.
func (s *stage) playAnswers(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(answerByHand))
	t.Cleanup(server.Close)
	s.front.show("hand", strings.TrimPrefix(server.URL, "http://"))
	for _, a := range answers {
		s.playAnswer(t, "GET", "", a.actual, a.credentials, a.step, a.detail)
	}
	for _, a := range preflightAnswers {
		s.playAnswer(t, "PUT", "X-A: 1\r\n", a.preflight, a.credentials, a.step, a.detail)
	}
}

func (s *stage) playAnswer(t *testing.T, method, field string, a answer, c browser.Credentials, step browser.Step, detail string) {
	t.Helper()
	target := "/?status=" + strconv.Itoa(a.status) + "&fields=" + url.QueryEscape(a.fields)
	q, rule := parse(conformance.Exchange{Raw: method + " " + target + " HTTP/1.1\r\nHost: " + apiHost +
		"\r\nOrigin: https://app.example.com\r\n" + field + "\r\n"})
	if rule != "" {
		t.Fatal(rule)
	}
	for _, v := range s.judge(t, []take{{question: q, example: "hand", credentials: c}}) {
		f := v.result.Failure
		if f == nil {
			f = new(browser.Failure)
		}
		if f.Step != step || f.Detail != detail || f.Preflight != (step != "" && method == "PUT") {
			t.Errorf("%+v with credentials %s: the model finds %+v, want %q %q", a, c, f, step, detail)
		}
	}
}

// answerByHand answers as the query says; a request that follows a preflight
// gets a good answer.
func answerByHand(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	status, fields := http.StatusOK, withCookies
	if r.Method != http.MethodPut {
		fields = query.Get("fields")
		if n, _ := strconv.Atoi(query.Get("status")); n != 0 {
			status = n
		}
	}
	for field := range strings.SplitSeq(fields, "; ") {
		if name, value, ok := strings.Cut(field, ": "); ok {
			w.Header().Add(name, value)
		}
	}
	w.WriteHeader(status)
	io.WriteString(w, "answer")
}
