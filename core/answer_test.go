package concors_test

import (
	"context"
	"net/http"
	"net/url"
	"reflect"
	"testing"

	concors "github.com/concors/concors/core"
)

// serverRequest is r as a server of net/http has it.
func serverRequest(r concors.Request) *http.Request {
	header := http.Header{"Accept": {"*/*"}}
	for name, lines := range map[string][]string{
		"Origin":                         r.Origin,
		"Access-Control-Request-Method":  r.RequestMethod,
		"Access-Control-Request-Headers": r.RequestHeaders,
	} {
		if lines != nil {
			header[name] = lines
		}
	}
	return &http.Request{Method: r.Method, Host: r.Host, URL: &url.URL{Path: r.Path, RawPath: r.RawPath}, Header: header}
}

// checkAnswer asserts that Answer does what was decided.
func checkAnswer(t *testing.T, p *concors.Policy, r concors.Request, d concors.Decision) {
	t.Helper()
	for _, header := range []http.Header{{}, outer()} {
		want := header.Clone()
		d.Apply(want)
		if status := p.Answer(header, serverRequest(r)); status != d.Status() || !reflect.DeepEqual(header, want) {
			t.Errorf("Answer to %+v is %d with %v, want %d with %v", r, status, header, d.Status(), want)
		}
	}
}

func TestAnswer(t *testing.T) {
	p := mustPolicy(t, concors.Config{
		AllowOrigins: []string{app}, AllowMethods: []string{"PUT", "DELETE"}, AllowHeaders: []string{"X-A", "Content-Type"},
		ExposeHeaders: []string{"X-Total"}, MaxAge: 600,
		Paths: map[string]concors.Config{"/off/": {}, "/any/": {AllowOrigins: []string{"*"}}},
	})
	const asked = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"
	for _, c := range []struct {
		r      concors.Request
		status int
		want   http.Header
	}{
		{get(), 0, http.Header{"Vary": {"Origin"}}},
		{get(app), 0, http.Header{"Access-Control-Allow-Origin": {app}, "Access-Control-Expose-Headers": {"X-Total"}, "Vary": {"Origin"}}},
		{get(other), 0, http.Header{"Vary": {"Origin"}}},
		{at("/any/x", "", get()), 0, http.Header{"Access-Control-Allow-Origin": {"*"}}},
		{at("/off/x", "", preflight(app, "PUT")), 0, http.Header{}},
		{at("/any/x", "/%61ny/x", preflight(app, "PUT")), 403, http.Header{"Vary": {asked}}},
		{preflight(app, "PUT", "x-a", "Content-Type"), 204, http.Header{
			"Access-Control-Allow-Origin": {app}, "Access-Control-Allow-Methods": {"PUT, DELETE"},
			"Access-Control-Allow-Headers": {"X-A, Content-Type"}, "Access-Control-Max-Age": {"600"}, "Vary": {asked},
		}},
		{preflight(other, "PUT"), 403, http.Header{"Vary": {asked}}},
		{preflight(app, "PATCH"), 403, http.Header{"Vary": {asked}}},
		{preflight(app, "PUT", "x-a", "x-b"), 403, http.Header{"Vary": {asked}}},
	} {
		header := http.Header{}
		if status := p.Answer(header, serverRequest(c.r)); status != c.status || !reflect.DeepEqual(header, c.want) {
			t.Errorf("Answer to %+v is %d with %v, want %d with %v", c.r, status, header, c.status, c.want)
		}
	}
}

// The functions are handed the context of the request and all of it, and an
// answer goes by what they say.
func TestAnswerWithFunctions(t *testing.T) {
	type key struct{}
	ctx := context.WithValue(background, key{}, "x")
	r := preflight(other, "PUT", "x-a", "x-b")
	var calls []heard
	f := &asker{says: true}
	cfg := concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"PUT"}, AllowHeaders: []string{"X-A", "X-B"}}
	for name, options := range map[string][]concors.Option{
		"both": {f.option(), listen(&calls)}, "the function": {f.option()}, "the observer": {listen(&calls)},
	} {
		calls, f.asked = nil, nil
		status := mustPolicy(t, cfg, options...).Answer(http.Header{}, serverRequest(r).WithContext(ctx))
		if name != "the function" && (len(calls) != 1 || calls[0].ctx != ctx || !reflect.DeepEqual(calls[0].r, r)) {
			t.Errorf("%s: heard %+v", name, calls)
		}
		if want := map[bool]int{true: 403, false: 204}[name == "the observer"]; status != want || len(f.asked) != len(options)-len(calls) {
			t.Errorf("%s: status %d, want %d; asked %v", name, status, want, f.asked)
		}
	}
}
