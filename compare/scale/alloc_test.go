//go:build !race

package scale

import "testing"

// Race detection changes what is allocated, hence the build constraint.

// From the bytes of a request on: its size costs no memory, and no hostile
// request costs more of it than an ordinary preflight.
func TestHostileRequestsCostNoMemory(t *testing.T) {
	for _, h := range hostiles() {
		policy := mustPolicy(t, h.config())
		ordinary, pieces := allocated(answers(policy, preflight(page, usualNames)))
		for _, size := range h.sizes() {
			if used, n := allocated(answers(policy, h.text(size))); used > ordinary || n != pieces {
				t.Errorf("%s, %d bytes: %v allocations of %v bytes; an ordinary preflight makes %v of %v", h.id, size, n, used, pieces, ordinary)
			}
		}
	}
}
