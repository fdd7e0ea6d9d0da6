//go:build unix

package cpu

import (
	"syscall"
	"time"
)

// Time is what the process has used of all processors, the collector's share
// included. What other programs take meanwhile does not count.
func Time() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err) // it has no other fault than wrong arguments
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
