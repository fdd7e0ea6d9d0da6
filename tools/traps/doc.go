// Package traps ties what the READMEs of the adapters say of their routers to
// tests. The comment of a test quotes the first words of a trap, or of another
// sentence that it proves:
//
//	// README gin: groups and routes hide the preflight
//
// A trap without a test, a test of a trap that no README tells, and words that a
// README has no longer are faults.
package traps
