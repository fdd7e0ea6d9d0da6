// Package adaptertest holds what the tests of the adapters share, beside the
// suite of cases: a page that asks, in-process or over the wire, and what it
// wants of an answer; [Budget], which holds an adapter to its allocations;
// [Storm], which holds it to answers that share nothing; and [Handlers], which
// holds it to what handlers may do. It serves adapters for routers whose servers
// are handlers of net/http.
package adaptertest
