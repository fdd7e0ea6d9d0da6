package concors_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

func allow(origins ...string) concors.Config { return concors.Config{AllowOrigins: origins} }

// parted has a policy for each key.
func parted(keys ...string) concors.Config {
	cfg := concors.Config{Paths: map[string]concors.Config{}}
	for _, key := range keys {
		cfg.Paths[key] = allow(app)
	}
	return cfg
}

var (
	withCookies = concors.Config{AllowOrigins: []string{app}, AllowCredentials: true}
	named       = concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"PATCH", "DELETE"}, AllowHeaders: []string{"X-A", "Authorization", "X-Request-Id"}}
	areas       = concors.Config{AllowOrigins: []string{app}, Paths: map[string]concors.Config{
		"/api/": {AllowOrigins: []string{other, "http://app.example.com"}, AllowHeaders: []string{"Content-Type"}}, "/one": named, "/off/": {}, "/api/v1": named,
	}}
	areasAlone = concors.Config{Paths: areas.Paths}
)

const needsMore = ": it takes dangerouslyAllowNullOrigin to list it"

// Each case has the step that the texts are about, by hand.
var noteCases = []struct {
	cfg  concors.Config
	r    concors.Request
	want string // check, outcome, field, value and note
}{
	// The origin.
	{allow("http://app.example.com"), get(app), `origin failed allowOrigins  allowOrigins[0] "http://app.example.com" has another scheme`},
	{allow(other, "http://localhost:3000"), get("http://localhost:5173"), `origin failed allowOrigins  allowOrigins[1] "http://localhost:3000" has another port`},
	{allow("http://localhost"), get("http://localhost:5173"), `origin failed allowOrigins  allowOrigins[0] "http://localhost" has another port: without one it means the default`},
	{allow("http://localhost:3000"), get("https://localhost:8443"), `origin failed allowOrigins  allowOrigins[0] "http://localhost:3000" has another scheme and another port`},
	{allow("https://*.example.com"), get("https://example.com"), `origin failed allowOrigins  allowOrigins[0] "https://*.example.com" covers the names below that host, not the host itself`},
	{allow("https://example.com"), get(app), `origin failed allowOrigins  allowOrigins[0] "https://example.com" covers that host alone, and the page is below it`},
	{allow(app), get("https://example.com"), `origin failed allowOrigins  allowOrigins[0] "https://app.example.com" is below the host of the page`},
	{allow("https://ap.example.com"), get(app), `origin failed allowOrigins  allowOrigins[0] "https://ap.example.com" is one letter away`},
	{allow("https://example.com", "https://ap.example.com", "http://app.example.com", "http://app.example.com:*"), get(app), `origin failed allowOrigins  allowOrigins[2] "http://app.example.com" has another scheme`},
	{allow(app), get("https://unlike.example.org"), "origin failed allowOrigins  "},
	{allow(app), get(app + "/"), `origin failed allowOrigins  no browser sends this: it has a path or a slash at the end; as "https://app.example.com" it would pass by allowOrigins[0] "https://app.example.com"`},
	{allow("https://*.example.com"), get("https://App.example.com"), `origin failed allowOrigins  no browser sends this: it has upper case; as "https://app.example.com" it would pass by allowOrigins[0] "https://*.example.com"`},
	{allow(app), get("http://app.example.com/a"), `origin failed allowOrigins  no browser sends this: it has a path or a slash at the end; allowOrigins[0] "https://app.example.com" has another scheme`},
	{allow(app), get("https://app.example.com:443"), `origin failed allowOrigins  no browser sends this: it has the default port; as "https://app.example.com" it would pass by allowOrigins[0] "https://app.example.com"`},
	{allow("https://*.example.com"), get("https://*.example.com"), "origin failed allowOrigins  no browser sends this: it is a pattern"},
	{allow(app), get(""), "origin failed allowOrigins  no browser sends this: it is empty"},
	{allow(app), get("https://" + strings.Repeat("a", 600)), "origin failed allowOrigins  no browser sends this: it has 608 bytes"},
	{allow(app), get("app.example.com"), `origin failed allowOrigins  no browser sends this: it has no scheme; as "https://app.example.com" it would pass by allowOrigins[0] "https://app.example.com"`},
	{allow(app), get("null"), "origin failed allowOrigins  null is what sandboxed frames and local files send" + needsMore},
	{withCookies, get("null"), "origin failed allowOrigins  null is what sandboxed frames and local files send, and no policy with allowCredentials can list it"},
	{allow(app), get(app, "x\n"), `origin failed allowOrigins  there are 2 lines of Origin, the second with "x\n", and a browser sends one`},
	{areas, at("/api/x", "", get(app)), `origin failed paths["/api/"].allowOrigins  allowOrigins[0] "https://app.example.com" covers it, but a policy in paths inherits nothing`},
	{concors.Config{AllowOrigins: []string{"*"}, Paths: areas.Paths}, at("/api/x", "", get(app)), `origin failed paths["/api/"].allowOrigins  allowOrigins[0] "*" covers it, but a policy in paths inherits nothing`},
	{areasAlone, at("/api/x", "", get(app)), `origin failed paths["/api/"].allowOrigins  paths["/api/"].allowOrigins[1] "http://app.example.com" has another scheme`},
	{allow("https://*", app), get(app), "origin passed allowOrigins[1] https://app.example.com "},
	{allow("https://*", "https://*.example.com"), get(app), "origin passed allowOrigins[1] https://*.example.com "},
	{allow("http://localhost:*", "https://*"), get(app), "origin passed allowOrigins[1] https://* "},
	{allow("https://*.example.com", app), get(app), "origin passed allowOrigins[1] https://app.example.com "},
	{allow("https://*", "https://*:*"), get(app), "origin passed allowOrigins[0] https://* "},
	{allow("*"), get("nonsense", "twice"), "origin passed allowOrigins[0] * "},
	{allow(app), get(), "origin not-reached   there is no Origin field, so that no browser checks: it is no CORS request"},

	// Credentials and status.
	{allow(app), get(), "credentials not-reached   "},
	{withCookies, get(app), "credentials passed allowCredentials true "},
	{areas, at("/one", "", get(app)), `credentials passed paths["/one"].allowCredentials false the answer has no Access-Control-Allow-Credentials: a page that fetches with credentials: "include" is blocked`},
	{withCookies, get(other), "credentials not-reached   "},
	{named, preflight(app, "PATCH"), "status passed preflightStatus 204 "},
	{named, preflight(app, "PUT"), "status passed preflightStatus 204 a later step fails, and therefore 403 is sent, with nothing allowed: a browser speaks of a missing Access-Control-Allow-Origin"},

	// The method.
	{named, preflight(app, "PATCH"), "method passed allowMethods[0] PATCH "},
	{named, preflight(app, "POST"), "method passed allowMethods  GET, HEAD and POST need no entry"},
	{concors.Config{AllowOrigins: []string{"*"}, AllowMethods: []string{"*"}}, preflight(app, "GET"), "method passed allowMethods[0] * "},
	{named, preflight(app, "patch"), `method failed allowMethods  allowMethods[0] "PATCH" is in another case: methods are compared with case, and the page must write it as it is listed`},
	{named, preflight(app, "Delete"), "method failed allowMethods  a browser sends it in upper case, as DELETE: no browser asked for this"},
	{named, preflight(app, "PATHC"), `method failed allowMethods  allowMethods[0] "PATCH" is one letter away`},
	{named, preflight(app, "PURGE"), "method failed allowMethods  "},
	{allow(app), preflight(app, "PATCH"), "method failed allowMethods  the list is empty: only GET, HEAD and POST pass"},
	{named, preflight(app, "trace"), "method failed allowMethods  no page can use CONNECT, TRACE or TRACK"},
	{named, preflight(app, "P T"), "method failed allowMethods  it is no method"},
	{spelled(app), preflight(app, longest+"M"), "method failed allowMethods  it exceeds the 16384 bytes that are written back"},
	{named, concors.Request{Method: "OPTIONS", Origin: []string{app}, RequestMethod: []string{"PATCH", " PUT"}}, `method failed allowMethods  there are 2 lines of Access-Control-Request-Method, the second with "PUT", and a browser sends one`},

	// The headers.
	{named, preflight(app, "GET", "x-a,authorization"), "header passed allowHeaders[0] X-A ; header passed allowHeaders[1] Authorization "},
	{named, preflight(app, "GET", "x-a,x-requestid,authorization"), `header passed allowHeaders[0] X-A ; header failed allowHeaders  allowHeaders[2] "X-Request-Id" is one letter away; header not-reached   `},
	{named, preflight(app, "GET", "x-b"), "header failed allowHeaders  "},
	{named, preflight(app, "GET", "x b"), "header failed allowHeaders  it is no header name"},
	{allow(app), preflight(app, "GET", "x-a"), "header failed allowHeaders  the list is empty"},
	{areas, at("/api/v1", "", preflight(app, "GET", "x-a")), `header passed paths["/api/v1"].allowHeaders[0] X-A `},
	{mirrors, preflight(app, "GET", "x-a"), "header passed allowHeaders[0] * "},
	{mirrors, preflight(app, "GET", "x-a,"+longest, "x-a"), "header passed allowHeaders[0] * ; header failed allowHeaders  the names up to it exceed the 16384 bytes that are written back; header not-reached   "},

	// The path.
	{allow(app), get(app), "path passed   the policy has no paths"},
	{areas, at("/api/x", "", get(app)), `path passed paths["/api/"]  `},
	{areas, at("/x", "", get(app)), "path passed paths  no key covers it"},
	{areas, at("/one/x", "", get(app)), `path passed paths  no key covers it, though paths["/one"] covers that path alone: the key for all below it ends in a slash`},
	{areas, at("/api/v1/x", "", get(app)), `path passed paths["/api/"]  paths["/api/v1"] covers that path alone: the key for all below it ends in a slash`},
	{areas, at("/apis/x", "", get(app)), `path passed paths  no key covers it, though paths["/api/"] is one letter away`},
	{areas, at("/off/x", "", get(app)), `path passed paths["/off/"] {} no policy applies, nothing is written or deleted, and a browser blocks the page unless the handler sees to it`},
	{areasAlone, at("/x", "", get(app)), "path passed paths  no key covers it; no policy applies, nothing is written or deleted, and a browser blocks the page unless the handler sees to it"},
	{parted("/api", "/api/v1/"), at("/api/v1/x", "", get(app)), `path passed paths["/api/v1/"]  `},
	{parted("/api", "/api/v1"), at("/api/v1/x", "", get(app)), `path passed paths  no key covers it, though paths["/api/v1"] covers that path alone: the key for all below it ends in a slash; no policy applies, nothing is written or deleted, and a browser blocks the page unless the handler sees to it`},
	{parted("/", "/api/"), at("/apis/x", "", get(app)), `path passed paths["/"]  `},
	{areas, at("/api//x", "", get()), "path passed paths  it has an empty segment, which some routers take out"},
	{areas, at("/api//x", "", get(app)), "path failed paths  it has an empty segment, which some routers take out"},
	{areas, at("/x/../api/x", "/x/%2e%2e/api/x", get(app)), "path failed paths  it has a dot segment, which some routers resolve"},
	{areas, at("*", "", get(app)), "path failed paths  it does not begin with a slash"},
	{areas, at("/x%", "/x%", get(app)), "path failed paths  it has an escape that is none"},
	{areas, at("/API/x", "", get(app)), `path failed paths  some routers read it as a path of paths["/api/"], case aside and with escapes undone, and others do not: the key must stand in it as it is written`},
	{areas, at("/api/x", "/api%2Fx", get(app)), `path failed paths  some routers read it as a path of paths["/api/"], case aside and with escapes undone, and others do not: the key must stand in it as it is written`},
	{areas, at(`/api\x`, "", get(app)), `path failed paths  some routers read it as a path of paths["/api/"], case aside and with escapes undone, and others do not: the key must stand in it as it is written`},
	{areas, at("/"+strings.Repeat("x", 5000)+"//", "", get(app)), "path failed paths  Path and RawPath, or routers that read them, differ about which key covers it"},
}

func TestExplainSteps(t *testing.T) {
	for _, c := range noteCases {
		check, _, _ := strings.Cut(c.want, " ")
		var lines []string
		e := mustPolicy(t, c.cfg).Explain(background, c.r)
		for _, s := range e.Steps {
			if string(s.Check) == check {
				lines = append(lines, fmt.Sprintf("%s %s %s %s %s", s.Check, s.Outcome, s.Field, s.Value, s.Note))
			}
		}
		if got := strings.Join(lines, "; "); got != c.want {
			t.Errorf("%.200q\nis explained as %s\nwant            %s", fmt.Sprintf("%+v", c.r), got, c.want)
		}
	}
}

func TestExplainOriginFunc(t *testing.T) {
	done, cancel := context.WithCancel(background)
	cancel()
	for _, c := range []struct {
		cfg  concors.Config
		ctx  context.Context
		says bool
		r    concors.Request
		want string // field, value and note
	}{
		{none, background, true, get(other), "|| the origin function said yes"},
		{none, background, false, get(other), "allowOrigins|| the origin function said no"},
		{none, done, true, get(other), "allowOrigins|| the origin function said yes when the context was done already"},
		{none, done, false, get(other), "allowOrigins|| the origin function said no"},
		{allow("http://app.example.com"), background, false, get(app), `allowOrigins|| allowOrigins[0] "http://app.example.com" has another scheme; the origin function said no`},
		{cookies, background, true, get("http://a.example.com"), "allowOrigins|| the origin function was not asked: with allowCredentials it takes dangerouslyAllowInsecureOrigins for an origin of http"},
		{cookies, background, true, get("https://a.example.com"), "|| the origin function said yes"},
		{none, background, true, get("null"), "allowOrigins|| null is what sandboxed frames and local files send" + needsMore},
		{allow(app), background, true, get(app), "allowOrigins[0]|https://app.example.com| "},
	} {
		f := &asker{says: c.says}
		step := mustPolicy(t, c.cfg, f.option()).Explain(c.ctx, c.r).Steps[1]
		if got := step.Field + "|" + step.Value + "| " + step.Note; got != c.want {
			t.Errorf("%+v, says %v: explained as %s, want %s", c.r, c.says, got, c.want)
		}
	}
}

// Debug mode shows in the status.
func TestExplainDebug(t *testing.T) {
	p := mustPolicy(t, named)
	p.SetDebug(true)
	e := p.Explain(background, preflight(app, "GET", "x-b"))
	if step := e.Steps[3]; step.Note != "debug mode is on: a later step fails, and the browser is to name it" || e.Decision.Status() != 204 {
		t.Errorf("explained as\n%s", e)
	}
}

// All is of one Config, whatever is reloaded meanwhile.
func TestExplainMixesNothing(t *testing.T) {
	var p *concors.Policy
	p = mustPolicy(t, areas, concors.WithOriginFunc(func(context.Context, concors.Origin, concors.Request) bool {
		if err := p.Reload(allow("https://unlike.example.org")); err != nil {
			t.Error(err)
		}
		return true
	}))
	e := p.Explain(background, at("/api/x", "", preflight(app, "GET", "content-type")))
	last := e.Steps[len(e.Steps)-1]
	if last.Field != `paths["/api/"].allowHeaders[0]` || last.Value != "Content-Type" || !e.Decision.Allowed() || e.Decision.Path() != "/api/" {
		t.Errorf("explained as\n%s", e)
	}
	if now := p.Explain(background, get(app)); now.Decision.Path() != "" || now.Steps[0].Note != "the policy has no paths" {
		t.Errorf("then explained as\n%s", now)
	}
}

// What an explanation holds is its own, and bounded.
func TestExplainIsBounded(t *testing.T) {
	manyNames := slices.Repeat([]string{"x-a"}, 100)
	long := strings.Repeat("y", 1<<20)
	r := preflight(app, "GET", strings.Join(append(manyNames, long, "x-a"), ","))
	e := mustPolicy(t, named).Explain(background, r)
	var tail []string
	for _, s := range e.Steps[5+31:] {
		tail = append(tail, fmt.Sprintf("%s %d %s", s.Outcome, len(s.Asked), s.Note))
	}
	want := []string{"passed 3 ", "passed 0 and 68 more names", "failed 256 ", "not-reached 0 and 1 more names"}
	if !slices.Equal(tail, want) {
		t.Errorf("the last steps are %q, want %q", tail, want)
	}
	if n := len(e.String()); n > 8<<10 {
		t.Errorf("the text has %d bytes", n)
	}

	again := strings.Repeat("x-b,", 1000)
	e = mustPolicy(t, named).Explain(background, preflight(app, "GET", again))
	if last := e.Steps[len(e.Steps)-1]; len(e.Steps) != 5+32+1 || last.Note != "and 968 more names" || last.Outcome != concors.OutcomeNotReached {
		t.Errorf("%d steps, the last %+v", len(e.Steps), last)
	}

	e = mustPolicy(t, mirrors).Explain(background, preflight(app, "GET", strings.Repeat("x-a,", 5000))) // 4 bytes each, of 16384
	tail = nil
	for _, s := range e.Steps[5+32:] {
		tail = append(tail, fmt.Sprintf("%s %s", s.Outcome, s.Note))
	}
	want = []string{"passed and 4064 more names", "failed the names up to it exceed the 16384 bytes that are written back", "not-reached and 903 more names"}
	if !slices.Equal(tail, want) {
		t.Errorf("the last steps are %q, want %q", tail, want)
	}

	lines := []string{app}
	e = mustPolicy(t, named).Explain(background, concors.Request{Method: "GET", Path: "/", Origin: lines})
	if lines[0] = other; e.Steps[1].Asked != app {
		t.Errorf("explained as\n%s", e)
	}
	if text := (concors.Explanation{}).String(); !strings.HasPrefix(text, "request refused") {
		t.Errorf("no explanation reads %q", text)
	}
	if step, ok := (concors.Explanation{}).Failed(); ok || step != (concors.Step{}) {
		t.Errorf("no explanation failed at %+v", step)
	}
}

// To go through a long list takes no more memory than a short one.
func TestExplainAllocatesNoMoreForLongLists(t *testing.T) {
	allocations := func(cfg concors.Config) float64 {
		p := mustPolicy(t, cfg)
		return testing.AllocsPerRun(2, func() { p.Explain(background, get("http://x.tenant-7.example.com")) })
	}
	wild := func(n int) concors.Config {
		cfg := manyOrigins(n)
		for i, entry := range cfg.AllowOrigins {
			cfg.AllowOrigins[i] = strings.Replace(entry, "//", "//*.", 1)
		}
		return cfg
	}
	for _, list := range []func(int) concors.Config{manyOrigins, wild} {
		if few, many := allocations(list(10)), allocations(list(20_000)); many > few+2 {
			t.Errorf("%v allocations for 20,000 entries, %v for 10", many, few)
		}
	}
}

// What is no preflight says nothing of one: whoever types a page's PUT, or
// OPTIONS alone, into an admin page must not read "allowed" as the last word.
func TestExplainSpeaksOfThePreflight(t *testing.T) {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ method, origin, want string }{
		{"GET", "https://app.example.com", "the policy has no paths"},
		{"HEAD", "https://app.example.com", "the policy has no paths"},
		{"POST", "https://app.example.com", "the policy has no paths"},
		{"PUT", "https://app.example.com", `the policy has no paths; the request comes behind a preflight, which has an explanation of its own: OPTIONS with RequestMethod "PUT"`},
		{"OPTIONS", "https://app.example.com", "the policy has no paths; OPTIONS without Access-Control-Request-Method is no preflight"},
		{"PUT", "https://other.example.com", "the policy has no paths"},
	} {
		e := policy.Explain(t.Context(), concors.Request{Method: c.method, Path: "/items", Origin: []string{c.origin}})
		if got := e.Steps[0].Note; got != c.want {
			t.Errorf("%s from %s: note %q, want %q", c.method, c.origin, got, c.want)
		}
	}
}
