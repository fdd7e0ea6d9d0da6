package browser_test

import (
	"strings"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

func TestFailureError(t *testing.T) {
	for _, c := range []struct {
		failure browser.Failure
		want    string
	}{
		{browser.Failure{Step: browser.StepAllowOriginMissing}, `the answer has no Access-Control-Allow-Origin`},
		{browser.Failure{Step: browser.StepAllowOriginMissing, Preflight: true}, `the answer to the preflight has no Access-Control-Allow-Origin`},
		{browser.Failure{Step: browser.StepAllowOriginMismatch, Detail: "null"}, `the answer has the Access-Control-Allow-Origin "null", which is not the origin that asks`},
		{browser.Failure{Step: browser.StepHeaderNotAllowed, Preflight: true, Detail: "x-a"}, `the answer to the preflight does not allow the header "x-a" in Access-Control-Allow-Headers`},
		{browser.Failure{Step: browser.StepAllowCredentials}, `the answer has no Access-Control-Allow-Credentials, or an empty one, but must have "true", since credentials are included`},
		{browser.Failure{Step: browser.StepMixedContent, Detail: "http://api.example.com/"}, `a page from https may not ask for "http://api.example.com/"`},
		{browser.Failure{Step: "odd", Detail: "1"}, `the answer fails at "odd": "1"`},
	} {
		if got := c.failure.Error(); got != c.want {
			t.Errorf("%+v says %q, want %q", c.failure, got, c.want)
		}
	}
}

// Each step has a sentence of its own, which quotes the detail and cuts it.
func TestFailureSentences(t *testing.T) {
	steps := []browser.Step{
		browser.StepAllowOriginInvalid, browser.StepAllowOriginMultiple, browser.StepAllowOriginWildcard,
		browser.StepAllowOriginMismatch, browser.StepAllowCredentials, browser.StepPreflightStatus,
		browser.StepPreflightRedirect, browser.StepAllowMethodsInvalid, browser.StepAllowHeadersInvalid,
		browser.StepMethodNotAllowed, browser.StepHeaderNotAllowed, browser.StepRedirectLocation,
		browser.StepRedirectScheme, browser.StepRedirectCount, browser.StepRedirectCredentials,
		browser.StepMixedContent, browser.StepForbiddenMethod, browser.StepNetwork,
	}
	seen := map[string]browser.Step{}
	for _, step := range steps {
		said := (&browser.Failure{Step: step, Detail: "a\r\nb" + strings.Repeat("c", 1000)}).Error()
		if other, ok := seen[said]; ok {
			t.Errorf("%s and %s say the same: %s", step, other, said)
		}
		seen[said] = step
		if !strings.Contains(said, `"a\r\nb`) || strings.ContainsAny(said, "\r\n%") || len(said) > 400 || strings.Contains(said, string(step)) {
			t.Errorf("%s says %q", step, said)
		}
	}
}
