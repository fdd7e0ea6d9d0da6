package corshttp_test

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
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
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /items/{id}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "stored") })
	log.Fatal(http.ListenAndServe("127.0.0.1:8080", corshttp.Middleware(policy)(mux)))
}

// The upgrader of gorilla/websocket takes the check as its CheckOrigin.
func ExampleCheckOrigin() {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}})
	if err != nil {
		log.Fatal(err)
	}
	allowed := corshttp.CheckOrigin(policy)
	for _, origin := range []string{"https://app.example.com", "https://other.example.org"} {
		r := httptest.NewRequest("GET", "/ws", nil)
		r.Header.Set("Origin", origin)
		fmt.Println(origin, allowed(r))
	}
	// Output:
	// https://app.example.com true
	// https://other.example.org false
}
