package preset

// The lists here are for AllowHeaders: what scripts in the page add to requests
// so that a trace goes on in the server.

// TraceContext is what OpenTelemetry and others send: W3C Trace Context,
// https://www.w3.org/TR/trace-context/.
func TraceContext() []string { return []string{"traceparent", "tracestate"} }

// Baggage is the header of W3C Baggage, https://www.w3.org/TR/baggage/.
func Baggage() []string { return []string{"baggage"} }

// Sentry is what its SDKs send unless they are told to send more,
// https://docs.sentry.io/platforms/javascript/tracing/distributed-tracing/dealing-with-cors-issues/.
func Sentry() []string { return []string{"sentry-trace", "baggage"} }

// Datadog is what its SDK for browsers sends for the propagator "datadog",
// https://docs.datadoghq.com/real_user_monitoring/correlate_with_other_telemetry/apm/.
// Its other propagators are those of [TraceContext] and [B3].
func Datadog() []string {
	return []string{"x-datadog-trace-id", "x-datadog-parent-id", "x-datadog-origin", "x-datadog-sampling-priority"}
}

// NewRelic is what its agent for browsers sends across origins,
// https://docs.newrelic.com/docs/distributed-tracing/ui-data/browser-data/.
func NewRelic() []string { return []string{"newrelic", "traceparent", "tracestate"} }

// B3 is what Zipkin's clients send, in one header or in several,
// https://github.com/openzipkin/b3-propagation.
func B3() []string {
	return []string{"b3", "X-B3-TraceId", "X-B3-SpanId", "X-B3-ParentSpanId", "X-B3-Sampled", "X-B3-Flags"}
}

// XRay is what CloudWatch RUM sends for AWS X-Ray,
// https://docs.aws.amazon.com/xray/latest/devguide/xray-services-RUM.html.
func XRay() []string { return []string{"X-Amzn-Trace-Id"} }
