// A server of net/http with two policies, of which one is for partners.
package main

import (
	"log"
	"net/http"

	"github.com/rs/cors"
)

const day = 24 * 60 * 60

var partners = []string{"https://*.partner.example", "http://localhost:*", "https://*"}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /things", things)

	api := cors.New(cors.Options{
		AllowedOrigins:      []string{"https://App.example.com/", "https://admin.example.com", "https://admin.example.com"},
		AllowedMethods:      []string{http.MethodGet, http.MethodPut, "DELETE"},
		AllowedHeaders:      []string{"Origin", "Authorization", "Cookie", "Content-Type"},
		ExposedHeaders:      []string{"X-Total", "Set-Cookie"},
		AllowCredentials:    true,
		MaxAge:              day,
		AllowPrivateNetwork: true,
		OptionsPassthrough:  true,
		Debug:               true,
	})
	partner := cors.New(cors.Options{AllowedOrigins: partners, OptionsSuccessStatus: http.StatusOK, MaxAge: -1})

	root := http.NewServeMux()
	root.Handle("/api/", api.Handler(mux))
	root.Handle("/partner/", partner.Handler(mux))
	root.Handle("/public/", cors.Default().Handler(mux))
	root.Handle("/open/", cors.AllowAll().Handler(mux))
	log.Fatal(http.ListenAndServe("127.0.0.1:8080", root))
}

func things(w http.ResponseWriter, _ *http.Request) {
	w.WriteHeader(http.StatusNoContent)
}
