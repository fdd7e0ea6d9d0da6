// Package examples looks for exported names without a runnable example. An
// example is what most readers of a reference look for first, and a test keeps
// it right; that each name has one is what this package keeps.
package examples
