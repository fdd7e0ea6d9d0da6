package adaptertest

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	concors "github.com/concors/concors/core"
)

// failures is a test that hears its failures and goes on.
type failures struct {
	testing.TB
	mu    sync.Mutex
	heard []string
}

func (f *failures) Helper() {}

func (f *failures) Errorf(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.heard = append(f.heard, fmt.Sprintf(format, args...))
}

func (f *failures) Error(args ...any) { f.Errorf("%s", fmt.Sprint(args...)) }

// want checks that what was heard is one failure or more that contain part, or
// none if part is empty.
func (f *failures) want(t *testing.T, what, part string) {
	t.Helper()
	if part == "" && len(f.heard) > 0 {
		t.Errorf("%s: failed with %q, want no failure", what, f.heard[0])
	}
	if part != "" && !strings.Contains(strings.Join(f.heard, "\n"), part) {
		t.Errorf("%s: failed with %q, want a failure with %q", what, f.heard, part)
	}
}

// server is what an adapter's test builds, here for net/http in short. Where
// spoil is set, it makes the answers wrong. A nil policy leaves the middleware
// out.
func server(policy *concors.Policy, handler http.HandlerFunc, spoil func(http.Header, *http.Request)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if policy != nil {
			d := policy.Decide(r.Context(), concors.NewRequest(r))
			d.Apply(w.Header())
			if spoil != nil {
				spoil(w.Header(), r)
			}
			if d.Preflight() {
				w.WriteHeader(d.Status())
				return
			}
		}
		handler(w, r)
	})
}
