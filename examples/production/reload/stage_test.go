package reload

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	concors "github.com/concors/concors/core"
)

// patience ends a test that waits for something that never comes.
const patience = time.Minute

// A stage is a watched policy file and what is logged about it.
type stage struct {
	*File
	t    *testing.T
	logs <-chan slog.Record
	// The backstop, which else does nothing in a test.
	ticks chan<- time.Time
	ended <-chan struct{}
}

// watched opens the file and watches it until the test ends.
func watched(t *testing.T, path string, changes ...func(*File)) stage {
	t.Helper()
	logs := make(chan slog.Record, 10_000)
	f, err := Open(path, concors.ParseConfig, slog.New(records(logs)))
	if err != nil {
		t.Fatal(err)
	}
	f.quiet = 20 * time.Millisecond
	for _, change := range changes {
		change(f)
	}
	ticks := make(chan time.Time)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		f.watch(ctx, ticks)
	}()
	t.Cleanup(func() {
		cancel()
		<-ended
	})
	s := stage{f, t, logs, ticks, ended}
	s.wait("policy in force")
	s.tick() // taken once the watch has begun
	return s
}

func (s stage) tick() {
	s.t.Helper()
	select {
	case s.ticks <- time.Now():
	case <-s.ended:
		s.t.Fatal("the watch has ended")
	}
}

// wait returns the next record, which must have that message.
func (s stage) wait(message string) slog.Record {
	s.t.Helper()
	r := s.next(message)
	if r.Message != message {
		s.t.Fatalf("logged %s, want %q", text(r), message)
	}
	return r
}

func (s stage) next(want string) slog.Record {
	s.t.Helper()
	select {
	case r := <-s.logs:
		return r
	case <-time.After(patience):
		s.t.Fatalf("nothing was logged, want %q", want)
		panic("not reached")
	}
}

// until waits for the policy of origin, whatever faults a reading in between
// finds, and returns the record of it.
func (s stage) until(origin string) slog.Record {
	s.t.Helper()
	for {
		select {
		case r := <-s.logs:
			if r.Message == "policy in force" && attr(r, "fingerprint") == fingerprintOf(s.t, origin) {
				return r
			}
		case <-time.After(patience):
			s.t.Fatalf("the policy of %s never came in force: %+v", origin, s.Status())
		}
	}
}

// allows checks that the policy in force is the one of origin alone.
func (s stage) allows(origin string) {
	s.t.Helper()
	if got := s.Policy().Config().AllowOrigins; len(got) != 1 || got[0] != origin {
		s.t.Errorf("in force is a policy of %q, want %q", got, origin)
	}
}

func text(r slog.Record) string {
	out := r.Message
	r.Attrs(func(a slog.Attr) bool {
		out += fmt.Sprintf(" %s=%v", a.Key, a.Value.Any())
		return true
	})
	return out
}

func attr(r slog.Record, key string) any {
	var found any
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == key {
			found = a.Value.Any()
		}
		return true
	})
	return found
}

// records is a log that a test reads.
type records chan<- slog.Record

func (records) Enabled(context.Context, slog.Level) bool { return true }
func (c records) Handle(_ context.Context, r slog.Record) error {
	c <- r
	return nil
}
func (c records) WithAttrs([]slog.Attr) slog.Handler { return c }
func (c records) WithGroup(string) slog.Handler      { return c }

const one, two = "https://one.example.com", "https://two.example.com"

func policyOf(origin string) string { return fmt.Sprintf("{\"allowOrigins\": [%q]}\n", origin) }

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// replace changes the file in one step: every reading finds it whole.
func replace(t *testing.T, path, text string) {
	t.Helper()
	write(t, path+".new", text)
	must(t, os.Rename(path+".new", path))
}

func fingerprintOf(t *testing.T, origin string) string {
	t.Helper()
	p, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{origin}})
	must(t, err)
	return p.Fingerprint()
}

// newFile writes a policy into a directory of its own.
func newFile(t *testing.T, text string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "policy.json")
	write(t, path, text)
	return path
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}
