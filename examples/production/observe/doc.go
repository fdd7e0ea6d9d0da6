// Package observe shows what a policy decides to the person who runs the
// service: as Prometheus counters, as attributes of OpenTelemetry spans, as log
// lines whose number is limited, and as a response field that the browser's
// developer tools show. Each is an observer for concors.WithObserver, each file
// may be copied by itself with text.go; [All] makes one of several.
//
// An observer runs before the answer is written, for every request that has an
// Origin field: it must be quick, and its panic is the request's. What the client
// sent is cut and quoted wherever it is written; metric labels never have it.
package observe
