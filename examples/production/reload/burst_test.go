package reload

import (
	"testing"
	"time"
)

// TestBurst shows that events put the reading off, but not for ever, and that
// the next burst begins anew.
func TestBurst(t *testing.T) {
	b := burst{quiet: 100 * time.Millisecond, limit: time.Second}
	start := time.Unix(1, 0)
	for _, event := range []struct{ at, want time.Duration }{
		{0, 100 * time.Millisecond},
		{90 * time.Millisecond, 100 * time.Millisecond},
		{850 * time.Millisecond, 100 * time.Millisecond},
		{940 * time.Millisecond, 60 * time.Millisecond},
		{time.Second, 0},
		{2 * time.Second, 0},
	} {
		if got := b.wait(start.Add(event.at)); got != event.want {
			t.Errorf("after an event at %v: wait %v, want %v", event.at, got, event.want)
		}
	}
	b.end()
	if got := b.wait(start.Add(3 * time.Second)); got != b.quiet {
		t.Errorf("at the first event of the next burst: wait %v, want %v", got, b.quiet)
	}
}
