// Package explain answers the question "why would this request be refused?" for
// the person on call: over HTTP on an admin port, and for a request pasted into
// a ticket. Both are [concors.Policy.Explain], which decides as the middleware
// does and tells no observer, so that a question is not counted as traffic.
// Either file may be copied by itself.
package explain
