package concors_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	concors "github.com/concors/concors/core"
)

// A router that is no http.Handler fills a Request itself; for all others there
// is NewRequest.
func ExampleNewRequest() {
	r := httptest.NewRequest("OPTIONS", "https://api.example.com/items%2F1", nil)
	r.Header.Set("Origin", "https://app.example.com")
	r.Header.Set("Access-Control-Request-Method", "PUT")

	request := concors.NewRequest(r)
	fmt.Println(request.Method, request.Host, request.Path, request.RawPath)
	fmt.Println(request.Origin, request.RequestMethod, request.RequestHeaders)

	// Output:
	// OPTIONS api.example.com /items/1 /items%2F1
	// [https://app.example.com] [PUT] []
}

// A refused request reaches its handler all the same, unless it is a preflight:
// the browser keeps the answer from the page.
func ExampleDecision_Allowed() {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}})
	if err != nil {
		log.Fatal(err)
	}

	for _, origin := range []string{"https://app.example.com", "https://other.example.org"} {
		d := policy.Decide(context.Background(), concors.Request{Method: "GET", Path: "/", Origin: []string{origin}})
		fmt.Println(origin, d.Allowed())
	}

	// Output:
	// https://app.example.com true
	// https://other.example.org false
}

// Apply keeps what stands in Vary, and deletes what an outer layer granted.
func ExampleDecision_Apply() {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}})
	if err != nil {
		log.Fatal(err)
	}

	header := http.Header{"Vary": {"Accept"}, "Access-Control-Allow-Origin": {"*"}}
	d := policy.Decide(context.Background(), concors.Request{
		Method: "GET", Path: "/", Origin: []string{"https://other.example.org"},
	})
	d.Apply(header)
	fmt.Println(header)

	// Output:
	// map[Vary:[Accept Origin]]
}

// A preflight is answered with Status and no body, and calls no handler.
func ExampleDecision_Preflight() {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}})
	if err != nil {
		log.Fatal(err)
	}

	request := concors.Request{Method: "OPTIONS", Path: "/", Origin: []string{"https://app.example.com"}}
	fmt.Println(policy.Decide(context.Background(), request).Preflight())
	request.RequestMethod = []string{"GET"}
	fmt.Println(policy.Decide(context.Background(), request).Preflight())

	// Output:
	// false
	// true
}

// Status is 0 where the handler answers.
func ExampleDecision_Status() {
	policy, err := concors.NewPolicy(concors.Config{
		AllowOrigins: []string{"https://app.example.com"},
		AllowMethods: []string{"PUT"},
	})
	if err != nil {
		log.Fatal(err)
	}

	request := concors.Request{Method: "OPTIONS", Path: "/", Origin: []string{"https://app.example.com"}}
	for _, asked := range [][]string{{"PUT"}, {"DELETE"}, nil} {
		request.RequestMethod = asked
		fmt.Println(asked, policy.Decide(context.Background(), request).Status())
	}

	// Output:
	// [PUT] 204
	// [DELETE] 403
	// [] 0
}

// The detail comes from the client: quote it wherever it is printed.
func ExampleDecision_Detail() {
	policy, err := concors.NewPolicy(concors.Config{
		AllowOrigins: []string{"https://app.example.com"},
		AllowHeaders: []string{"Authorization"},
	})
	if err != nil {
		log.Fatal(err)
	}

	d := policy.Decide(context.Background(), concors.Request{
		Method: "OPTIONS", Path: "/", Origin: []string{"https://app.example.com"},
		RequestMethod: []string{"GET"}, RequestHeaders: []string{"authorization,baggage"},
	})
	fmt.Printf("%s %q\n", d.Reason(), d.Detail())

	// Output:
	// header-not-allowed "baggage"
}

// The key of Paths that applied is fit for the label of a metric, which the
// path itself is not.
func ExampleDecision_Path() {
	policy, err := concors.NewPolicy(concors.Config{Paths: map[string]concors.Config{
		"/api/":    {AllowOrigins: []string{"https://app.example.com"}},
		"/public/": {AllowOrigins: []string{"*"}},
	}})
	if err != nil {
		log.Fatal(err)
	}

	for _, path := range []string{"/api/items/1", "/public/logo.svg", "/health"} {
		d := policy.Decide(context.Background(), concors.Request{
			Method: "GET", Path: path, Origin: []string{"https://app.example.com"},
		})
		fmt.Printf("%s %q %s\n", path, d.Path(), d.Reason())
	}

	// Output:
	// /api/items/1 "/api/" allowed
	// /public/logo.svg "/public/" allowed
	// /health "" no-policy
}

// The reason of a decision is one of a few stable names.
func ExampleDecision_Reason() {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}})
	if err != nil {
		log.Fatal(err)
	}

	refused := make(map[concors.Reason]int)
	for _, origin := range []string{"null", "https://app.example.com/", "https://other.example.org", "https://app.example.com"} {
		d := policy.Decide(context.Background(), concors.Request{Method: "GET", Path: "/", Origin: []string{origin}})
		if !d.Allowed() {
			refused[d.Reason()]++
		}
	}
	fmt.Println(refused)

	// Output:
	// map[null-origin:1 origin-malformed:1 origin-not-allowed:1]
}

// Where a program reacts to a reason, it names the constant.
func ExampleReason() {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}})
	if err != nil {
		log.Fatal(err)
	}

	d := policy.Decide(context.Background(), concors.Request{Method: "GET", Path: "/", Origin: []string{"null"}})
	if d.Reason() == concors.ReasonNullOrigin {
		fmt.Println("a sandboxed frame, or a page that was opened as a file")
	}

	// Output:
	// a sandboxed frame, or a page that was opened as a file
}
