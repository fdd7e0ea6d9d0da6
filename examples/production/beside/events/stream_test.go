package events_test

import (
	"bufio"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/concors/concors/conformance/adaptertest"
	"github.com/concors/concors/examples/production/beside/events"
)

// An event with line ends is one event all the same: what a user wrote must not
// become a field, or an event of its own.
func TestEventsCannotBeForged(t *testing.T) {
	s := newSource()
	apps(credentialed(t), s).OnEach(t, func(t *testing.T, base string) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		res := open(t, ctx, base, adaptertest.App)
		defer s.leave(t, ctx, res)
		body := bufio.NewReader(res.Body)
		s.send(t, ctx, "a\n\ndata: b\r\rretry: 1\r\nid: c")
		s.send(t, ctx, "the next")
		for _, want := range []string{"data: a  data: b  retry: 1  id: c", "data: the next"} {
			if got, err := next(body); err != nil || got != want {
				t.Fatalf("got %q, %v; want %q", got, err, want)
			}
		}
	})
}

// A page is a connection in false time. It takes writes until it is stuck, and
// then as a socket does: none, once the deadline has passed.
type page struct {
	*httptest.ResponseRecorder
	deadline time.Time
	stuck    bool
}

func (p *page) SetWriteDeadline(deadline time.Time) error {
	p.deadline = deadline
	return nil
}

func (p *page) FlushError() error {
	if p.stuck {
		time.Sleep(time.Until(p.deadline))
	}
	if !time.Now().Before(p.deadline) {
		return errors.New("the deadline has passed")
	}
	p.Flush()
	return nil
}

// watch streams to w, and returns a channel that is closed when
// the stream has ended.
func watch(t *testing.T, w http.ResponseWriter) (ended chan struct{}) {
	t.Helper()
	s := newSource()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/events", nil)
	ended = make(chan struct{})
	go func() {
		defer close(ended)
		events.Handler(s).ServeHTTP(w, r)
	}()
	return ended
}

func TestSilentStreamsAreKeptAlive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		plain := httptest.NewRecorder() // has no deadlines
		limited := &page{ResponseRecorder: httptest.NewRecorder()}
		watch(t, plain)
		watch(t, limited)
		time.Sleep(5*time.Minute + time.Second)
		synctest.Wait()
		for name, w := range map[string]*httptest.ResponseRecorder{"plain": plain, "with deadlines": limited.ResponseRecorder} {
			if got := strings.Count(w.Body.String(), ": still here\n\n"); got != 20 {
				t.Errorf("%s: %d heartbeats in five minutes, want 20", name, got)
			}
		}
	})
}

// A page that reads nothing, and does not close, must not hold its subscription.
func TestStuckPageIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := watch(t, &page{ResponseRecorder: httptest.NewRecorder(), stuck: true})
		select {
		case <-ended:
		case <-time.After(time.Minute):
			t.Error("the stream goes on")
		}
	})
}
