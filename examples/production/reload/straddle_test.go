package reload_test

import (
	"context"
	"log/slog"
	"net/http"
	"path/filepath"
	"testing"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/internal/routers"
	"github.com/concors/concors/examples/production/reload"
)

// Two policies that leave the origin to a function, which a request can be held
// in; "*" of the storm allows none.
var asking = [2]string{
	`{"allowOrigins": ["https://one.example.com"], "allowMethods": ["PUT"], "allowHeaders": ["X-A"], "exposeHeaders": ["X-From-A"],
	  "maxAge": 60, "preflightStatus": 200}`,
	`{"allowOrigins": ["https://two.example.com"], "allowMethods": ["PUT", "DELETE"], "allowHeaders": ["X-B", "X-A"],
	  "exposeHeaders": ["X-From-B"], "allowCredentials": true, "maxAge": 120}`,
}

var asked = []question{
	{"OPTIONS", "https://app.example.com", [2]string{
		"200 headers=X-A methods=PUT origin=https://app.example.com age=60 " + anyVary + ",Origin",
		"204 credentials=true headers=X-B, X-A methods=PUT, DELETE origin=https://app.example.com age=120 " + anyVary + ",Origin",
	}},
	{"GET", "https://app.example.com", [2]string{
		"200 origin=https://app.example.com expose=X-From-A vary=Origin ok",
		"200 credentials=true origin=https://app.example.com expose=X-From-B vary=Origin ok",
	}},
}

// TestStraddle reloads while a request is half decided, and while it is decided
// and not yet answered: what chance brings about in a storm, on purpose.
func TestStraddle(t *testing.T) {
	held, release := make(chan struct{}), make(chan struct{})
	hold := func() { held <- struct{}{}; <-release }
	yes := func(context.Context, concors.Origin, concors.Request) bool { return true }
	for _, moment := range []struct {
		name    string
		options []concors.Option
	}{
		{"half decided", []concors.Option{
			concors.WithOriginFunc(func(context.Context, concors.Origin, concors.Request) bool { hold(); return true }),
		}},
		{"not yet answered", []concors.Option{
			concors.WithOriginFunc(yes),
			concors.WithObserver(func(context.Context, concors.Request, concors.Decision) { hold() }),
		}},
	} {
		path := filepath.Join(t.TempDir(), "policy.json")
		replace(t, path, asking[0])
		file, err := reload.Open(path, concors.ParseConfig, slog.New(slog.DiscardHandler), moment.options...)
		if err != nil {
			t.Fatal(err)
		}
		routers.Site{Policy: file.Policy()}.OnEach(t, func(t *testing.T, base string) {
			c, err := dial(base)
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			for n := range 2 * len(asked) {
				q, old := asked[n/2], n%2
				got := make(chan int, 1)
				go func() {
					policy, err := c.ask(q)
					if err != nil {
						t.Error(err)
					}
					got <- policy
				}()
				select {
				case <-held:
				case <-got:
					t.Fatalf("%s, %s: answered before it was %[1]s", moment.name, q.method)
				}
				replace(t, path, asking[1-old])
				if status := file.Check(); status.Faults != nil {
					t.Errorf("reload: %q", status.Faults)
				}
				release <- struct{}{}
				if policy := <-got; policy != old {
					t.Errorf("%s, %s: answered by policy %d, which came in force when %d had begun", moment.name, q.method, policy, old)
				}
			}
		})
	}
}

// TestWritten shows that an answer with one field of the other policy is told
// from both.
func TestWritten(t *testing.T) {
	header := func(policy int) http.Header {
		return [2]http.Header{
			{
				"Access-Control-Allow-Origin": {"*"}, "Access-Control-Allow-Methods": {"PUT"},
				"Access-Control-Allow-Headers": {"X-A"}, "Access-Control-Max-Age": {"60"},
				"Vary": {"Access-Control-Request-Method", "Access-Control-Request-Headers"},
			},
			{
				"Access-Control-Allow-Origin": {"https://app.example.com"}, "Access-Control-Allow-Methods": {"PUT, DELETE"},
				"Access-Control-Allow-Headers": {"X-B, X-A"}, "Access-Control-Max-Age": {"120"},
				"Access-Control-Allow-Credentials": {"true"},
				"Vary":                             {"Origin, Access-Control-Request-Method, Access-Control-Request-Headers"},
			},
		}[policy]
	}
	statuses := [2]int{200, 204}
	q := questions[0]
	for policy := range 2 {
		if got := written(statuses[policy], header(policy), ""); got != q.answers[policy] {
			t.Errorf("%q, want %q", got, q.answers[policy])
		}
		mixed := []string{written(statuses[1-policy], header(policy), "")}
		for name, values := range header(1 - policy) {
			h := header(policy)
			h[name] = values
			mixed = append(mixed, written(statuses[policy], h, ""))
		}
		for _, got := range mixed {
			if got == q.answers[0] || got == q.answers[1] {
				t.Errorf("a mixture passes for one policy's answer: %q", got)
			}
		}
	}
}
