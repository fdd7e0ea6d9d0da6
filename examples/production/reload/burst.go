package reload

import "time"

// A burst is a run of events that is answered once: when it has been quiet for a
// while, or at the limit, however many events still come.
type burst struct {
	quiet, limit time.Duration
	began        time.Time // zero between two bursts
}

// wait returns how long to wait after an event before the file is read.
func (b *burst) wait(now time.Time) time.Duration {
	if b.began.IsZero() {
		b.began = now
	}
	return max(0, min(b.quiet, b.began.Add(b.limit).Sub(now)))
}

func (b *burst) end() { b.began = time.Time{} }
