package reload

import (
	"crypto/sha256"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"

	concors "github.com/concors/concors/core"
)

// Parse reads a policy file: [concors.ParseConfig], or the like for YAML.
type Parse func(data []byte) (concors.Config, error)

// File is a policy file and the policy made of it. It is safe for concurrent use.
type File struct {
	path   string
	parse  Parse
	log    *slog.Logger
	policy *concors.Policy

	// How long events must have ceased before the file is read, how long that
	// may take, and how often it is read without any event: some file systems
	// tell nothing, and a watch can be lost.
	quiet, limit, backstop time.Duration
	newWatcher             func() (*fsnotify.Watcher, error)

	mu     sync.Mutex
	seen   [sha256.Size]byte // of the file as last read, zero if that failed
	status Status
}

// Open builds a policy of the file at path, with options as for NewPolicy. It
// refuses a file that is missing or faulty with every fault, for a service must
// not start without its policy.
func Open(path string, parse Parse, log *slog.Logger, options ...concors.Option) (*File, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	cfg, err := parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	policy, err := concors.NewPolicy(cfg, options...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	f := &File{
		path: path, parse: parse, log: log, policy: policy,
		quiet: 100 * time.Millisecond, limit: time.Second, backstop: 30 * time.Second,
		newWatcher: fsnotify.NewWatcher, seen: sha256.Sum256(data),
	}
	f.inForce()
	return f, nil
}

// Policy returns the policy, to be handed to a middleware. It is the same one
// after a reload.
func (f *File) Policy() *concors.Policy { return f.policy }

// Check reads the file now, as [File.Watch] does after an event, and returns what came of it.
func (f *File) Check() Status {
	f.mu.Lock()
	defer f.mu.Unlock()
	data, err := os.ReadFile(f.path)
	if err != nil {
		f.seen = [sha256.Size]byte{}
		f.refused(err)
		return f.status
	}
	sum := sha256.Sum256(data)
	if sum == f.seen {
		return f.status
	}
	f.seen = sum
	if err := f.reload(data); err != nil {
		f.refused(err)
	} else {
		f.inForce()
	}
	return f.status
}

func (f *File) reload(data []byte) error {
	cfg, err := f.parse(data)
	if err != nil {
		return err
	}
	return f.policy.Reload(cfg)
}
