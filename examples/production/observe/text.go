package observe

import (
	"context"
	"net/http"
	"strconv"

	concors "github.com/concors/concors/core"
)

// An Observer is what concors.WithObserver takes.
type Observer = func(context.Context, concors.Request, concors.Decision)

// All returns an observer that calls the others, in order. If one panics, the
// request fails and the rest hear nothing of it.
func All(observers ...Observer) Observer {
	return func(ctx context.Context, r concors.Request, d concors.Decision) {
		for _, observe := range observers {
			observe(ctx, r, d)
		}
	}
}

// kind returns "preflight" or "actual". It asks the request: where no policy
// applies, a preflight is passed on, and the decision does not tell it apart.
func kind(r concors.Request) string {
	if r.Method == http.MethodOptions && len(r.RequestMethod) > 0 {
		return "preflight"
	}
	return "actual"
}

// quoted returns what a client sent as printable ASCII in quotes, of at most 80
// bytes of it. Escapes of the log format alone would not do: whoever decodes the
// line, as jq -r does, has the client's bytes in the terminal.
func quoted(s string) string {
	const most = 80
	if len(s) > most {
		return strconv.QuoteToASCII(s[:most]) + "..."
	}
	return strconv.QuoteToASCII(s)
}
