package concors_test

import (
	"context"
	"fmt"
	"log"

	concors "github.com/concors/concors/core"
)

// The text of an explanation is fit for a ticket: what the client sent is
// quoted, and cut where it is long.
func ExampleExplanation_String() {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://*.example.com"}})
	if err != nil {
		log.Fatal(err)
	}

	text := policy.Explain(context.Background(), concors.Request{
		Method: "GET", Path: "/", Origin: []string{"https://app.example.com"},
	}).String()
	fmt.Print(text)

	// Output:
	// request allowed
	//   passed       path         "/": the policy has no paths
	//   passed       origin       "https://app.example.com": allowOrigins[0] "https://*.example.com"
	//   passed       credentials  allowCredentials "false": the answer has no Access-Control-Allow-Credentials: a page that fetches with credentials: "include" is blocked
	// answer: the handler's status
	//   Access-Control-Allow-Origin: "https://app.example.com"
	//   Vary: "Origin"
}

// A step that passed names the entry of the policy that let the request in.
func ExampleStep() {
	policy, err := concors.NewPolicy(concors.Config{Paths: map[string]concors.Config{
		"/api/": {AllowOrigins: []string{"https://shop.example.com", "https://app.example.com"}},
	}})
	if err != nil {
		log.Fatal(err)
	}

	e := policy.Explain(context.Background(), concors.Request{
		Method: "GET", Path: "/api/items", Origin: []string{"https://app.example.com"},
	})
	for _, step := range e.Steps {
		fmt.Println(step.Check, step.Outcome, step.Field)
	}

	// Output:
	// path passed paths["/api/"]
	// origin passed paths["/api/"].allowOrigins[1]
	// credentials passed paths["/api/"].allowCredentials
}

// Which check failed says who has to act: the owner of the policy, or the
// author of the page.
func ExampleCheck() {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}})
	if err != nil {
		log.Fatal(err)
	}

	e := policy.Explain(context.Background(), concors.Request{
		Method: "OPTIONS", Path: "/", Origin: []string{"https://app.example.com"}, RequestMethod: []string{"PUT"},
	})
	step, failed := e.Failed()
	switch {
	case !failed:
		fmt.Println("nothing to do")
	case step.Check == concors.CheckOrigin:
		fmt.Println("is this page ours?")
	case step.Check == concors.CheckMethod, step.Check == concors.CheckHeader:
		fmt.Printf("the page asks for more than the policy lists: %q\n", step.Asked)
	}

	// Output:
	// the page asks for more than the policy lists: "PUT"
}

// Behind a step that failed, nothing was looked at.
func ExampleOutcome() {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}})
	if err != nil {
		log.Fatal(err)
	}

	e := policy.Explain(context.Background(), concors.Request{
		Method: "GET", Path: "/", Origin: []string{"https://other.example.org"},
	})
	for _, step := range e.Steps {
		if step.Outcome == concors.OutcomeNotReached {
			fmt.Println(step.Check)
		}
	}

	// Output:
	// credentials
}
