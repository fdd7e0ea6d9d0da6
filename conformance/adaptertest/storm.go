package adaptertest

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	concors "github.com/concors/concors/core"
)

// Storm has a hundred pages send preflights and actual requests at once, while
// the policy is reloaded and debug mode turned on and off, and overwrites the
// header slices of every answer. It checks that each answer is wholly one
// policy's, and that the fields of the request stay as they were.
//
// The server that build returns has the middleware with policy, and on GET / a
// handler that writes the header with status 200 and then calls [Overwrite] on
// it. Storm puts an outer layer of its own round the server.
func Storm(t testing.TB, build func(policy *concors.Policy) http.Handler) {
	t.Helper()
	policy := NewPolicy(t, stormConfigs[0])
	handler := outer(t, build(policy))
	const pages, rounds = 100, 10
	var all sync.WaitGroup
	for n := range pages {
		all.Go(func() {
			questions := stormQuestions(fmt.Sprintf("https://page%d.example.com", n))
			for i := range rounds * len(questions) {
				if err := questions[i%len(questions)].ask(handler); err != nil {
					t.Error(err) // and no more: what follows of it would fill the screen
					return
				}
				policy.SetDebug((n+i)/2%2 == 0)
				if err := policy.Reload(stormConfigs[(n+i)%2]); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}

// ask returns what is wrong if the answer is none of those that the policies
// give, or if the request has changed.
func (q question) ask(h http.Handler) error {
	r := httptest.NewRequest(q.method, "/", nil)
	r.Header = q.fields.Clone()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	res := w.Result()
	if !slices.ContainsFunc(q.answers, func(a answer) bool {
		return a.status == res.StatusCode && maps.EqualFunc(a.fields, res.Header, slices.Equal)
	}) {
		return fmt.Errorf("%s with %q: %d %q, which is no policy's answer", q.method, q.fields, res.StatusCode, res.Header)
	}
	if !maps.EqualFunc(r.Header, q.fields, slices.Equal) {
		return fmt.Errorf("%s: the request's fields are %q, want them as sent: %q", q.method, r.Header, q.fields)
	}
	return nil
}

const overwritten = "overwritten"

// Overwrite does to an answer that is under way what its owner may do: it
// overwrites the values of every field, whatever room there is behind them, and
// appends one.
func Overwrite(h http.Header) {
	for name, values := range h {
		values = values[:cap(values)]
		for i := range values {
			values[i] = overwritten
		}
		h[name] = append(values, "appended")
	}
}

// outer is a middleware that overwrites what an answer was made of, and checks
// that the handler did.
func outer(t testing.TB, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r)
		if r.Method == http.MethodGet && w.Header().Get("Vary") != overwritten {
			t.Errorf("GET: the handler left Vary %q, want it overwritten", w.Header()["Vary"])
		}
		Overwrite(w.Header())
	})
}
