package corshttp

import (
	"net/http"

	concors "github.com/concors/concors/core"
)

// Middleware returns a middleware that answers preflights by policy and gives
// every other response its CORS header fields before the next handler runs. It
// wraps no writer. Mount it round the whole router, so that it sees requests
// that no route matches. It is safe for concurrent use. A nil policy panics.
//
// It is not inlined, since the compiler inlines nothing into the copy of the
// handler that the caller's package would get.
//
//go:noinline
func Middleware(policy *concors.Policy) func(http.Handler) http.Handler {
	if policy == nil {
		panic("corshttp: Middleware needs a policy, got nil")
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if status := policy.Answer(w.Header(), r); status != 0 {
				w.WriteHeader(status)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
