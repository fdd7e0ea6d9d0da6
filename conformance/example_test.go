package conformance_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/concors/concors/conformance"
	concors "github.com/concors/concors/core"
)

// TestConformance is what the test of a middleware looks like.
func TestConformance(t *testing.T) {
	conformance.Run(t, func(t *testing.T, policies []*concors.Policy) string {
		var handler http.Handler = http.HandlerFunc(routes)
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
		d := policy.Decide(r.Context(), concors.NewRequest(r))
		d.Apply(w.Header())
		if d.Preflight() {
			w.WriteHeader(d.Status())
			return
		}
		next.ServeHTTP(w, r)
	})
}

// routes are the handlers that the cases expect behind the middleware.
func routes(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Handler-Ran", "yes")
	switch r.URL.Path {
	case "/error":
		w.WriteHeader(http.StatusInternalServerError)
	case "/panic":
		panic("asked for by a case")
	case "/stream":
		for range 3 {
			io.WriteString(w, "piece\n")
			http.NewResponseController(w).Flush()
		}
	case "/vary":
		w.Header().Add("Vary", "Accept-Encoding")
		io.WriteString(w, "ok\n")
	case "/notmodified":
		w.WriteHeader(http.StatusNotModified)
	case "/redirect":
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
	case "/options":
		if r.Method == http.MethodOptions {
			io.WriteString(w, "own")
			return
		}
		fallthrough
	default:
		io.WriteString(w, "ok\n")
	}
}

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
