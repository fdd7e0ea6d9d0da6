// Package e2e has real browsers judge the examples. Its tests start the five
// programs and open pages at the origins that the conformance cases name; what
// a page's fetch then learns is compared with the cases' verdicts and with the
// model of a browser in conformance/browser.
//
// The tests need installed browsers and are built with the tag e2e alone:
//
//	go test -tags e2e ./examples/e2e
//
// TestRoundTrips counts preflights, with Concors and with the routers' own
// middleware. It writes the table between the marks of the file that the
// variable ROUNDTRIPS names, a path from the root on.
//
// TestConsoleMessages compares what docs/troubleshooting.md quotes with what the
// browsers' consoles show.
//
// A browser that is not installed is skipped, unless the environment has CI set.
package e2e
