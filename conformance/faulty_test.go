package conformance_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/concors/concors/conformance"
	concors "github.com/concors/concors/core"
)

// A fault is one thing that a middleware does wrong. Its functions, where set,
// interfere at one point each of a middleware that is right otherwise.
type fault struct {
	name string
	// mount runs once for each policy.
	mount func(p *concors.Policy) (ask func(*moment))
	// ask changes what the policy is asked.
	ask func(*moment)
	// spoil changes the header after the decision is applied. It returns true
	// if it has answered the request.
	spoil func(*moment) bool
	// late changes the header when the handler begins to answer.
	late func(m *moment, status int)
	// listen changes what the server reads.
	listen func(net.Listener) net.Listener
}

// A moment is what a faulty middleware has in its hands.
type moment struct {
	w        http.ResponseWriter
	r        *http.Request
	next     http.Handler
	policy   *concors.Policy
	asked    concors.Request
	decision concors.Decision
	outer    http.Header // the fields that an outer layer left
	pretend  string      // an origin that the policy is asked about in place of the real one
}

func (m *moment) header() http.Header { return m.w.Header() }

// config is the part of the policy that applies to the request.
func (m *moment) config() concors.Config {
	cfg := m.policy.Config()
	if key := m.decision.Path(); key != "" {
		return cfg.Paths[key]
	}
	return cfg
}

func (m *moment) origin() string { return strings.Trim(strings.Join(m.r.Header["Origin"], ","), " \t") }

func (f *fault) middleware(p *concors.Policy, next http.Handler) http.Handler {
	ask := f.ask
	if f.mount != nil {
		ask = f.mount(p)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m := &moment{w: w, r: r, next: next, policy: p, asked: concors.NewRequest(r), outer: w.Header().Clone()}
		if ask != nil {
			ask(m)
		}
		if m.pretend != "" {
			m.asked.Origin = []string{m.pretend}
		}
		m.decision = p.Decide(r.Context(), m.asked)
		m.decision.Apply(w.Header())
		if m.pretend != "" && w.Header().Get(acao) == m.pretend {
			w.Header().Set(acao, m.origin())
		}
		if f.spoil != nil && f.spoil(m) {
			return
		}
		if m.decision.Preflight() {
			w.WriteHeader(m.decision.Status())
			return
		}
		if f.late != nil {
			w = &lateWriter{ResponseWriter: w, late: func(status int) { f.late(m, status) }}
		}
		next.ServeHTTP(w, r)
	})
}

// A lateWriter calls a function before the head of a response is written.
type lateWriter struct {
	http.ResponseWriter
	late func(status int)
	done bool
}

func (w *lateWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *lateWriter) WriteHeader(status int) {
	if !w.done {
		w.done = true
		w.late(status)
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *lateWriter) Write(p []byte) (int, error) {
	if !w.done {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(p)
}

// failsAt plays cases against servers with the fault until one finds it, and
// returns what it said.
func (f *fault) failsAt(cases []*conformance.Case) (name string, differences []string) {
	for _, c := range cases {
		var server *httptest.Server
		differences := c.Play(func(policies []*concors.Policy) string {
			handler := routes
			for _, policy := range slices.Backward(policies) {
				handler = f.middleware(policy, handler)
			}
			server = httptest.NewUnstartedServer(recovered(handler))
			if f.listen != nil {
				server.Listener = f.listen(server.Listener)
			}
			server.Start()
			return server.Listener.Addr().String()
		})
		if server != nil {
			server.Close()
		}
		if len(differences) > 0 {
			return c.Name(), differences
		}
	}
	return "", nil
}

func realCases(t *testing.T) []*conformance.Case {
	t.Helper()
	cases, err := conformance.Load()
	if err != nil {
		t.Fatal(err)
	}
	// Most faults are found by small cases, and then nothing big is sent.
	slices.SortStableFunc(cases, func(a, b *conformance.Case) int { return a.Size() - b.Size() })
	return cases
}

// TestFaults holds that the cases find every fault that they are meant to
// find, and find none in a server that has none.
func TestFaults(t *testing.T) {
	cases := realCases(t)
	cases = slices.DeleteFunc(cases, func(c *conformance.Case) bool {
		name, differences := new(fault).failsAt([]*conformance.Case{c})
		if name != "" {
			t.Errorf("%s fails without a fault:\n%s", name, strings.Join(differences, "\n"))
		}
		return name != ""
	})
	seen := map[string]bool{}
	for _, f := range slices.Concat(fieldFaults, listFaults, statusFaults, questionFaults, pathFaults, lateFaults) {
		if seen[f.name] {
			t.Errorf("two faults have the name %q", f.name)
		}
		seen[f.name] = true
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			name, differences := f.failsAt(cases)
			if name == "" {
				t.Fatal("no case finds the fault")
			}
			first, _, _ := strings.Cut(strings.Join(differences, "\n"), "\nasked:")
			t.Logf("%s: found by %s: %s", f.name, name, first)
		})
	}
}
