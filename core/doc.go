// Package concors decides CORS: which answer, and which header fields, a
// request from a page on another origin gets. It knows no router and no
// server; a middleware for each router applies its decisions.
//
// A team writes one policy, as a [Config] or as a JSON file, and builds it with
// [NewPolicy], which reports every fault of it at once:
//
//	policy, err := concors.NewPolicy(concors.Config{
//		AllowOrigins: []string{"https://app.example.com"},
//		AllowMethods: []string{"PUT", "DELETE"},
//		AllowHeaders: []string{"Authorization", "Content-Type"},
//	})
//	if err != nil {
//		log.Fatal(err)
//	}
//
// The policy is then mounted at the root of a router, with the middleware of
// the module for that router. One policy may serve several routers, can be
// reloaded while requests run, and is safe for concurrent use.
//
// CORS lets a page read what it otherwise may not. It is no access control:
// a request that the policy denies still reaches its handler, unless it is a
// preflight, and whatever is not a browser ignores CORS altogether.
//
// The rules are those of the Fetch standard, https://fetch.spec.whatwg.org/,
// sections "HTTP CORS protocol", "CORS check" and "CORS-preflight fetch".
package concors
