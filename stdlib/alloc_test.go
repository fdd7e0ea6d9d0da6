//go:build !race

package corshttp_test

import (
	"net/http"
	"testing"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
)

// Here alone a million origins are built: the look-up is core's, whatever the
// router.
func TestAllocations(t *testing.T) {
	adaptertest.Budget(t, func(policy *concors.Policy) http.Handler {
		handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
		if policy == nil {
			return handler
		}
		return corshttp.Middleware(policy)(handler)
	}, adaptertest.Cost{}, 1_000_000)
}
