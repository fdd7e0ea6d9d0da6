package concors_test

import (
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	concors "github.com/concors/concors/core"
)

// everyKind is a request of every kind under the policy kinds.
func everyKind() []concors.Request {
	return []concors.Request{
		get(), get(app), get(other), preflight(app, "PUT", "x-a", "authorization"), preflight(app, "PURGE", "x-a, x-b"), preflight(other, "PUT"),
		preflight(app, "P T"), preflight(app, "PUT", "x a"), {Method: "OPTIONS", Origin: []string{app}}, {Method: "OPTIONS"}, get(app, app),
	}
}

func kinds(t testing.TB) map[string]*concors.Policy {
	lists := concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"PUT"}, AllowHeaders: []string{"X-A", "Authorization"}, ExposeHeaders: []string{"X-Total"}, AllowCredentials: true, MaxAge: 60}
	return map[string]*concors.Policy{
		"lists": mustPolicy(t, lists), "reflecting": reflecting(t),
		"every": mustPolicy(t, concors.Config{AllowOrigins: []string{"*"}, AllowMethods: []string{"*"}, AllowHeaders: []string{"*"}, ExposeHeaders: []string{"*"}, MaxAge: -1}),
		"paths": mustPolicy(t, concors.Config{Paths: map[string]concors.Config{"/r": lists, "/": {AllowOrigins: []string{"*"}}}}),
	}
}

// Whatever is done to the slices of one response, the next one, the request and
// the policy are as they were.
func TestResponsesShareNothing(t *testing.T) {
	for name, p := range kinds(t) {
		was := p.Config()
		for _, r := range everyKind() {
			asked := r.Clone()
			d := p.Decide(background, r)
			first := http.Header{}
			d.Apply(first)
			want, wantSaid := first.Clone(), show(d)
			for range 3 {
				scribble(first)
				second := http.Header{}
				d.Apply(second)
				if !reflect.DeepEqual(second, want) || show(d) != wantSaid {
					t.Errorf("%s: the same decision is applied as %v, want %v", name, second, want)
				}
				first = http.Header{}
				p.Decide(background, r).Apply(first)
				if !reflect.DeepEqual(first, want) {
					t.Errorf("%s: %+v is answered by %v, want %v", name, r, first, want)
				}
				scribble(second)
			}
			if !reflect.DeepEqual(r, asked) {
				t.Errorf("%s: the request is now %+v, was %+v", name, r, asked)
			}
		}
		if !reflect.DeepEqual(p.Config(), was) {
			t.Errorf("%s: the policy is now %+v, was %+v", name, p.Config(), was)
		}
	}
}

// Within one response an append to one value reaches no other value.
func TestValuesDoNotReachEachOther(t *testing.T) {
	for name, p := range kinds(t) {
		for _, r := range everyKind() {
			header := http.Header{"Vary": {"Accept-Encoding"}}
			p.Decide(background, r).Apply(header)
			want := header.Clone()
			for key := range want {
				header.Add(key, "appended")
			}
			for key, values := range want {
				if got := header[key]; !slices.Equal(got, append(values, "appended")) {
					t.Errorf("%s: %s is %q after appending to every field, want %q and one more", name, key, got, values)
				}
			}
		}
	}
}

// A request's header keeps its slices to itself.
func TestRequestHeaderIsNotShared(t *testing.T) {
	for name, p := range kinds(t) {
		q, err := http.NewRequest("OPTIONS", "http://api.example.com/r", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		q.Header = http.Header{
			"Origin": {app}, "Access-Control-Request-Method": {"PUT"}, "Access-Control-Request-Headers": {"x-a", "authorization"}, "Vary": {"odd"},
		}
		want := q.Header.Clone()
		header := http.Header{}
		p.Decide(background, concors.NewRequest(q)).Apply(header)
		scribble(header)
		if !reflect.DeepEqual(q.Header, want) {
			t.Errorf("%s: the request has %v now, want %v", name, q.Header, want)
		}
	}
}

// An outer layer may hand every response the same Vary slice, with room behind.
func TestSharedVaryIsNotWrittenTo(t *testing.T) {
	for name, p := range kinds(t) {
		for _, r := range everyKind() {
			shared := make([]string, 1, 8)
			shared[0] = "Accept-Encoding"
			header := http.Header{"Vary": shared}
			p.Decide(background, r).Apply(header)
			if got := shared[:8]; got[0] != "Accept-Encoding" || slices.ContainsFunc(got[1:], func(s string) bool { return s != "" }) {
				t.Errorf("%s: %+v writes %q into a shared Vary", name, r, got)
			}
			if !slices.Contains(header["Vary"], "Accept-Encoding") {
				t.Errorf("%s: %+v leaves Vary as %q", name, r, header["Vary"])
			}
			if len(header["Vary"]) > 1 { // then it is a new slice
				scribble(header)
				if shared[0] != "Accept-Encoding" {
					t.Errorf("%s: the new Vary shares memory with the old one", name)
				}
			}
		}
	}
}

func TestApplyBesideVary(t *testing.T) {
	p := kinds(t)["lists"]
	for _, c := range []struct {
		before, after []string
		r             concors.Request
	}{
		{nil, []string{"Origin"}, get(app)},
		{[]string{}, []string{"Origin"}, get(app)},
		{[]string{""}, []string{"", "Origin"}, get(app)},
		{[]string{"*"}, []string{"*", "Origin"}, get(app)},
		{[]string{"Accept-Encoding"}, []string{"Accept-Encoding", "Origin"}, get(other)},
		{[]string{"accept, ORIGIN"}, []string{"accept, ORIGIN"}, get(app)},
		{[]string{"Accept", "\torigin ,,"}, []string{"Accept", "\torigin ,,"}, get(app)},
		{[]string{"X-Origin, Origins"}, []string{"X-Origin, Origins", "Origin"}, get(app)},
		{[]string{"Acce\u017fs-Control-Request-Method, Origin"}, []string{"Acce\u017fs-Control-Request-Method, Origin", "Access-Control-Request-Method, Access-Control-Request-Headers"}, preflight(app, "PUT")},
		{[]string{"access-control-request-headers"}, []string{"access-control-request-headers", "Origin, Access-Control-Request-Method"}, preflight(app, "PUT")},
	} {
		header := http.Header{"Vary": c.before}
		d := p.Decide(background, c.r)
		d.Apply(header)
		d.Apply(header)
		if got := header["Vary"]; !slices.Equal(got, c.after) {
			t.Errorf("Vary %q becomes %q, want %q", c.before, got, c.after)
		}
	}
}

// Readers, writers and handlers that overwrite what they find, all at once:
// each answer is wholly of one policy.
func TestConcurrentUse(t *testing.T) {
	const both, old, young = "https://both.example.com", "https://old.example.com", "https://new.example.com"
	a := concors.Config{AllowOrigins: []string{both, old}, AllowMethods: []string{"PUT"}, AllowHeaders: []string{"X-A"}, ExposeHeaders: []string{"A"}, MaxAge: 1, AllowCredentials: true}
	b := concors.Config{AllowOrigins: []string{both, young}, AllowMethods: []string{"DELETE"}, AllowHeaders: []string{"X-B"}, ExposeHeaders: []string{"B"}, MaxAge: 5, PreflightStatus: 200}
	p := mustPolicy(t, a)
	const vary = "Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers]"
	const refused = "403 origin-not-allowed [" + vary
	answers := map[string][]string{ // of a, of b; in debug mode others
		"GET from " + both:  {"0 allowed [Allow-Credentials: true | Allow-Origin: " + both + " | Expose-Headers: A | Vary: Origin]", "0 allowed [Allow-Origin: " + both + " | Expose-Headers: B | Vary: Origin]"},
		"PUT from " + old:   {"204 allowed [Allow-Credentials: true | Allow-Headers: X-A | Allow-Methods: PUT | Allow-Origin: " + old + " | Max-Age: 1 | " + vary, refused},
		"PUT from " + young: {refused, "403 method-not-allowed [" + vary, "200 method-not-allowed [Allow-Origin: " + young + " | " + vary},
		"DELETE from " + both: {
			"403 method-not-allowed [" + vary, "204 method-not-allowed [Allow-Credentials: true | Allow-Origin: " + both + " | " + vary,
			"200 allowed [Allow-Headers: X-B | Allow-Methods: DELETE | Allow-Origin: " + both + " | Max-Age: 5 | " + vary,
		},
	}
	var group sync.WaitGroup
	for i := range 100 {
		group.Go(func() {
			for j := range 60 {
				switch what := i % 10; what {
				case 0:
					if err := p.Reload([]concors.Config{a, b}[j%2]); err != nil {
						t.Error(err)
					}
				case 1:
					p.SetDebug(j%2 == 0)
				case 2:
					if cfg := p.Config(); cfg.MaxAge != 1 && cfg.MaxAge != 5 || !p.AllowsOrigin(background, get(both)) || p.Reload(concors.Config{}) == nil {
						t.Errorf("%+v is in force", cfg)
					}
					scribbleConfig(p.Config())
				default:
					exchange(t, p, answers)
				}
			}
		})
	}
	group.Wait()
}

func exchange(t *testing.T, p *concors.Policy, answers map[string][]string) {
	for request, allowed := range answers {
		method, origin, _ := strings.Cut(request, " from ")
		r := get(origin)
		if method != "GET" {
			r = preflight(origin, method)
		}
		d := p.Decide(background, r)
		header := http.Header{"Access-Control-Allow-Origin": {"*"}}
		d.Apply(header)
		if got := show(d); !slices.Contains(allowed, got) {
			t.Errorf("%s: %s, want one of %q", request, got, allowed)
		}
		if want := fieldsOf(d); !maps.EqualFunc(header, want, func(lines []string, value string) bool { return slices.Equal(lines, []string{value}) }) {
			t.Errorf("%s: applied as %v, want %v", request, header, want)
		}
		scribble(header)
	}
}

func scribbleConfig(cfg concors.Config) {
	for _, list := range [][]string{cfg.AllowOrigins, cfg.AllowMethods, cfg.AllowHeaders, cfg.ExposeHeaders} {
		for i := range list {
			list[i] = fmt.Sprint("scribbled ", i)
		}
	}
}
