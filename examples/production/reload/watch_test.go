package reload

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"

	concors "github.com/concors/concors/core"
)

// TestWrites shows the ways in which a person or a program changes the file.
func TestWrites(t *testing.T) {
	for _, way := range []struct {
		name   string
		change func(t *testing.T, path string)
	}{
		{"a plain write", func(t *testing.T, path string) { write(t, path, policyOf(two)) }},
		{"a copy renamed over it", func(t *testing.T, path string) {
			replace(t, path, policyOf(two))
		}},
		{"the old file renamed away first", func(t *testing.T, path string) {
			must(t, os.Rename(path, path+"~"))
			write(t, path, policyOf(two))
		}},
	} {
		t.Run(way.name, func(t *testing.T) {
			path := newFile(t, policyOf(one))
			s := watched(t, path)
			s.allows(one)
			way.change(t, path)
			s.until(two)
			s.allows(two)
			// The watch must have outlived the file that it began with.
			write(t, path, policyOf(one))
			s.until(one)
			s.allows(one)
		})
	}
}

// A mount is a volume as Kubernetes mounts a ConfigMap: the file is a link
// through the link ..data into a directory for each version.
type mount struct {
	t   *testing.T
	dir string
	old string
}

// put does what the kubelet does at each change of the ConfigMap.
func (m *mount) put(version, policy string) {
	m.t.Helper()
	path := func(name string) string { return filepath.Join(m.dir, name) }
	must(m.t, os.Mkdir(path(version), 0o700))
	write(m.t, filepath.Join(path(version), "policy.json"), policy)
	must(m.t,
		os.Symlink(version, path("..data_tmp")),
		os.Rename(path("..data_tmp"), path("..data")))
	if m.old == "" {
		must(m.t, os.Symlink(filepath.Join("..data", "policy.json"), path("policy.json")))
	} else {
		must(m.t, os.RemoveAll(path(m.old)))
	}
	m.old = version
}

// TestConfigMap shows the dance of a Kubernetes mount, in which the file itself
// never changes, three times: a watch that followed it to the first version
// would see the second at most.
func TestConfigMap(t *testing.T) {
	m := &mount{t: t, dir: t.TempDir()}
	m.put("..2026_01", policyOf(one))
	s := watched(t, filepath.Join(m.dir, "policy.json"))
	for _, next := range []struct{ version, origin string }{{"..2026_02", two}, {"..2026_03", one}, {"..2026_04", two}} {
		m.put(next.version, policyOf(next.origin))
		s.until(next.origin)
		s.allows(next.origin)
	}
	m.put("..2026_05", policyOf("https://faulty.example.com/"))
	s.wait("policy file refused, the old policy stays in force")
	s.allows(two)
	m.put("..2026_06", policyOf(one))
	s.until(one)
	s.allows(one)
}

// TestBusyFile shows that a file that never rests is read all the same, and
// that it is not read at each of its changes.
func TestBusyFile(t *testing.T) {
	path := newFile(t, policyOf(one))
	var reads atomic.Int32
	f, err := Open(path, func(data []byte) (concors.Config, error) {
		reads.Add(1)
		return concors.ParseConfig(data)
	}, slog.New(slog.DiscardHandler))
	must(t, err)
	f.quiet, f.limit = time.Hour, 100*time.Millisecond // only the limit can end a burst
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		f.Watch(ctx)
	}()
	writes, start := 0, time.Now()
	for ; reads.Load() < 5 && time.Since(start) < patience; writes++ {
		replace(t, path, fmt.Sprintf(`{"allowOrigins": [%q], "maxAge": %d}`, two, writes%86400))
	}
	// The first reading is that of Open, the second comes at once.
	got := reads.Load()
	most := int32(2 + time.Since(start)/f.limit)
	if got < 5 || got > most {
		t.Errorf("%d changes in %v were read %d times, want 5 to %d", writes, time.Since(start), got, most)
	}
	cancel()
	<-ended
	if got := f.Policy().Config().AllowOrigins; got[0] != two {
		t.Errorf("in force is a policy of %q, want %q", got, two)
	}
}

// TestReplacedDirectory shows that a directory that was replaced, whose watch is
// lost with it, is watched again from the next tick of the backstop on.
func TestReplacedDirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "conf")
	must(t, os.Mkdir(dir, 0o700))
	path := filepath.Join(dir, "policy.json")
	write(t, path, policyOf(one))
	s := watched(t, path)
	must(t, os.Rename(dir, dir+".old"))
	for s.next(refused).Message != refused { // the first tick may have found no directory
	}
	must(t, os.Mkdir(dir, 0o700))
	write(t, path, policyOf(two))
	s.tick()
	s.until(two)
	for _, origin := range []string{one, two, one} {
		replace(t, path, policyOf(origin))
		s.until(origin)
	}
}

// TestBackstop shows that a change of which no event tells, here behind a link
// into another directory, is found all the same.
func TestBackstop(t *testing.T) {
	target, path := newFile(t, policyOf(one)), filepath.Join(t.TempDir(), "policy.json")
	must(t, os.Symlink(target, path))
	s := watched(t, path)
	for _, origin := range []string{two, one, two} { // the watch begins with a reading of its own
		replace(t, target, policyOf(origin))
		s.tick()
		s.until(origin)
	}
}

// TestNoWatcher shows that the backstop alone does it where no watch can be had.
func TestNoWatcher(t *testing.T) {
	path := newFile(t, policyOf(one))
	none := func() (*fsnotify.Watcher, error) { return nil, errors.New("too many watches") }
	s := watched(t, path, func(f *File) { f.newWatcher = none })
	if r := s.wait(unwatched); fmt.Sprint(attr(r, "error")) != "too many watches" {
		t.Errorf("logged %s, want the error", text(r))
	}
	for _, origin := range []string{two, one} {
		replace(t, path, policyOf(origin))
		s.tick()
		s.until(origin)
	}
}

// TestWatcherEnds shows that the backstop goes on when the watcher does not.
func TestWatcherEnds(t *testing.T) {
	path := newFile(t, policyOf(one))
	var watcher *fsnotify.Watcher
	s := watched(t, path, func(f *File) {
		f.newWatcher = func() (w *fsnotify.Watcher, err error) {
			watcher, err = fsnotify.NewWatcher()
			return watcher, err
		}
	})
	must(t, watcher.Close())
	s.wait(unwatched)
	replace(t, path, policyOf(two))
	s.tick()
	s.until(two)
}
