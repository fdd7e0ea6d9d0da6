//go:build unix

package cost

import (
	"syscall"
	"time"
)

// cpuTime is what the process has used of all processors, the collector's share
// included. What other programs take meanwhile does not count.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err) // it has no other fault than wrong arguments
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
