package judge_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/concors/concors/compare/judge"
	"github.com/concors/concors/conformance"
)

const app = "https://app.example.com"

// wire makes a request of its head.
func wire(lines ...string) string {
	return strings.Join(append(lines, "", ""), "\r\n")
}

func parse(t *testing.T, raw string) judge.Request {
	t.Helper()
	q, err := judge.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

var (
	get  = wire("GET /thing HTTP/1.1", "Host: api.example.com", "Origin: "+app)
	put  = wire("OPTIONS /thing HTTP/1.1", "Host: api.example.com", "Origin: "+app, "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: x-a")
	asks = wire("OPTIONS /thing HTTP/1.1", "Host: api.example.com", "Origin: "+app)
	none = wire("GET /thing HTTP/1.1", "Host: api.example.com")
)

// fields makes a header of name, value, name, value.
func fields(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i < len(pairs); i += 2 {
		h.Add(pairs[i], pairs[i+1])
	}
	return h
}

const (
	acao = "Access-Control-Allow-Origin"
	acac = "Access-Control-Allow-Credentials"
	acam = "Access-Control-Allow-Methods"
	acah = "Access-Control-Allow-Headers"
	aceh = "Access-Control-Expose-Headers"
	acma = "Access-Control-Max-Age"
)

// What cases want.
var (
	allowsGet = conformance.Exchange{Raw: get, Status: 200, HandlerRan: true,
		Header: fields(acao, app, aceh, "X-Total"), Verdict: &conformance.Verdict{Omit: true}}
	deniesGet = conformance.Exchange{Raw: get, Status: 200, HandlerRan: true, Header: fields(), Verdict: &conformance.Verdict{}}
	allowsPut = conformance.Exchange{Raw: put, Status: 204,
		Header: fields(acao, app, acam, "PUT, DELETE", acah, "X-A, X-B", acma, "600"), Verdict: &conformance.Verdict{Omit: true}}
	deniesPut     = conformance.Exchange{Raw: put, Status: 403, Header: fields(), Verdict: &conformance.Verdict{}}
	allowsOptions = conformance.Exchange{Raw: asks, Status: 200, HandlerRan: true,
		Header: fields(acao, app), Verdict: &conformance.Verdict{Omit: true}}
	plain = conformance.Exchange{Raw: none, Status: 200, HandlerRan: true, Header: fields(acao, "*")}
)

func TestCheck(t *testing.T) {
	for _, test := range []struct {
		name string
		want conformance.Exchange
		got  judge.Answer
		rule []judge.Rule
	}{
		{"as wanted", allowsGet, judge.Answer{200, fields(acao, app, aceh, "X-Total"), true}, nil},
		{"names in another case", allowsGet, judge.Answer{200, fields(acao, app, aceh, "x-total"), true}, nil},
		{"a safelisted name besides", allowsGet, judge.Answer{200, fields(acao, app, aceh, "X-Total, Content-Type"), true}, nil},
		{"a star in place of the origin", allowsGet, judge.Answer{200, fields(acao, "*", aceh, "X-Total"), true}, nil},
		{"another origin", allowsGet, judge.Answer{200, fields(acao, "https://b.example.com", aceh, "X-Total"), true}, []judge.Rule{judge.Blocks}},
		{"no origin", allowsGet, judge.Answer{200, fields(), true}, []judge.Rule{judge.Blocks}},
		{"two origins", allowsGet, judge.Answer{200, fields(acao, app, acao, app, aceh, "X-Total"), true}, []judge.Rule{judge.Blocks, judge.Field}},
		{"credentials besides", allowsGet, judge.Answer{200, fields(acao, app, acac, "true", aceh, "X-Total"), true}, []judge.Rule{judge.Admits}},
		{"an empty grant of credentials", allowsGet, judge.Answer{200, fields(acao, app, acac, "", aceh, "X-Total"), true}, []judge.Rule{judge.Field}},
		{"fewer names", allowsGet, judge.Answer{200, fields(acao, app), true}, []judge.Rule{judge.Readable}},
		{"more names", allowsGet, judge.Answer{200, fields(acao, app, aceh, "X-Total, X-Page"), true}, []judge.Rule{judge.Readable}},
		{"every name", allowsGet, judge.Answer{200, fields(acao, app, aceh, "*"), true}, []judge.Rule{judge.Readable}},
		{"another status", allowsGet, judge.Answer{404, fields(acao, app, aceh, "X-Total"), true}, []judge.Rule{judge.Status}},
		{"no handler", allowsGet, judge.Answer{200, fields(), false}, []judge.Rule{judge.Stopped}},
		{"denied", deniesGet, judge.Answer{200, fields(aceh, "X-Total"), true}, nil},
		{"denied and let through", deniesGet, judge.Answer{200, fields(acao, app), true}, []judge.Rule{judge.Admits}},
		{"denied with 403", deniesGet, judge.Answer{403, fields(), false}, []judge.Rule{judge.Refused}},
		{"a preflight in other bytes", allowsPut, judge.Answer{200, fields(acao, app, acam, "PUT", acah, "x-a", acma, "600"), false}, nil},
		{"without the method", allowsPut, judge.Answer{204, fields(acao, app, acam, "DELETE", acah, "x-a", acma, "600"), false}, []judge.Rule{judge.Blocks}},
		{"without the header", allowsPut, judge.Answer{204, fields(acao, app, acam, "PUT", acma, "600"), false}, []judge.Rule{judge.Blocks}},
		{"with a bad status", allowsPut, judge.Answer{404, fields(acao, app, acam, "PUT", acah, "x-a", acma, "600"), false}, []judge.Rule{judge.Blocks}},
		{"kept for longer", allowsPut, judge.Answer{204, fields(acao, app, acam, "PUT", acah, "x-a", acma, "601"), false}, []judge.Rule{judge.MaxAge}},
		{"kept for 5 seconds", allowsPut, judge.Answer{204, fields(acao, app, acam, "PUT", acah, "x-a"), false}, []judge.Rule{judge.MaxAge}},
		{"a preflight at the handler", allowsPut, judge.Answer{200, fields(acao, app, acam, "PUT", acah, "x-a", acma, "600"), true}, []judge.Rule{judge.Forwarded}},
		{"a denied preflight with 204", deniesPut, judge.Answer{204, fields(acao, app, acam, "POST"), false}, nil},
		{"a denied preflight that passes", deniesPut, judge.Answer{204, fields(acao, app, acam, "PUT", acah, "*"), false}, []judge.Rule{judge.Admits}},
		{"OPTIONS without a preflight", allowsOptions, judge.Answer{200, fields(acao, app), true}, nil},
		{"OPTIONS answered", allowsOptions, judge.Answer{204, fields(), false}, []judge.Rule{judge.Swallowed}},
		{"no Origin, no fields", plain, judge.Answer{200, fields(), true}, nil},
		{"no Origin, no handler", plain, judge.Answer{400, fields(), false}, []judge.Rule{judge.Stopped}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var rules []judge.Rule
			for _, fault := range judge.Check(test.want, parse(t, test.want.Raw), test.got) {
				if !slices.Contains(rules, fault.Rule) {
					rules = append(rules, fault.Rule)
				}
			}
			if !slices.Equal(rules, test.rule) {
				t.Errorf("Check = %q, want %q", rules, test.rule)
			}
		})
	}
}

// Without a max-age a browser keeps a preflight for 5 seconds, and what is no
// number counts as none (Fetch, CORS-preflight fetch, step 7).
func TestMaxAgeThatIsNone(t *testing.T) {
	want := allowsPut
	want.Header = fields(acao, app, acam, "PUT", acah, "X-A")
	for value, rules := range map[string]int{"5": 0, "-1": 0, "soon": 0, "0": 1, "4": 1} {
		got := judge.Answer{204, fields(acao, app, acam, "PUT", acah, "X-A", acma, value), false}
		if faults := judge.Check(want, parse(t, put), got); len(faults) != rules {
			t.Errorf("Check(max-age %s) = %v, want %d faults", value, faults, rules)
		}
	}
}

func TestParseRefusesWhatIsNone(t *testing.T) {
	for _, raw := range []string{"", "GET /", "GET / HTTP/1.1\r\n", "GET\r\n\r\n"} {
		if q, err := judge.Parse(raw); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", raw, q)
		}
	}
}
