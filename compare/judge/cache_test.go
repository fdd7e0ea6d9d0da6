package judge_test

import (
	"errors"
	"testing"

	"github.com/concors/concors/compare/judge"
)

// others are two pages, one of which the servers below allow.
var others = judge.Others{
	Origins: []string{app, "https://stranger.example"},
	Methods: []string{"GET", "PUT"},
	Names:   []string{"x-a"},
}

// A server names the page that asks, if that is app, and always says the same
// of Vary.
func server(vary ...string) func(judge.Request) (judge.Answer, error) {
	return func(q judge.Request) (judge.Answer, error) {
		header := fields()
		for _, name := range vary {
			header.Add("Vary", name)
		}
		if len(q.Origins) == 1 && q.Origins[0] == app {
			header.Set(acao, app)
			header.Set(acam, "PUT")
		}
		return judge.Answer{Status: 200, Header: header, Ran: true}, nil
	}
}

func star(judge.Request) (judge.Answer, error) {
	return judge.Answer{Status: 200, Header: fields(acao, "*"), Ran: true}, nil
}

func TestCheckCache(t *testing.T) {
	stranger := wire("GET / HTTP/1.1", "Host: api.example.com", "Origin: https://stranger.example")
	post := wire("POST / HTTP/1.1", "Host: api.example.com", "Content-Length: 0")
	for _, test := range []struct {
		name   string
		raw    string
		server func(judge.Request) (judge.Answer, error)
		every  bool
		fault  bool
	}{
		{"named", none, server("Origin"), false, false},
		{"named among others", none, server("Accept-Encoding, origin"), false, false},
		{"named by a star", none, server("*"), false, false},
		{"not named, without Origin", none, server(), false, true},
		{"another named", none, server("Accept-Encoding"), false, true},
		{"not named, denied", stranger, server(), false, true},
		// The only page that can use the answer is the one it names.
		{"not named, allowed", get, server(), false, false},
		{"the same for all", none, star, false, false},
		{"not cacheable", post, server(), false, false},
		{"not cacheable, but kept", post, server(), true, true},
		{"OPTIONS", asks, server("Origin"), false, false},
		// The answer allows PUT, whoever it was that asked for it.
		{"OPTIONS, kept, no difference", asks, server("Origin"), true, false},
		{"OPTIONS, kept, not named", wire("OPTIONS / HTTP/1.1", "Host: api.example.com"), server(), true, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			q := parse(t, test.raw)
			got, _ := test.server(q)
			faults := judge.CheckCache(q, got, others, test.every, test.server)
			if (len(faults) > 0) != test.fault {
				t.Errorf("CheckCache = %v, want a fault: %t", faults, test.fault)
			}
			for _, fault := range faults {
				if fault.Rule != judge.Cache {
					t.Errorf("rule %q, want %q", fault.Rule, judge.Cache)
				}
			}
		})
	}
}

// An answer to a preflight that names the requested method alone must not be
// given to one that asks for another.
func TestCheckCacheOfPreflights(t *testing.T) {
	for _, vary := range []string{"Origin", "Origin, Access-Control-Request-Method"} {
		mirror := func(q judge.Request) (judge.Answer, error) {
			header := fields("Vary", vary, acao, app)
			for _, method := range []string{"PUT", "QUERY"} {
				if wire("OPTIONS / HTTP/1.1", "Host: api.example.com", "Origin: "+app, "Access-Control-Request-Method: "+method) == q.Raw {
					header.Set(acam, method)
				}
			}
			return judge.Answer{Status: 204, Header: header}, nil
		}
		q := parse(t, wire("OPTIONS / HTTP/1.1", "Host: api.example.com", "Origin: "+app, "Access-Control-Request-Method: QUERY"))
		got, _ := mirror(q)
		faults := judge.CheckCache(q, got, judge.Others{Methods: []string{"PUT"}}, true, mirror)
		if want := vary == "Origin"; (len(faults) > 0) != want {
			t.Errorf("Vary: %s: CheckCache = %v, want a fault: %t", vary, faults, want)
		}
	}
}

// A 403 of the middleware itself is kept only by caches that keep more than the
// standard lets them.
func TestCheckCacheOfRefusals(t *testing.T) {
	refuse := func(q judge.Request) (judge.Answer, error) {
		if len(q.Origins) == 1 && q.Origins[0] == app {
			return judge.Answer{Status: 200, Header: fields(acao, app), Ran: true}, nil
		}
		return judge.Answer{Status: 403, Header: fields()}, nil
	}
	q := parse(t, wire("GET / HTTP/1.1", "Host: api.example.com", "Origin: https://stranger.example"))
	got, _ := refuse(q)
	for every, want := range map[bool]int{false: 0, true: 1} {
		if faults := judge.CheckCache(q, got, others, every, refuse); len(faults) != want {
			t.Errorf("CheckCache(every %t) = %v, want %d faults", every, faults, want)
		}
	}
}

func TestCheckCacheWithoutAnswer(t *testing.T) {
	silent := func(judge.Request) (judge.Answer, error) { return judge.Answer{}, errors.New("gone") }
	faults := judge.CheckCache(parse(t, none), judge.Answer{Status: 200, Header: fields(), Ran: true}, others, false, silent)
	if len(faults) != 1 || faults[0].Rule != judge.Silent {
		t.Errorf("CheckCache = %v, want one fault %q", faults, judge.Silent)
	}
}
