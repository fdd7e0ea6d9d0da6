//go:build !race

package corschi_test

import (
	"net/http"
	"testing"

	"github.com/go-chi/chi/v5"

	corschi "github.com/concors/concors/chi"
	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
)

func TestAllocations(t *testing.T) {
	adaptertest.Budget(t, func(policy *concors.Policy) http.Handler {
		middleware := preflightless
		if policy != nil {
			middleware = corschi.Middleware(policy)
		}
		r := chi.NewRouter()
		r.Use(middleware)
		r.Get("/a/b", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
		return r
	}, adaptertest.Cost{})
}

// preflightless is the least that ends an OPTIONS request before routing, as
// the middleware does.
func preflightless(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodOptions {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}
