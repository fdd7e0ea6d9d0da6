package corshttp

import (
	"net/http"
	"strings"

	concors "github.com/concors/concors/core"
)

// StripUpstream deletes every Access-Control-* field of an upstream's response,
// trailers aside, which browsers ignore, and keeps Vary. It is made for
// ModifyResponse of a [net/http/httputil.ReverseProxy], which adds the
// upstream's fields to those that are there already; browsers refuse a response
// with two Access-Control-Allow-Origin fields. It comes too late for an upstream
// that sends a 1xx first, such as 103: the proxy then deletes our fields, unless
// its Transport hides the 1xx, as in the example. It always returns nil.
func StripUpstream(upstream *http.Response) error {
	const prefix = "Access-Control-"
	for name := range upstream.Header {
		if len(name) >= len(prefix) && strings.EqualFold(name[:len(prefix)], prefix) {
			delete(upstream.Header, name)
		}
	}
	return nil
}

// CheckOrigin returns a check for WebSocket upgraders: whether policy admits
// the one Origin of a request by a pattern that names a host, or by the origin
// function. CORS does not guard WebSockets: a browser lets every page open one,
// cookies included, so "*", patterns of any host, "null" and a request without
// Origin are refused, and pages of the server's own origin must be listed. A nil
// policy panics.
func CheckOrigin(policy *concors.Policy) func(*http.Request) bool {
	if policy == nil {
		panic("corshttp: CheckOrigin needs a policy, got nil")
	}
	return func(r *http.Request) bool {
		return policy.AllowsOrigin(r.Context(), concors.NewRequest(r))
	}
}
