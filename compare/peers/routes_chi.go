package peers

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

// onChi has the routes on chi.
func onChi(middleware ...func(http.Handler) http.Handler) http.Handler {
	r := chi.NewRouter()
	r.Use(recovered)
	r.Use(middleware...)
	// Sub-routers, since a route for everything stands beside them.
	r.NotFound(ran(http.NotFound))
	r.MethodNotAllowed(ran(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusMethodNotAllowed) }))
	r.Mount("/missing", chi.NewRouter())
	r.Route("/getonly", func(r chi.Router) { r.Get("/", suite.ServeHTTP) })
	r.HandleFunc("/*", suite.ServeHTTP)
	return r
}
