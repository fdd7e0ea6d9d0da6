package tenants_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/tenants"
)

// Each origin is looked up when its page comes.
func ExampleLookup() {
	store, remove := open()
	defer remove()
	lookup, err := tenants.NewLookup(store.Active, tenants.Options{Allowed: 10 * time.Second})
	if err != nil {
		log.Fatal(err)
	}
	policy, err := concors.NewPolicy(concors.Config{AllowCredentials: true}, concors.WithOriginFunc(lookup.Allow))
	if err != nil {
		log.Fatal(err)
	}
	tell(policy)
	// Output:
	// https://app.acme.example: allowed
	// https://page.example.org: origin-not-allowed
}

// The whole list is compiled, and watched.
func ExampleList() {
	store, remove := open()
	defer remove()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	list, err := tenants.NewList(ctx, store, concors.Config{AllowCredentials: true})
	if err != nil {
		log.Fatal(err)
	}
	go list.Watch(ctx, 5*time.Second, func(err error) { log.Print(err) })
	tell(list.Policy())
	// Output:
	// https://app.acme.example: allowed
	// https://page.example.org: origin-not-allowed
}

func open() (store *tenants.Store, remove func()) {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	store, err = tenants.Open(context.Background(), filepath.Join(dir, "tenants.db"))
	if err != nil {
		log.Fatal(err)
	}
	if err := store.Add(context.Background(), "acme", "https://app.acme.example"); err != nil {
		log.Fatal(err)
	}
	return store, func() {
		store.Close()
		os.RemoveAll(dir)
	}
}

func tell(policy *concors.Policy) {
	for _, page := range []string{"https://app.acme.example", "https://page.example.org"} {
		d := policy.Decide(context.Background(), concors.Request{Method: "GET", Path: "/", Origin: []string{page}})
		fmt.Printf("%s: %s\n", page, d.Reason())
	}
}
