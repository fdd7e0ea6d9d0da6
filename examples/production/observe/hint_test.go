package observe_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/concors/concors/conformance/browser"
	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/internal/routers"
	"github.com/concors/concors/examples/production/observe"
)

// TestDevToolsShowTheHint: the answer carries the hint, the script gets nothing
// of it, and an answer that is allowed has none.
func TestDevToolsShowTheHint(t *testing.T) {
	site := routers.Site{Policy: newPolicy(t, observe.Tell), Answer: observe.WithAnswer}
	site.OnEach(t, func(t *testing.T, base string) {
		b, err := browser.Dial(base)
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		for _, test := range []struct {
			ask  browser.Fetch
			want string // begins so
		}{
			{browser.Fetch{Page: app, URL: "/", Method: "PUT"}, ""},
			{browser.Fetch{Page: evil, URL: "/off/"}, ""},
			{browser.Fetch{Page: evil, URL: "/"}, "origin-not-allowed; ask for this page's origin"},
			{browser.Fetch{Page: app, URL: "/", Method: "patch"}, "method-not-allowed; ask for the method"},
			{browser.Fetch{Page: app, URL: "/", Header: http.Header{"Traceparent": {"x"}}}, "header-not-allowed; ask for the header"},
		} {
			r, err := b.Fetch(t.Context(), test.ask)
			if err != nil {
				t.Fatal(err)
			}
			answer := r.Exchanges[len(r.Exchanges)-1].Answer
			told := answer.Get("Cors-Refused")
			if !strings.HasPrefix(told, test.want) || (told == "") != (test.want == "") {
				t.Errorf("%v\nCors-Refused is %q, want %q", r, told, test.want)
			}
			if read := r.Header.Get("Cors-Refused"); read != "" {
				t.Errorf("%v\nthe script reads %q", r, read)
			}
		}
	})
}

func TestTellWithoutAnAnswer(t *testing.T) {
	newPolicy(t, observe.Tell).Decide(t.Context(), concors.Request{Method: "GET", Path: "/", Origin: []string{evil}})
}

func TestHints(t *testing.T) {
	for _, refusal := range []concors.Reason{
		concors.ReasonPathAmbiguous, concors.ReasonSeveralOrigins, concors.ReasonNullOrigin, concors.ReasonOriginMalformed,
		concors.ReasonOriginNotAllowed, concors.ReasonOriginFuncLate, concors.ReasonMethodMalformed, concors.ReasonMethodNotAllowed,
		concors.ReasonHeaderMalformed, concors.ReasonHeaderNotAllowed, concors.ReasonHeadersTooLong,
	} {
		hint := observe.Hint(refusal)
		if hint == "" || strings.ContainsFunc(hint, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("%s: hint %q", refusal, hint)
		}
	}
	for _, fine := range []concors.Reason{concors.ReasonNoOrigin, concors.ReasonNoPolicy, concors.ReasonAllowed} {
		if hint := observe.Hint(fine); hint != "" {
			t.Errorf("%s: hint %q", fine, hint)
		}
	}
}
