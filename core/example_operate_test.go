package concors_test

import (
	"context"
	"fmt"
	"log"

	concors "github.com/concors/concors/core"
)

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
