package observe

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	concors "github.com/concors/concors/core"
)

// Span adds to the current span what was decided: cors.kind, cors.reason,
// cors.path if a key of Paths covers the request, cors.origin if it is one, and
// for a refusal cors.detail, quoted. A refusal is no error of the server, so the
// status of the span stays as it is.
//
// The middleware that starts the span must be mounted outside the policy's, or
// preflights have none. On fiber it must put the span into c.UserContext().
func Span(ctx context.Context, r concors.Request, d concors.Decision) {
	span := trace.SpanFromContext(ctx)
	if !span.IsRecording() {
		return // not sampled: nothing is allocated
	}
	attributes := make([]attribute.KeyValue, 0, 5)
	attributes = append(attributes,
		attribute.String("cors.kind", kind(r)),
		attribute.String("cors.reason", string(d.Reason())))
	if key := d.Path(); key != "" {
		attributes = append(attributes, attribute.String("cors.path", key))
	}
	if origin := r.Origin[0]; len(r.Origin) == 1 && isPlain(origin) {
		attributes = append(attributes, attribute.String("cors.origin", origin))
	}
	if !d.Allowed() {
		attributes = append(attributes, attribute.String("cors.detail", quoted(d.Detail())))
	}
	span.SetAttributes(attributes...)
}

// isPlain reports whether s is short and has only letters that an origin has.
// That the policy allowed it says neither: "*" allows whatever is sent, a
// megabyte that is no UTF-8 among it, for which an exporter may drop the whole
// batch.
func isPlain(s string) bool {
	const longest = 300 // a host has 253 bytes at most
	if s == "" || len(s) > longest {
		return false
	}
	for _, c := range []byte(s) {
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		case c == '.', c == '-', c == '_', c == '+', c == ':', c == '/', c == '[', c == ']':
		default:
			return false
		}
	}
	return true
}
