package corschi_test

import (
	"fmt"
	"log"
	"net/http"

	"github.com/go-chi/chi/v5"

	corschi "github.com/concors/concors/chi"
	concors "github.com/concors/concors/core"
)

func Example() {
	policy, err := concors.NewPolicy(concors.Config{
		AllowOrigins: []string{"https://app.example.com"},
		AllowMethods: []string{"PUT", "DELETE"},
		AllowHeaders: []string{"Authorization", "Content-Type"},
	})
	if err != nil {
		log.Fatal(err) // every fault, one a line
	}
	r := chi.NewRouter()
	r.Use(corschi.Middleware(policy))
	r.Put("/items/{id}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "stored") })
	log.Fatal(http.ListenAndServe("127.0.0.1:8080", r))
}
