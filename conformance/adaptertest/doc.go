// Package adaptertest holds what the tests of the adapters share, beside the
// suite of cases: a page that asks, in-process or over the wire, and what it
// wants of an answer; [Budget], which holds an adapter to its allocations; and
// [Storm], which holds it to answers that share nothing. It serves adapters for
// routers whose servers are handlers of net/http.
package adaptertest
