//go:build !unix

package scale

import "time"

var start = time.Now()

// cpuTime is the clock's where there is no getrusage: measure on a machine that
// is idle else.
func cpuTime() time.Duration { return time.Since(start) }
