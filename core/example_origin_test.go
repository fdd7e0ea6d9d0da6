package concors_test

import (
	"context"
	"fmt"
	"log"

	concors "github.com/concors/concors/core"
)

// An Origin is comparable, so it can be the key of a map.
func ExampleOrigin() {
	partners := map[concors.Origin]bool{
		{Scheme: "https", Host: "shop.example.org"}:              true,
		{Scheme: "https", Host: "shop.example.test", Port: 8443}: true,
	}
	policy, err := concors.NewPolicy(concors.Config{}, concors.WithOriginFunc(
		func(_ context.Context, o concors.Origin, _ concors.Request) bool { return partners[o] },
	))
	if err != nil {
		log.Fatal(err)
	}

	for _, origin := range []string{"https://shop.example.org", "https://shop.example.test:8443", "https://shop.example.test"} {
		d := policy.Decide(context.Background(), concors.Request{Method: "GET", Path: "/", Origin: []string{origin}})
		fmt.Println(origin, d.Allowed())
	}

	// Output:
	// https://shop.example.org true
	// https://shop.example.test:8443 true
	// https://shop.example.test false
}

// The text is what a browser sends: no usual port, and no slash at the end.
func ExampleOrigin_String() {
	fmt.Println(concors.Origin{Scheme: "https", Host: "app.example.com"})
	fmt.Println(concors.Origin{Scheme: "http", Host: "[::1]", Port: 3000})

	// Output:
	// https://app.example.com
	// http://[::1]:3000
}

// A server that reuses its buffers copies a request only where somebody may
// keep it.
func ExamplePolicy_Retains() {
	cfg := concors.Config{AllowOrigins: []string{"https://app.example.com"}}
	plain, err := concors.NewPolicy(cfg)
	if err != nil {
		log.Fatal(err)
	}
	observed, err := concors.NewPolicy(cfg, concors.WithObserver(
		func(context.Context, concors.Request, concors.Decision) {},
	))
	if err != nil {
		log.Fatal(err)
	}

	fmt.Println(plain.Retains(), observed.Retains())

	// Output:
	// false true
}
