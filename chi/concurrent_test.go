package corschi_test

import (
	"net/http"
	"testing"

	"github.com/go-chi/chi/v5"

	corschi "github.com/concors/concors/chi"
	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
)

// Each answer is wholly the one or wholly the other policy's, whatever handlers
// and outer middleware do to the header slices of the answers around it.
func TestConcurrentAnswersShareNothing(t *testing.T) {
	adaptertest.Storm(t, func(policy *concors.Policy) http.Handler {
		r := chi.NewRouter()
		r.Use(corschi.Middleware(policy))
		r.Get("/", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusOK)
			adaptertest.Overwrite(w.Header())
		})
		return r
	})
}
