// Package conformance is the suite of cases that every Concors middleware must
// pass, whatever its router: text files that say what is asked over the wire
// and what must be answered, and a runner that plays them.
//
// The test of a middleware calls [Run] with a function that starts a server. A
// server in another process or language is tested with [RunServer]. [Cases]
// gives the text files to other tools; the README of this module describes
// their format.
//
// The runner speaks HTTP/1.1 over loopback connections itself, since a client
// library would hide what matters here: the spelling of field names, fields
// that come twice, bytes that no client sends.
package conformance
