package explain_test

import (
	"context"
	"fmt"
	"log"
	"net/http/httptest"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/explain"
)

func Example() {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"http://app.example.com"}})
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	fmt.Print(policy.Explain(ctx, concors.Request{
		Method: "GET", Path: "/items/1", Origin: []string{"https://app.example.com"},
	}))

	// Output:
	// request refused, origin-not-allowed "https://app.example.com"
	//   passed       path         "/items/1": the policy has no paths
	//   failed       origin       "https://app.example.com": not covered by allowOrigins: allowOrigins[0] "http://app.example.com" has another scheme
	//   not-reached  credentials
	// answer: the handler's status
	//   Vary: "Origin"
}

func ExampleAdmin() {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}})
	if err != nil {
		log.Fatal(err)
	}
	admin := explain.Admin(policy)
	admin.Addr = "127.0.0.1:8081" // then go admin.ListenAndServe(), beside the site

	// curl 'http://127.0.0.1:8081/explain?origin=http://app.example.com&path=/items/1'
	r := httptest.NewRequest("GET", "http://127.0.0.1:8081/explain?origin=http://app.example.com&path=/items/1", nil)
	w := httptest.NewRecorder()
	admin.Handler.ServeHTTP(w, r)
	fmt.Print(w.Body)

	// Output:
	// request refused, origin-not-allowed "http://app.example.com"
	//   passed       path         "/items/1": the policy has no paths
	//   failed       origin       "http://app.example.com": not covered by allowOrigins: allowOrigins[0] "https://app.example.com" has another scheme
	//   not-reached  credentials
	// answer: the handler's status
	//   Vary: "Origin"
}
