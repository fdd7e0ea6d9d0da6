package concors_test

import (
	"context"
	"net/http"
	"reflect"
	"slices"
	"testing"

	concors "github.com/concors/concors/core"
)

// asker is an origin function that notes what it is asked.
type asker struct {
	says  bool
	asked []concors.Origin
}

func (a *asker) option() concors.Option {
	return concors.WithOriginFunc(func(_ context.Context, o concors.Origin, _ concors.Request) bool {
		a.asked = append(a.asked, o)
		return a.says
	})
}

const tenant = "https://t1.example.org"

var (
	none       concors.Config
	patterned  = concors.Config{AllowOrigins: []string{app, "https://*.example.com", "https://*:8443"}}
	cookies    = concors.Config{AllowCredentials: true}
	unsafeHTTP = concors.Config{AllowCredentials: true, DangerouslyAllowInsecureOrigins: true}
	parts      = concors.Config{Paths: map[string]concors.Config{"/off/": none, "/on/": {AllowMethods: []string{"PUT"}}, "/listed/": patterned}}
)

// askedCase is a request and a yes or no about it.
type askedCase struct {
	name string
	cfg  concors.Config
	r    concors.Request
	want bool
}

var askedCases = []askedCase{
	{"an actual request", none, get(tenant), true},
	{"a preflight", none, preflight(tenant, "GET"), true},
	{"a preflight that fails later", none, preflight(tenant, "P T"), true},
	{"OPTIONS without a method", none, concors.Request{Method: "OPTIONS", Origin: []string{tenant}}, true},
	{"blanks around", none, get("\t" + tenant + " "), true},
	{"another scheme", none, get("capacitor://localhost"), true},
	{"an address", none, get("https://[::1]:3000"), true},
	{"no Origin", none, get(), false},
	{"OPTIONS, no Origin", none, concors.Request{Method: "OPTIONS", RequestMethod: []string{"PUT"}}, false},
	{"two origins", none, get(tenant, tenant), false},
	{"an empty origin", none, get(""), false},
	{"null", none, get("null"), false},
	{"NULL", none, get("NULL"), false},
	{"a slash", none, get(tenant + "/"), false},
	{"the default port", none, get(tenant + ":443"), false},
	{"upper case", none, get("https://T1.example.org"), false},
	{"an exact match", patterned, get(app), false},
	{"a wildcard", patterned, get("https://a.example.com"), false},
	{"any host", patterned, get(tenant + ":8443"), false},
	{"no pattern", patterned, get(tenant), true},
	{"http with credentials", cookies, get("http://t1.example.org"), false},
	{"https with credentials", cookies, get(tenant), true},
	{"loopback with credentials", cookies, get("http://localhost:3000"), true},
	{"below localhost with credentials", cookies, get("http://a.localhost"), true},
	{"127.0.0.0/8 with credentials", cookies, get("http://127.9.9.9:1"), true},
	{"[::1] with credentials", cookies, get("http://[::1]"), true},
	{"like localhost", cookies, get("http://localhost.example.org"), false},
	{"http with its switch", unsafeHTTP, get("http://t1.example.org"), true},
	{"http without credentials", none, get("http://t1.example.org"), true},
	{"a path without CORS", parts, at("/off/x", "", get(tenant)), false},
	{"a path that no key covers", parts, at("/x", "", get(tenant)), false},
	{"a path with a policy", parts, at("/on/x", "", get(tenant)), true},
	{"a path that lists it", parts, at("/listed/x", "", get(app)), false},
	{"an ambiguous path", parts, at("/ON/x", "", get(tenant)), false},
}

// The function is asked about one well-formed origin that no pattern of the
// path's policy matches, and about nothing else.
func TestOriginFuncIsAsked(t *testing.T) {
	for _, c := range askedCases {
		for _, says := range []bool{true, false} {
			f := &asker{says: says}
			p := mustPolicy(t, c.cfg, f.option())
			d := p.Decide(background, c.r)
			if len(f.asked) > 1 || (len(f.asked) == 1) != c.want {
				t.Errorf("%s: asked about %v, want asked %v", c.name, f.asked, c.want)
			}
			if c.want && c.r.RequestMethod == nil && d.Allowed() != says {
				t.Errorf("%s: the function says %v, and the decision is %s", c.name, says, show(d))
			}
			if c.want && f.asked[0].String() != trim(c.r.Origin[0]) {
				t.Errorf("%s: asked about %q", c.name, f.asked[0])
			}
		}
	}
}

func TestOriginFuncIsHandedAll(t *testing.T) {
	type key struct{}
	ctx := context.WithValue(background, key{}, "x")
	r := preflight("https://a.example:8443", "PUT", "x-a", "x-b")
	r.RawPath = "/%72"
	called := false
	p := mustPolicy(t, concors.Config{AllowMethods: []string{"PUT"}, AllowHeaders: []string{"*"}}, concors.WithOriginFunc(func(c context.Context, o concors.Origin, q concors.Request) bool {
		called = true
		if c != ctx || !reflect.DeepEqual(q, r) {
			t.Errorf("the function is handed %v, %+v", c, q)
		}
		return o == concors.Origin{Scheme: "https", Host: "a.example", Port: 8443}
	}))
	if d := p.Decide(ctx, r); !called || !d.Allowed() || fieldsOf(d)["Access-Control-Allow-Origin"] != "https://a.example:8443" {
		t.Errorf("Decide = %s", show(d))
	}
}

// A yes that comes after the context is done counts no more.
func TestOriginFuncLate(t *testing.T) {
	ctx, cancel := context.WithCancel(background)
	answer := true
	p := mustPolicy(t, concors.Config{AllowOrigins: []string{app}}, concors.WithOriginFunc(func(context.Context, concors.Origin, concors.Request) bool {
		cancel()
		return answer
	}))
	p.SetDebug(true)
	for _, r := range []concors.Request{get(other), preflight(other, "GET")} { // the second time ctx is done before
		d := p.Decide(ctx, r)
		if d.Reason() != concors.ReasonOriginFuncLate || d.Allowed() || d.Detail() != other || d.Preflight() != (r.Method == "OPTIONS") || len(fieldsOf(d)) != 1 {
			t.Errorf("Decide = %s, want %s and Vary alone", show(d), concors.ReasonOriginFuncLate)
		}
	}
	if p.AllowsOrigin(ctx, get(other)) {
		t.Error("AllowsOrigin takes a late yes")
	}
	if answer = false; p.Decide(ctx, get(other)).Reason() != concors.ReasonOriginNotAllowed {
		t.Error("a no is a no, late or not")
	}
	if !p.Decide(ctx, get(app)).Allowed() {
		t.Error("a listed origin needs no context")
	}
}

// A panic reaches whoever recovers, and nothing is granted before.
func TestPanicsPass(t *testing.T) {
	broken := concors.WithOriginFunc(func(context.Context, concors.Origin, concors.Request) bool { panic("broken function") })
	deaf := concors.WithObserver(func(context.Context, concors.Request, concors.Decision) { panic("broken observer") })
	check := func(p *concors.Policy, want string, call func(*concors.Policy, http.Header)) {
		t.Helper()
		header := http.Header{"X-A": {"a"}}
		func() {
			defer func() {
				if got := recover(); got != want {
					t.Errorf("recovered %v, want %s", got, want)
				}
			}()
			call(p, header)
		}()
		if !reflect.DeepEqual(header, http.Header{"X-A": {"a"}}) {
			t.Errorf("%v is written before", header)
		}
		p.SetDebug(true) // no lock is held
		if p.Config().AllowOrigins[0] != app {
			t.Error("the policy is lost")
		}
	}
	cfg := concors.Config{AllowOrigins: []string{app}}
	decide := func(p *concors.Policy, header http.Header) { p.Decide(background, get(other)).Apply(header) }
	check(mustPolicy(t, cfg, broken), "broken function", decide)
	check(mustPolicy(t, cfg, broken), "broken function", func(p *concors.Policy, _ http.Header) { p.AllowsOrigin(background, get(other)) })
	check(mustPolicy(t, cfg, deaf), "broken observer", decide)
	check(mustPolicy(t, cfg, broken, deaf), "broken function", decide)
}

// What a Clone holds is its own, so that a function may keep it.
func TestCloneIsItsOwn(t *testing.T) {
	r := concors.Request{Method: "OPTIONS", Host: "h", Path: "/p", RawPath: "/%70", Origin: []string{app, other}, RequestMethod: []string{"PUT"}, RequestHeaders: []string{"x-a", "x-b"}}
	c := r.Clone()
	if !reflect.DeepEqual(c, r) {
		t.Errorf("Clone() = %+v, want %+v", c, r)
	}
	for _, lines := range [][]string{r.Origin, r.RequestMethod, r.RequestHeaders} {
		for i := range lines {
			lines[i] = "overwritten"
		}
	}
	if !slices.Equal(c.Origin, []string{app, other}) || c.RequestMethod[0] != "PUT" || c.RequestHeaders[1] != "x-b" {
		t.Errorf("the clone is %+v now", c)
	}
	if c := get().Clone(); c.Origin != nil || c.RequestMethod != nil || c.RequestHeaders != nil {
		t.Errorf("absent fields are cloned as %+v", c)
	}
	if c := (concors.Request{Origin: []string{}}).Clone(); len(c.Origin) != 0 {
		t.Errorf("no lines are cloned as %+v", c)
	}
}
