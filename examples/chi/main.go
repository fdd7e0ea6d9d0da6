// Command chi serves the example API with chi.
package main

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	corschi "github.com/concors/concors/chi"
	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/internal/demo"
)

func main() { demo.Main("chi", serve) }

func serve(policy *concors.Policy) demo.Server {
	r := chi.NewRouter()
	// An access logger belongs here, first: behind the policy it sees no
	// preflight. Take one that quotes the path, which chi's own does not.
	//
	// The policy is on the root router, before the routes: an inline group or a
	// single route never sees a preflight.
	r.Use(middleware.Recoverer, corschi.Middleware(policy))

	r.Get("/hello", hello)
	r.Post("/hello", hello)
	r.Put("/hello", hello)
	r.Patch("/hello", hello)
	r.Delete("/hello", hello)
	r.HandleFunc("/error", func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "the handler failed", http.StatusInternalServerError)
	})
	r.HandleFunc("/panic", func(http.ResponseWriter, *http.Request) { panic("the handler panicked") })
	r.Options("/options", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("own")) })

	server := &http.Server{Handler: r, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: time.Minute}
	return demo.Server{Serve: server.Serve, Shutdown: server.Shutdown}
}

func hello(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Request-Id", demo.NewRequestID())
	w.Header().Set("ETag", demo.ETag)
	w.Header().Add("Vary", "Accept-Encoding") // added: Set would remove the Origin that caches need
	json.NewEncoder(w).Encode(map[string]string{"message": "hello from chi"})
}
