package peers

import (
	"io"
	"log"
	"net/http"

	"github.com/gorilla/handlers"
	"github.com/gorilla/mux"
)

// onMux has the routes on gorilla/mux, with the middleware around the whole
// router, as the example of handlers.CORS has it.
func onMux(middleware func(http.Handler) http.Handler) http.Handler {
	r := mux.NewRouter().SkipClean(true) // some cases ask for paths that it would redirect
	r.NotFoundHandler = ran(http.NotFound)
	r.MethodNotAllowedHandler = ran(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusMethodNotAllowed) })
	r.HandleFunc("/getonly", suite.ServeHTTP).Methods(http.MethodGet)
	r.MatcherFunc(func(r *http.Request, _ *mux.RouteMatch) bool {
		return r.URL.Path != "/missing" && r.URL.Path != "/getonly"
	}).HandlerFunc(suite.ServeHTTP)
	quiet := handlers.RecoveryLogger(log.New(io.Discard, "", 0))
	return handlers.RecoveryHandler(quiet)(middleware(r))
}
