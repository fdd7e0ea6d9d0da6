package observe_test

import (
	"context"
	"maps"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel/codes"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/concors/concors/examples/production/internal/routers"
	"github.com/concors/concors/examples/production/observe"
)

type spanCase struct {
	request string
	want    map[string]string
}

var spanCases = []spanCase{
	{get("/"), map[string]string{}},
	{get("/", app), map[string]string{
		"cors.kind": "actual", "cors.reason": "allowed", "cors.origin": app}},
	{preflight("/", app, "PUT", "x-a"), map[string]string{
		"cors.kind": "preflight", "cors.reason": "allowed", "cors.origin": app}},
	{get("/", evil), map[string]string{
		"cors.kind": "actual", "cors.reason": "origin-not-allowed", "cors.origin": evil, "cors.detail": `"https://evil.example"`}},
	{preflight("/", app, "PUT", "x-a,x-b"), map[string]string{
		"cors.kind": "preflight", "cors.reason": "header-not-allowed", "cors.origin": app, "cors.detail": `"x-b"`}},
	{preflight("/", app, "P\"T", ""), map[string]string{
		"cors.kind": "preflight", "cors.reason": "method-malformed", "cors.origin": app, "cors.detail": `"P\"T"`}},
	{preflight("/public/x", evil, "GET", ""), map[string]string{
		"cors.kind": "preflight", "cors.reason": "allowed", "cors.path": "/public/", "cors.origin": evil}},
	{preflight("/off/x", evil, "GET", ""), map[string]string{
		"cors.kind": "preflight", "cors.reason": "no-policy", "cors.path": "/off/", "cors.origin": evil}},
	// "*" allows what is no origin, and a span must not carry it.
	{get("/public/x", "https://"+strings.Repeat("a", 1_000_000)), map[string]string{
		"cors.kind": "actual", "cors.reason": "allowed", "cors.path": "/public/"}},
	{get("/public/x", "https://\xff.example"), map[string]string{
		"cors.kind": "actual", "cors.reason": "allowed", "cors.path": "/public/"}},
	{get("/public/x", app, evil), map[string]string{
		"cors.kind": "actual", "cors.reason": "allowed", "cors.path": "/public/"}},
	{get("/", "https://"+strings.Repeat("\xff", 1_000_000)), map[string]string{
		"cors.kind": "actual", "cors.reason": "origin-malformed", "cors.detail": `"https://` + strings.Repeat(`\xff`, 72) + `"...`}},
	{get("/x//%0A%1B%5B2J", app), map[string]string{
		"cors.kind": "actual", "cors.reason": "path-ambiguous", "cors.origin": app, "cors.detail": `"/x//\n\x1b[2J"`}},
}

func TestSpansSayWhatWasDecided(t *testing.T) {
	recorder := tracetest.NewSpanRecorder()
	provider := sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(recorder))
	ended := make(chan struct{}, len(spanCases))
	site := routers.Site{
		Policy: newPolicy(t, observe.Span),
		Begin: func(ctx context.Context) (context.Context, func()) {
			ctx, span := provider.Tracer("test").Start(ctx, "request")
			return ctx, func() {
				span.End()
				ended <- struct{}{}
			}
		},
	}
	site.OnEach(t, func(t *testing.T, base string) {
		recorder.Reset()
		for _, c := range spanCases {
			send(t, base, c.request)
			select {
			case <-ended: // later than the answer
			case <-time.After(time.Minute):
				t.Fatal("no span ends")
			}
		}
		spans := recorder.Ended()
		if len(spans) != len(spanCases) {
			t.Fatalf("%d spans, want %d", len(spans), len(spanCases))
		}
		for i, c := range spanCases {
			c.check(t, spans[i])
		}
	})
}

func (c spanCase) check(t *testing.T, span sdktrace.ReadOnlySpan) {
	t.Helper()
	got := map[string]string{}
	for _, a := range span.Attributes() {
		got[string(a.Key)] = a.Value.AsString()
	}
	asked, _, _ := strings.Cut(c.request, "\r\n")
	if !maps.Equal(got, c.want) {
		t.Errorf("%s: the span has %.2000q, want %q", asked, got, c.want)
	}
	if status := span.Status().Code; status != codes.Unset {
		t.Errorf("%s: the span's status is %v: a refusal is no error", asked, status)
	}
}
