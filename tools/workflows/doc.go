// Package workflows holds tests of the files that GitHub reads: they call the
// same targets as CI does elsewhere, and forget no module.
package workflows
