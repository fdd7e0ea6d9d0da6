package corshttp_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
)

// Each answer is wholly the one or wholly the other policy's, whatever handlers
// and outer middleware do to the header slices of the answers around it.
func TestConcurrentAnswersShareNothing(t *testing.T) {
	adaptertest.Storm(t, func(policy *concors.Policy) http.Handler {
		return corshttp.Middleware(policy)(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusOK)
			adaptertest.Overwrite(w.Header())
		}))
	})
}

// What a handler appends to a field does not end up in another.
func TestAppendingToAFieldLeavesItsNeighbours(t *testing.T) {
	policy := adaptertest.NewPolicy(t, concors.Config{
		AllowOrigins: []string{adaptertest.App}, ExposeHeaders: []string{"X-Total"}, AllowCredentials: true,
	})
	adaptertest.Ask(corshttp.Middleware(policy)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		before := h.Clone()
		for name := range h {
			h.Add(name, "appended")
		}
		for name, values := range h {
			if want := append(before[name], "appended"); !slices.Equal(values, want) {
				t.Errorf("%s: %q, want %q", name, values, want)
			}
		}
		if got := len(h); got != 4 {
			t.Errorf("%d fields %q, want 4", got, h)
		}
	})), "GET", "/")
}
