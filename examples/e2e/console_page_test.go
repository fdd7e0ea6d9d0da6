//go:build e2e

package e2e

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// The headings of docs/troubleshooting.md under which complaints are quoted.
const (
	preflightMissing  = "The preflight has no Access-Control-Allow-Origin"
	preflightStatus   = "The preflight has no ok status"
	preflightRedirect = "The preflight is redirected"
	methodRefused     = "The method is not allowed"
	headerRefused     = "A request header is not allowed"
	actualMissing     = "The answer has no Access-Control-Allow-Origin"
	redirected        = "The answer is redirected to another origin"
	opaque            = "The origin is null"
	mismatch          = "The origin is another"
	multiple          = "There are several origins"
	invalid           = "The value is no origin"
	wildcard          = "A wildcard with credentials"
	credentials       = "Credentials are not allowed"
	unparsable        = "A list cannot be parsed"
	otherLoads        = "An image, a font, an event stream"
	unreachable       = "No answer at all"
	notHTTP           = "The URL has no scheme"
	mixed             = "An http URL on an https page"
	localNetwork      = "A local address from a public page"
	unreadable        = "A response header reads as null"
	unsettable        = "A header that no page can set"
	webSocket         = "A WebSocket is refused"
)

// quotes returns the page's quotes of a browser by heading: lines that begin with
// its name in blocks that are marked with the name of the test.
func quotes(t *testing.T, page, browser string) map[string][]string {
	t.Helper()
	const mark = "<!-- shown: examples/e2e TestConsoleMessages -->"
	quotes, heading, marked := map[string][]string{}, "", false
	for line := range strings.SplitSeq(page, "\n") {
		if title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			heading = title
		}
		switch {
		case line == mark:
			marked = true
		case line == "```":
			marked = false
		case marked:
			if quote, ok := strings.CutPrefix(line, browser+": "); ok {
				quotes[heading] = append(quotes[heading], quote)
			}
		}
	}
	if len(quotes) == 0 {
		t.Fatalf("the page quotes nothing of %s", browser)
	}
	return quotes
}

// The index at the top of the page has parts of messages, each with a link to the
// section that quotes it.
func TestIndexOfMessages(t *testing.T) {
	page, err := os.ReadFile("../../docs/troubleshooting.md")
	if err != nil {
		t.Fatal(err)
	}
	quoted := map[string]string{} // all of a section, by its heading
	for _, browser := range []string{"Chromium", "Firefox", "Safari"} {
		for heading, of := range quotes(t, string(page), browser) {
			quoted[heading] += strings.Join(of, "\n") + "\n"
		}
	}
	index, _, _ := strings.Cut(string(page), "\n### ")
	rows := regexp.MustCompile("(?m)^\\| (`.*`)[^`|]*\\| \\[(.*)\\]\\(#.*\\) \\|$").FindAllStringSubmatch(index, -1)
	if len(rows) != len(quoted) {
		t.Errorf("the index has %d rows, want one for each of %d sections", len(rows), len(quoted))
	}
	for _, row := range rows {
		for _, message := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1) {
			for part := range strings.SplitSeq(message[1], "…") {
				if !strings.Contains(quoted[row[2]], part) {
					t.Errorf("%q is in the index, not under %q", message[1], row[2])
				}
			}
		}
	}
}
