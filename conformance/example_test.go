package conformance_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/concors/concors/conformance"
	concors "github.com/concors/concors/core"
)

// TestConformance is what the test of a middleware looks like.
func TestConformance(t *testing.T) {
	conformance.Run(t, func(t *testing.T, policies []*concors.Policy) string {
		handler := routes
		for _, policy := range slices.Backward(policies) {
			handler = middleware(policy, handler)
		}
		server := httptest.NewServer(recovered(handler))
		t.Cleanup(server.Close)
		return server.Listener.Addr().String()
	})
}

// middleware is what is tested, here the one for net/http in short.
func middleware(policy *concors.Policy, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if status := policy.Answer(w.Header(), r); status != 0 {
			w.WriteHeader(status)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// routes are the handlers that the cases expect behind the middleware. One is a
// reverse proxy, behind which the other server's own fields are deleted.
var routes = conformance.Routes(func(upstream *http.Response) error {
	maps.DeleteFunc(upstream.Header, func(name string, _ []string) bool {
		return strings.HasPrefix(name, "Access-Control-")
	})
	return nil
})

// recovered turns a panic into an answer 500, as routers' middleware does.
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
