package concors_test

import (
	"context"
	"fmt"
	"log"

	concors "github.com/concors/concors/core"
)

// A page is blocked, and the text says why.
func ExamplePolicy_Explain() {
	policy, err := concors.NewPolicy(concors.Config{
		AllowOrigins:     []string{"https://app.example.com"},
		AllowMethods:     []string{"PUT"},
		AllowHeaders:     []string{"Content-Type", "Authorization"},
		AllowCredentials: true,
	})
	if err != nil {
		log.Fatal(err)
	}

	e := policy.Explain(context.Background(), concors.Request{
		Method: "OPTIONS", Path: "/items/1", Origin: []string{"https://app.example.com"},
		RequestMethod: []string{"PUT"}, RequestHeaders: []string{"autorization,content-type"},
	})
	fmt.Print(e)

	// Output:
	// preflight refused, header-not-allowed "autorization"
	//   passed       path         "/items/1": the policy has no paths
	//   passed       origin       "https://app.example.com": allowOrigins[0] "https://app.example.com"
	//   passed       credentials  allowCredentials "true"
	//   passed       status       preflightStatus "204": a later step fails, and therefore 403 is sent, with nothing allowed: a browser speaks of a missing Access-Control-Allow-Origin
	//   passed       method       "PUT": allowMethods[0] "PUT"
	//   failed       header       "autorization": not covered by allowHeaders: allowHeaders[1] "Authorization" is one letter away
	//   not-reached  header       "content-type"
	// answer: 403
	//   Vary: "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"
}

// What an explanation holds is data, too.
func ExampleExplanation_Failed() {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"http://app.example.com"}})
	if err != nil {
		log.Fatal(err)
	}

	e := policy.Explain(context.Background(), concors.Request{
		Method: "GET", Path: "/", Origin: []string{"https://app.example.com"},
	})
	if step, failed := e.Failed(); failed {
		fmt.Printf("%s of %q: %s\n", step.Check, step.Asked, step.Note)
	}

	// Output:
	// origin of "https://app.example.com": allowOrigins[0] "http://app.example.com" has another scheme
}

// The processes of a fleet have the same policy if they have the same
// fingerprint. Where the origins come from a store that keeps no order, that
// makes no difference.
func ExamplePolicy_Fingerprint() {
	here, err := concors.NewPolicy(concors.Config{
		AllowOrigins: []string{"https://app.example.com", "https://shop.example.com"},
	})
	if err != nil {
		log.Fatal(err)
	}
	there, err := concors.NewPolicy(concors.Config{
		AllowOrigins: []string{"https://shop.example.com", "https://app.example.com"},
	})
	if err != nil {
		log.Fatal(err)
	}

	fmt.Println(here.Fingerprint(), here.Fingerprint() == there.Fingerprint())

	// Output:
	// a9cc7c493aa8a580 true
}

// A stricter policy is tried on what really comes, before it is in force.
func ExamplePolicy_Shadow() {
	candidate, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}})
	if err != nil {
		log.Fatal(err)
	}
	report := func(_ context.Context, r concors.Request, inForce, candidate concors.Decision) {
		fmt.Printf("%s from %q: %s now, %s then\n", r.Method, r.Origin, inForce.Reason(), candidate.Reason())
	}
	policy, err := concors.NewPolicy(
		concors.Config{AllowOrigins: []string{"https://*.example.com"}},
		concors.WithObserver(candidate.Shadow(report)),
	)
	if err != nil {
		log.Fatal(err)
	}

	for _, origin := range []string{"https://app.example.com", "https://old.example.com"} {
		policy.Decide(context.Background(), concors.Request{Method: "GET", Path: "/", Origin: []string{origin}})
	}

	// Output:
	// GET from ["https://old.example.com"]: allowed now, origin-not-allowed then
}
