// Package corshttp carries a Concors policy into net/http: a middleware, a
// helper for reverse proxies, and an origin check for WebSocket upgraders.
//
// Wrap the whole mux, not a route of it. A pattern with a method, such as
// "PUT /v1/items", never sees the preflight, which is an OPTIONS request: the
// mux answers it with 405 before any middleware of that route runs.
//
//	handler := corshttp.Middleware(policy)(mux)
package corshttp
