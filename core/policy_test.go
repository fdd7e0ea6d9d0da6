package concors_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

// The zero Policy says what is wrong, whatever is called.
func TestZeroPolicyPanics(t *testing.T) {
	for name, call := range map[string]func(*concors.Policy){
		"Decide":       func(p *concors.Policy) { p.Decide(background, get(app)) },
		"Answer":       func(p *concors.Policy) { p.Answer(http.Header{}, serverRequest(get(app))) },
		"AllowsOrigin": func(p *concors.Policy) { p.AllowsOrigin(background, get(app)) },
		"Config":       func(p *concors.Policy) { p.Config() },
		"SetDebug":     func(p *concors.Policy) { p.SetDebug(true) },
		"Retains":      func(p *concors.Policy) { p.Retains() },
		"Explain":      func(p *concors.Policy) { p.Explain(background, get(app)) },
		"Fingerprint":  func(p *concors.Policy) { p.Fingerprint() },
		"Shadow":       func(p *concors.Policy) { p.Shadow(nil) },
		"Reload": func(p *concors.Policy) {
			if err := p.Reload(concors.Config{AllowOrigins: []string{app}}); err != nil {
				panic(err)
			}
		},
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.HasPrefix(got, "concors: ") || !strings.Contains(got, "NewPolicy") {
					t.Errorf("%s on the zero Policy: recovered %s", name, got)
				}
			}()
			call(new(concors.Policy))
		}()
	}
}

func TestZeroDecision(t *testing.T) {
	var d concors.Decision
	header := outer()
	d.Apply(header)
	if !reflect.DeepEqual(header, outer()) || len(fieldsOf(d)) != 0 || d.Allowed() || d.Preflight() || d.Status() != 0 || d.Path() != "" || d.Detail() != "" {
		t.Errorf("the zero Decision is %s and writes %v", show(d), header)
	}
}

func TestNewRequest(t *testing.T) {
	q := httptest.NewRequest("OPTIONS", "/a%2Fb?c=d", http.NoBody)
	q.Host = "api.example.com:8443"
	q.Header = http.Header{
		"Origin": {app, other}, "Access-Control-Request-Method": {"PUT"}, "Access-Control-Request-Headers": {"x-a", ""},
		"X-Forwarded-Host": {"evil.test"}, "Forwarded": {"host=evil.test"},
	}
	want := concors.Request{
		Method: "OPTIONS", Host: "api.example.com:8443", Path: "/a/b", RawPath: "/a%2Fb",
		Origin: []string{app, other}, RequestMethod: []string{"PUT"}, RequestHeaders: []string{"x-a", ""},
	}
	if got := concors.NewRequest(q); !reflect.DeepEqual(got, want) {
		t.Errorf("NewRequest = %+v, want %+v", got, want)
	}
	q.Method, want.Method, want.RequestMethod, want.RequestHeaders = "GET", "GET", nil, nil
	if got := concors.NewRequest(q); !reflect.DeepEqual(got, want) {
		t.Errorf("NewRequest = %+v, want %+v", got, want)
	}
	if got := concors.NewRequest(httptest.NewRequest("GET", "/", http.NoBody)); got.Origin != nil || got.RawPath != "" {
		t.Errorf("NewRequest of a plain GET = %+v", got)
	}
}

func TestOriginString(t *testing.T) {
	for want, o := range map[string]concors.Origin{
		"https://app.example.com":      {Scheme: "https", Host: "app.example.com"},
		"https://app.example.com:8443": {Scheme: "https", Host: "app.example.com", Port: 8443},
		"http://[::1]:3000":            {Scheme: "http", Host: "[::1]", Port: 3000},
	} {
		if got := o.String(); got != want {
			t.Errorf("%+v is written %q, want %q", o, got, want)
		}
	}
	// Equal origins are equal keys.
	known := map[concors.Origin]bool{{Scheme: "https", Host: "a.example", Port: 1}: true}
	if !known[concors.Origin{Scheme: "https", Host: "a.example", Port: 1}] || known[concors.Origin{Scheme: "https", Host: "a.example"}] {
		t.Error("origins do not compare by what they are")
	}
}

// Detail is what was at fault, cut, so that a log line stays short.
func TestDetail(t *testing.T) {
	long := strings.Repeat("x", 1000)
	p := mustPolicy(t, concors.Config{AllowOrigins: []string{app}, AllowHeaders: []string{"Content-Type"}, AllowMethods: []string{"PUT"}, Paths: map[string]concors.Config{"/a/": {}}})
	for _, c := range []struct {
		r      concors.Request
		reason concors.Reason
		detail string
	}{
		{get(), concors.ReasonNoOrigin, ""},
		{get(app), concors.ReasonAllowed, ""},
		{get(" " + other), concors.ReasonOriginNotAllowed, other},
		{get("null"), concors.ReasonNullOrigin, "null"},
		{get("\n"), concors.ReasonOriginMalformed, "\n"},
		{get(long), concors.ReasonOriginMalformed, long[:256]},
		{get("https://a.example/" + long), concors.ReasonOriginMalformed, ("https://a.example/" + long)[:256]},
		{preflight(app, "patch"), concors.ReasonMethodNotAllowed, "patch"},
		{preflight(app, long), concors.ReasonMethodNotAllowed, long[:256]},
		{preflight(app, "trace"), concors.ReasonMethodMalformed, "trace"},
		{preflight(app, "POST", "baggage,content-type,sentry-trace"), concors.ReasonHeaderNotAllowed, "baggage"},
		{preflight(app, "POST", "content-type", " ,,", "X-Z, x-a"), concors.ReasonHeaderNotAllowed, "X-Z"},
		{preflight(app, "POST", "content-type,x a,é"), concors.ReasonHeaderMalformed, "x a"},
		{preflight(app, "POST", long), concors.ReasonHeaderNotAllowed, long[:256]},
		{at("/A/"+long, "", get(app)), concors.ReasonPathAmbiguous, ("/A/" + long)[:256]},
		{at("/a/b", "/a%2Fb", get(app)), concors.ReasonPathAmbiguous, "/a%2Fb"},
	} {
		if d := p.Decide(background, c.r); d.Reason() != c.reason || d.Detail() != c.detail {
			t.Errorf("%.200v: %s, %.30q…, want %s, %.30q", c.r, d.Reason(), d.Detail(), c.reason, c.detail)
		}
	}
}

// A Config that contains itself has no end, and is refused like all paths
// inside paths.
func TestPolicyRefusesAConfigInsideItself(t *testing.T) {
	paths := map[string]concors.Config{}
	paths["/a/"] = concors.Config{AllowOrigins: []string{app}, Paths: paths}
	faults := faultsOf(t, concors.Config{Paths: paths})
	if len(faults) != 1 || faults[0].Problem != concors.ProblemPathsNested {
		t.Errorf("%v, want one fault, %s", faults, concors.ProblemPathsNested)
	}
}
