package corschi_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	corschi "github.com/concors/concors/chi"
	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
)

func TestNilPolicyPanics(t *testing.T) {
	adaptertest.WantPanic(t, "Middleware(nil)", "Middleware needs a policy", func() { corschi.Middleware(nil) })
}

// root is a router with the middleware, and h on every path.
func root(t *testing.T, h http.HandlerFunc) http.Handler {
	t.Helper()
	r := chi.NewRouter()
	r.Use(corschi.Middleware(adaptertest.AppPolicy(t)))
	r.HandleFunc("/*", h)
	return r
}

func TestHandlersGetTheWriterItself(t *testing.T) {
	w := httptest.NewRecorder()
	root(t, func(got http.ResponseWriter, _ *http.Request) {
		if got != http.ResponseWriter(w) {
			t.Errorf("the handler got a %T, want the server's own %T", got, w)
		}
	}).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
}

func TestHandlersOfTheStandardLibrary(t *testing.T) {
	adaptertest.Handlers(t, func(policy *concors.Policy, h http.Handler) http.Handler {
		r := chi.NewRouter()
		r.Use(corschi.Middleware(policy))
		r.Handle("/*", h)
		return r
	})
}

// README chi: There it sees every request, 404 and 405 included
func TestAnswersOfTheRouterHaveTheFields(t *testing.T) {
	r := chi.NewRouter()
	r.Use(corschi.Middleware(adaptertest.AppPolicy(t)))
	r.Get("/a", ok)
	adaptertest.WantReadable(t, "the router's 404", adaptertest.Ask(r, "GET", "/b"), http.StatusNotFound)
	adaptertest.WantReadable(t, "the router's 405", adaptertest.Ask(r, "PUT", "/a"), http.StatusMethodNotAllowed)
	plain := adaptertest.Ask(r, "OPTIONS", "/a")
	adaptertest.WantReadable(t, "the router's 405 of an OPTIONS that is no preflight", plain, http.StatusMethodNotAllowed)
	adaptertest.WantReadable(t, "a preflight beside no OPTIONS route", adaptertest.Preflight(r, "/a"), http.StatusNoContent)
}

// README chi: `Recoverer`, `Timeout` and `Compress` may stand on either side
func TestPanicsKeepTheFields(t *testing.T) {
	cors := corschi.Middleware(adaptertest.AppPolicy(t))
	for name, order := range map[string]chi.Middlewares{
		"Recoverer before": {quiet, middleware.Recoverer, cors},
		"Recoverer after":  {quiet, cors, middleware.Recoverer},
	} {
		r := chi.NewRouter()
		r.Use(order...)
		r.Get("/", func(http.ResponseWriter, *http.Request) { panic("asked for") })
		adaptertest.WantReadable(t, name, adaptertest.Ask(r, "GET", "/"), http.StatusInternalServerError)
	}
}
