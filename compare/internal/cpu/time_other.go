//go:build !unix

package cpu

import "time"

var started = time.Now()

// Time is the time on the clock where there is no getrusage: use a machine
// that does nothing else.
func Time() time.Duration { return time.Since(started) }
