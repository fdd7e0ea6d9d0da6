// Package httprouter_test adapts a router that Concors has no module for:
// github.com/julienschmidt/httprouter. Its handlers are net/http's, so the
// middleware is that of net/http, mounted around the router.
package httprouter_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/julienschmidt/httprouter"

	"github.com/concors/concors/conformance"
	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
)

func TestConformance(t *testing.T) {
	conformance.Run(t, func(t *testing.T, policies []*concors.Policy) string {
		var handler http.Handler = newRouter()
		for _, policy := range slices.Backward(policies) {
			handler = corshttp.Middleware(policy)(handler)
		}
		server := httptest.NewServer(handler)
		t.Cleanup(server.Close)
		return server.Listener.Addr().String()
	})
}

// newRouter has the routes that the router answers in a way of its own, and
// leaves the others to the suite. Around the router, the middleware comes before
// what the router does by itself: redirects, 404, 405, and its answer to OPTIONS.
func newRouter() *httprouter.Router {
	router := httprouter.New()
	routes := conformance.Routes(corshttp.StripUpstream)
	router.NotFound = routes
	router.PanicHandler = func(w http.ResponseWriter, _ *http.Request, _ any) {
		w.WriteHeader(http.StatusInternalServerError)
	}
	router.GET("/getonly", func(w http.ResponseWriter, r *http.Request, _ httprouter.Params) { routes.ServeHTTP(w, r) })
	router.MethodNotAllowed = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Handler-Ran", "yes")
		w.WriteHeader(http.StatusMethodNotAllowed)
	})
	// By itself the router would answer OPTIONS for /getonly, and redirect paths
	// with dot segments.
	router.HandleOPTIONS = false
	router.RedirectFixedPath = false
	return router
}

// Inside the router the middleware would come too late: the router answers
// what it has no route for by itself, OPTIONS among it.
func TestTrapMiddlewareOnARoute(t *testing.T) {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}, AllowMethods: []string{"PUT"}})
	if err != nil {
		t.Fatal(err)
	}
	router := httprouter.New()
	router.Handler("PUT", "/thing", corshttp.Middleware(policy)(conformance.Routes(corshttp.StripUpstream)))
	r := httptest.NewRequest("OPTIONS", "/thing", nil)
	r.Header.Set("Origin", "https://app.example.com")
	r.Header.Set("Access-Control-Request-Method", "PUT")
	w := httptest.NewRecorder()
	router.ServeHTTP(w, r)
	if w.Code != http.StatusOK || w.Header().Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("a preflight is answered with %d %v: does the router run a route's middleware for OPTIONS now?", w.Code, w.Header())
	}
	w = httptest.NewRecorder()
	corshttp.Middleware(policy)(router).ServeHTTP(w, r)
	if w.Code != http.StatusNoContent || w.Header().Get("Access-Control-Allow-Methods") != "PUT" {
		t.Errorf("around the router: %d %v, want 204 that allows PUT", w.Code, w.Header())
	}
}
