// Package routers puts one small site behind a policy on each of the five
// routers, so that a test of an example runs on all of them.
package routers

import (
	"context"
	"io"
	"net/http"
	"testing"

	concors "github.com/concors/concors/core"
)

// Site is what a router serves.
type Site struct {
	Policy *concors.Policy
	// Handler answers every path; nil answers "ok\n".
	Handler http.Handler
	// Begin, if not nil, is called before the policy is asked. The context
	// that it returns is that of the request, end is called when the request
	// has been answered.
	Begin func(context.Context) (ctx context.Context, end func())
	// Answer, if not nil, is called after Begin with a function that sets a
	// field of the response. The request goes on with the context that it
	// returns.
	Answer func(ctx context.Context, set func(name, value string)) context.Context
}

// OnEach runs test once for each router, as a subtest with the router's name.
// The site is at base, such as "http://127.0.0.1:40001", until test returns.
func (s Site) OnEach(t *testing.T, test func(t *testing.T, base string)) {
	for _, r := range all {
		t.Run(r.name, func(t *testing.T) { test(t, r.serve(t, s.filled())) })
	}
}

// Serve serves the site on one of the routers of [Names] until the test ends.
func (s Site) Serve(t testing.TB, router string) (base string) {
	t.Helper()
	for _, r := range all {
		if r.name == router {
			return r.serve(t, s.filled())
		}
	}
	t.Fatalf("no router is called %q", router)
	return ""
}

// Names returns the names of the routers.
func Names() []string {
	var names []string
	for _, r := range all {
		names = append(names, r.name)
	}
	return names
}

func (s Site) filled() Site {
	if s.Handler == nil {
		s.Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, "ok\n")
		})
	}
	if s.Begin == nil {
		s.Begin = func(ctx context.Context) (context.Context, func()) { return ctx, func() {} }
	}
	if s.Answer == nil {
		s.Answer = func(ctx context.Context, _ func(name, value string)) context.Context { return ctx }
	}
	return s
}
