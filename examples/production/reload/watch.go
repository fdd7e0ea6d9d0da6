package reload

import (
	"context"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

const unwatched = "changes of the policy file may be seen late"

// Watch follows the file until ctx is done. If the system grants no watch, which
// it may when others have taken them all, the log says so, and the file is read
// every 30 seconds all the same.
//
// It watches the directory: an editor that renames its copy over the file, and
// a Kubernetes volume that renames the link ..data, leave a watch of the file
// itself on what is gone. Every event there is a reason to read the file, which
// costs nothing if it is the same: no name has to be known.
func (f *File) Watch(ctx context.Context) {
	backstop := time.NewTicker(f.backstop)
	defer backstop.Stop()
	f.watch(ctx, backstop.C)
}

func (f *File) watch(ctx context.Context, backstop <-chan time.Time) {
	watcher, err := f.newWatcher()
	if err != nil {
		f.log.Warn(unwatched, "file", f.path, "error", err)
		f.follow(ctx, nil, nil, func() {}, backstop)
		return
	}
	defer watcher.Close()
	again := func() {
		if err := watcher.Add(filepath.Dir(f.path)); err != nil {
			f.log.Warn(unwatched, "file", f.path, "error", err)
		}
	}
	again()
	f.follow(ctx, watcher.Events, watcher.Errors, again, backstop)
}

// follow reads the file after events, and at each tick of the backstop, which
// also watches the directory again.
func (f *File) follow(ctx context.Context, changes <-chan fsnotify.Event, losses <-chan error, again func(), backstop <-chan time.Time) {
	events := burst{quiet: f.quiet, limit: f.limit}
	settled := time.NewTimer(0) // for what changed before the watch began
	defer settled.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case _, ok := <-changes:
			if !ok {
				f.log.Warn(unwatched, "file", f.path, "error", "the watcher has ended")
				changes, losses, again = nil, nil, func() {}
			}
			settled.Reset(events.wait(time.Now()))
		case err := <-losses: // of events, perhaps
			f.log.Warn(unwatched, "file", f.path, "error", err)
			settled.Reset(events.wait(time.Now()))
		case <-settled.C:
			events.end()
			f.Check()
		case <-backstop:
			// A directory that was replaced takes its watch with it; Add does
			// nothing to a watch that is there.
			again()
			f.Check()
		}
	}
}
