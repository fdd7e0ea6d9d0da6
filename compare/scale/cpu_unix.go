//go:build unix

package scale

import (
	"syscall"
	"time"
)

// cpuTime is what the process has used of all processors. Other programs do not
// count, unless they empty the caches.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err) // only wrong arguments make it fail
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
