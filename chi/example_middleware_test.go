package corschi_test

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/go-chi/chi/v5"

	corschi "github.com/concors/concors/chi"
	concors "github.com/concors/concors/core"
)

// Two areas of one server, each with its policy, and one middleware on the root:
// the preflight of PUT is answered though no route takes OPTIONS.
func ExampleMiddleware() {
	policy, err := concors.NewPolicy(concors.Config{Paths: map[string]concors.Config{
		"/items/":  {AllowOrigins: []string{"https://app.example.com"}, AllowMethods: []string{"PUT"}},
		"/public/": {AllowOrigins: []string{"*"}},
	}})
	if err != nil {
		log.Fatal(err)
	}
	r := chi.NewRouter()
	r.Use(corschi.Middleware(policy))
	r.Route("/items", func(r chi.Router) {
		r.Put("/{id}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "stored") })
	})

	// What a browser asks before a page of the app may send its PUT.
	preflight := httptest.NewRequest("OPTIONS", "/items/1", nil)
	preflight.Header.Set("Origin", "https://app.example.com")
	preflight.Header.Set("Access-Control-Request-Method", "PUT")
	answer := httptest.NewRecorder()
	r.ServeHTTP(answer, preflight)
	fmt.Println(answer.Code, answer.Header().Get("Access-Control-Allow-Methods"))

	// Output:
	// 204 PUT
}
