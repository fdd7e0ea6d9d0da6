// A server whose configuration moves without a decision.
package main

import (
	"log"
	"net/http"

	"github.com/rs/cors"
)

func main() {
	c := cors.New(cors.Options{
		AllowedOrigins:   []string{"https://app.example.com/"},
		AllowedMethods:   []string{http.MethodHead, http.MethodGet, http.MethodPost, http.MethodPatch},
		AllowedHeaders:   []string{"Origin", "Authorization"},
		AllowCredentials: true,
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:8080", c.Handler(http.NotFoundHandler())))
}
