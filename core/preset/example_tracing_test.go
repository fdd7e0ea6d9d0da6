package preset_test

import (
	"fmt"

	"github.com/concors/concors/core/preset"
)

func ExampleTraceContext() {
	fmt.Println(preset.TraceContext())

	// Output:
	// [traceparent tracestate]
}

func ExampleBaggage() {
	fmt.Println(preset.Baggage())

	// Output:
	// [baggage]
}

func ExampleSentry() {
	fmt.Println(preset.Sentry())

	// Output:
	// [sentry-trace baggage]
}

func ExampleDatadog() {
	fmt.Println(preset.Datadog())

	// Output:
	// [x-datadog-trace-id x-datadog-parent-id x-datadog-origin x-datadog-sampling-priority]
}

func ExampleNewRelic() {
	fmt.Println(preset.NewRelic())

	// Output:
	// [newrelic traceparent tracestate]
}

func ExampleB3() {
	fmt.Println(preset.B3())

	// Output:
	// [b3 X-B3-TraceId X-B3-SpanId X-B3-ParentSpanId X-B3-Sampled X-B3-Flags]
}

func ExampleXRay() {
	fmt.Println(preset.XRay())

	// Output:
	// [X-Amzn-Trace-Id]
}
