// Package compare plays the conformance cases against the CORS middleware that
// people use today, and writes how each of them does. Command mirror is its
// front; README.md says what is compared and how.
package compare
