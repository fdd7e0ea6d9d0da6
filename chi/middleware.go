package corschi

import (
	"net/http"

	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
)

// Middleware returns a middleware for Use of the root router: it answers
// preflights by policy and gives every other response its CORS header fields
// before the next handler runs. It is safe for concurrent use. A nil policy
// panics.
func Middleware(policy *concors.Policy) func(http.Handler) http.Handler {
	return corshttp.Middleware(policy)
}
