// A chi server that imports the middleware's names into its own.
package main

import (
	"log"
	"net/http"

	"github.com/go-chi/chi/v5"
	. "github.com/go-chi/cors"
)

func main() {
	r := chi.NewRouter()
	r.Use(Handler(Options{
		AllowedOrigins:   []string{"https://*", "http://*"},
		AllowedMethods:   []string{"get", "Post", "PUT", "DELETE", "OPTIONS"},
		AllowedHeaders:   []string{"Accept", "Authorization", "Content-Type", "X-CSRF-Token"},
		ExposedHeaders:   []string{"Link"},
		AllowCredentials: false,
		MaxAge:           300,
	}))
	r.Route("/tenant", func(r chi.Router) {
		r.Use(New(Options{AllowOriginFunc: allowTenant, AllowCredentials: true, MaxAge: -1, Debug: true}).Handler)
		r.Get("/", func(http.ResponseWriter, *http.Request) {})
	})
	r.Route("/open", func(r chi.Router) {
		r.Use(AllowAll().Handler)
		r.Get("/", func(http.ResponseWriter, *http.Request) {})
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:8080", r))
}

func allowTenant(r *http.Request, origin string) bool {
	return origin == "https://"+r.Header.Get("X-Tenant")+".example.com"
}
