package conformance

import (
	"bufio"
	"net/http"
	"strings"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

// TestVerdicts asks the model of a browser about every answer that a case
// wants. Verdicts are written by hand, so two opinions meet here.
func TestVerdicts(t *testing.T) {
	cases, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	judged, allowed := 0, 0
	for _, c := range cases {
		for i, e := range c.Exchanges() {
			if e.Verdict == nil {
				continue
			}
			judged++
			for credentials, want := range map[browser.Credentials]bool{
				browser.Omit: e.Verdict.Omit, browser.Include: e.Verdict.Include,
			} {
				failure := judge(t, e, credentials)
				if (failure == nil) != want {
					t.Errorf("%s, exchange %d, %s: the case says %s, the model: %v", c.name, i+1, credentials, word(want), failure)
				}
				if want {
					allowed++
				}
			}
		}
	}
	t.Logf("%d answers judged, %d verdicts of %d allow", judged, allowed, 2*judged)
	if judged == 0 {
		t.Error("no answer was judged")
	}
}

// judge is what the model makes of an answer.
func judge(t *testing.T, e Exchange, credentials browser.Credentials) *browser.Failure {
	t.Helper()
	r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(e.Raw)))
	if err != nil {
		t.Fatal(err)
	}
	trim := func(s string) string { return strings.Trim(s, " \t") }
	page := trim(r.Header.Get("Origin"))
	asked, isPreflight := r.Header["Access-Control-Request-Method"]
	if !isPreflight || r.Method != http.MethodOptions {
		return browser.CheckCORS(page, credentials, e.Header)
	}
	// What a proxy made of the preflight is what it asks: lines joined,
	// elements without the blanks round them, empty ones left out.
	var names []string
	for name := range strings.SplitSeq(strings.Join(r.Header["Access-Control-Request-Headers"], ","), ",") {
		if name = trim(name); name != "" {
			names = append(names, name)
		}
	}
	return browser.CheckPreflight(page, credentials, trim(strings.Join(asked, ", ")), names, e.Status, e.Header)
}
