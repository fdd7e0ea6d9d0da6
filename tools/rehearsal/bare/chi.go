//go:build ignore

package main

import (
	"fmt"
	"log"
	"net/http"

	"github.com/go-chi/chi/v5"
)

func main() {
	r := chi.NewRouter()
	r.Put("/items/{id}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "stored") })
	log.Fatal(http.ListenAndServe("127.0.0.1:8080", r))
}
