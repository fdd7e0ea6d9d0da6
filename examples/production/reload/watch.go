package reload

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Watch follows the file until ctx is done, and then returns nil. Any other
// return means that the system grants no watch.
//
// It watches the directory: an editor that renames its copy over the file, and
// a Kubernetes volume that renames the link ..data, leave a watch of the file
// itself on what is gone. Every event there is a reason to read the file, which
// costs nothing if it is the same: no name has to be known.
func (f *File) Watch(ctx context.Context) error {
	backstop := time.NewTicker(f.backstop)
	defer backstop.Stop()
	return f.watch(ctx, backstop.C)
}

func (f *File) watch(ctx context.Context, backstop <-chan time.Time) error {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch %s: %w", f.path, err)
	}
	defer watcher.Close()
	if err := watcher.Add(filepath.Dir(f.path)); err != nil {
		return fmt.Errorf("watch %s: %w", f.path, err)
	}
	return f.follow(ctx, watcher, backstop)
}

func (f *File) follow(ctx context.Context, watcher *fsnotify.Watcher, backstop <-chan time.Time) error {
	events := burst{quiet: f.quiet, limit: f.limit}
	settled := time.NewTimer(0) // for what changed before the watch began
	defer settled.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case _, ok := <-watcher.Events:
			if !ok {
				return errors.New("the watcher has ended")
			}
			settled.Reset(events.wait(time.Now()))
		case err := <-watcher.Errors: // events may be lost
			f.log.Warn("watching the policy file", "file", f.path, "error", err)
			settled.Reset(events.wait(time.Now()))
		case <-settled.C:
			events.end()
			f.Check()
		case <-backstop:
			// A directory that was replaced takes its watch with it; Add does
			// nothing to a watch that is there.
			if err := watcher.Add(filepath.Dir(f.path)); err != nil {
				f.log.Warn("watching the policy file", "file", f.path, "error", err)
			}
			f.Check()
		}
	}
}
