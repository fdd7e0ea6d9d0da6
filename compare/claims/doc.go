// Package claims holds what the pages in docs/migrate say of the libraries that
// people come from. Each claim is played against that library and against
// Concors, over a connection, and a row of a page names it: neither is there
// without the other.
//
// All of it is tests.
package claims
