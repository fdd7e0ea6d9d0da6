// Package program builds and runs the example programs for the tests of this
// module, which ask them over the wire.
package program
