package observe

import (
	"context"

	concors "github.com/concors/concors/core"
)

// Hint says what a developer can do about a refusal. It has no word of the
// client's, nor of the policy.
func Hint(reason concors.Reason) string {
	switch reason {
	case concors.ReasonOriginNotAllowed:
		return "ask for this page's origin in allowOrigins: scheme, host and port must be the same"
	case concors.ReasonNullOrigin:
		return "the page is a local file or in a sandboxed frame: serve it over HTTP, or give the frame allow-same-origin"
	case concors.ReasonMethodNotAllowed:
		return "ask for the method in allowMethods, or send it in upper case"
	case concors.ReasonHeaderNotAllowed:
		return "ask for the header in allowHeaders, or have the page (a tracing SDK?) not send it"
	case concors.ReasonHeadersTooLong:
		return "send fewer headers"
	case concors.ReasonPathAmbiguous:
		return "write the path plainly: no empty or dot segment, and its beginning letter by letter as the key of paths"
	case concors.ReasonOriginFuncLate:
		return "try again: the look-up of the origin took too long"
	case concors.ReasonOriginMalformed, concors.ReasonSeveralOrigins, concors.ReasonMethodMalformed, concors.ReasonHeaderMalformed:
		return "no browser sends this: look for a proxy or a client that writes the field by itself"
	}
	return ""
}

type answerKey struct{}

// WithAnswer lets [Tell] set a field of the response. A middleware outside the
// policy's calls it for each request:
//
//	r = r.WithContext(observe.WithAnswer(r.Context(), w.Header().Set)) // net/http
//	c.SetUserContext(observe.WithAnswer(c.UserContext(), c.Set))       // fiber
func WithAnswer(ctx context.Context, set func(name, value string)) context.Context {
	return context.WithValue(ctx, answerKey{}, set)
}

// Tell answers a refused request with the field Cors-Refused: the reason and its
// hint. The page cannot read it, as little as the rest of the answer, but the
// person before the browser's developer tools can, and so can curl. It tells
// nothing that a client could not find out by asking.
func Tell(ctx context.Context, _ concors.Request, d concors.Decision) {
	set, ok := ctx.Value(answerKey{}).(func(name, value string))
	if ok && !d.Allowed() {
		set("Cors-Refused", string(d.Reason())+"; "+Hint(d.Reason()))
	}
}
