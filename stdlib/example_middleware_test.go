package corshttp_test

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
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
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /items/{id}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "stored") })
	handler := corshttp.Middleware(policy)(mux)

	// What a browser asks before a page of the app may send its PUT.
	preflight := httptest.NewRequest("OPTIONS", "/items/1", nil)
	preflight.Header.Set("Origin", "https://app.example.com")
	preflight.Header.Set("Access-Control-Request-Method", "PUT")
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, preflight)
	fmt.Println(answer.Code, answer.Header().Get("Access-Control-Allow-Methods"))

	// Output:
	// 204 PUT
}
