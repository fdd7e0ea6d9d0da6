package corshttp_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/concors/concors/conformance"
	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
)

func TestConformance(t *testing.T) {
	conformance.Run(t, func(t *testing.T, policies []*concors.Policy) string {
		handler := conformance.Routes(corshttp.StripUpstream)
		for _, policy := range slices.Backward(policies) {
			handler = corshttp.Middleware(policy)(handler)
		}
		server := httptest.NewServer(recovered(handler))
		t.Cleanup(server.Close)
		return server.Listener.Addr().String()
	})
}

// recovered answers 500 where a handler panics; net/http has no such thing.
func recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if recover() != nil {
				w.WriteHeader(http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}
