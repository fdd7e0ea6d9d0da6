package concors_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	concors "github.com/concors/concors/core"
)

// A server that reuses its buffers hands in what changes later. The copy
// is made only if somebody may keep it.
func ExampleRequest_Clone() {
	var kept concors.Request
	policy, err := concors.NewPolicy(
		concors.Config{AllowOrigins: []string{"https://app.example.com"}},
		concors.WithObserver(func(_ context.Context, r concors.Request, _ concors.Decision) { kept = r }),
	)
	if err != nil {
		log.Fatal(err)
	}

	lines := []string{"https://app.example.com"} // in memory that the server uses again
	r := concors.Request{Method: "GET", Path: "/items/1", Origin: lines}
	if policy.Retains() {
		r = r.Clone()
	}
	policy.Decide(context.Background(), r)
	lines[0] = "https://other.example.org" // the next request

	fmt.Println(kept.Origin)

	// Output:
	// [https://app.example.com]
}

// Config gives a copy of what is in force: the place to start from for a
// change. Until Reload takes it, nothing changes.
func ExamplePolicy_Config() {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}})
	if err != nil {
		log.Fatal(err)
	}

	cfg := policy.Config()
	cfg.AllowOrigins = append(cfg.AllowOrigins, "https://shop.example.com")
	fmt.Println(strings.Join(policy.Config().AllowOrigins, " "))

	if err := policy.Reload(cfg); err != nil {
		log.Fatal(err)
	}
	fmt.Println(strings.Join(policy.Config().AllowOrigins, " "))

	// Output:
	// https://app.example.com
	// https://app.example.com https://shop.example.com
}
