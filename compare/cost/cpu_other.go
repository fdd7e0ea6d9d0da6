//go:build !unix

package cost

import "time"

var started = time.Now()

// cpuTime is the time on the clock where there is no getrusage: use a machine
// that does nothing else.
func cpuTime() time.Duration { return time.Since(started) }
