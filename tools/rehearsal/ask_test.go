package main

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// answers is a server as it should be, once a test has broken one answer.
type answers struct {
	preflight, actual, stranger http.Header
	status                      map[string]int // by method, not 200
}

func (a answers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	fields := a.actual
	switch {
	case r.Method == http.MethodOptions:
		fields = a.preflight
	case r.Header.Get("Origin") != "https://app.example.com":
		fields = a.stranger
	}
	for name, values := range fields {
		w.Header()[name] = values
	}
	if status := a.status[r.Method]; status != 0 {
		w.WriteHeader(status)
	}
}

func TestAnswers(t *testing.T) {
	for name, test := range map[string]struct {
		spoil func(*answers)
		want  string
	}{
		"as it should be":          {func(*answers) {}, ""},
		"a preflight is refused":   {func(a *answers) { a.status[http.MethodOptions] = 403 }, "preflight /items: want an ok status, got 403"},
		"a preflight is moved":     {func(a *answers) { a.status[http.MethodOptions] = 304 }, "preflight /items: want an ok status, got 304"},
		"a preflight, no origin":   {func(a *answers) { a.preflight.Del("Access-Control-Allow-Origin") }, "preflight /items: want the origin allowed"},
		"a preflight, no method":   {func(a *answers) { a.preflight.Set("Access-Control-Allow-Methods", "PUTS, GET") }, "preflight /items: want the method allowed"},
		"a preflight, no header":   {func(a *answers) { a.preflight.Del("Access-Control-Allow-Headers") }, "preflight /items: want the header allowed"},
		"the request is not found": {func(a *answers) { a.status[http.MethodPut] = 404 }, "PUT /items: want 200, got 404"},
		"the answer, no origin":    {func(a *answers) { a.actual.Set("Access-Control-Allow-Origin", "*") }, "PUT /items: want the origin allowed"},
		"the answer, no Vary":      {func(a *answers) { a.actual.Set("Vary", "Accept") }, "PUT /items: want Vary: Origin"},
		"strangers are let in":     {func(a *answers) { a.stranger.Set("Access-Control-Allow-Origin", "*") }, "PUT of a stranger /items: want no origin allowed"},
	} {
		t.Run(name, func(t *testing.T) {
			a := answers{
				preflight: http.Header{"Access-Control-Allow-Origin": {"https://app.example.com"}, "Access-Control-Allow-Methods": {"GET, PUT"}, "Access-Control-Allow-Headers": {"Authorization"}},
				actual:    http.Header{"Access-Control-Allow-Origin": {"https://app.example.com"}, "Vary": {"Accept, Origin"}},
				stranger:  http.Header{},
				status:    map[string]int{},
			}
			test.spoil(&a)
			server := httptest.NewServer(a)
			defer server.Close()
			q := question{origin: "https://app.example.com", method: http.MethodPut, path: "/items", field: "authorization", address: server.Listener.Addr().String()}
			err := errors.Join(q.preflight(t.Context()), q.actual(t.Context()), q.stranger(t.Context()))
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n")):
				t.Errorf("error %v, want one, %q", err, test.want)
			}
		})
	}
}

// A program that ends or never listens must not keep the rehearsal waiting.
func TestProgramThatEnds(t *testing.T) {
	address, err := freeAddress()
	if err != nil {
		t.Fatal(err)
	}
	r := &rehearsal{work: t.TempDir()}
	err = r.ask(t.Context(), "/bin/false", question{address: address})
	if err == nil || !strings.Contains(err.Error(), "ended before it listened: exit status 1") {
		t.Errorf("error %v", err)
	}
}
