package reload_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/internal/routers"
	"github.com/concors/concors/examples/production/reload"
)

const (
	reloads = 1000
	clients = 8
)

// TestStorm reloads the policy a thousand times from its file while clients ask
// without a pause: none fails, and every answer is wholly one policy's.
func TestStorm(t *testing.T) {
	for _, router := range routers.Names() {
		t.Run(router, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "policy.json")
			replace(t, path, storm[0])
			file, err := reload.Open(path, concors.ParseConfig, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			base := routers.Site{Policy: file.Policy()}.Serve(t, router)
			load := newLoad(t, base)
			fingerprints := make(map[string]int)
			for n := range reloads {
				load.await()
				replace(t, path, storm[(n+1)%2])
				status := file.Check()
				if status.Faults != nil {
					t.Errorf("reload %d: %q", n, status.Faults)
				}
				fingerprints[status.Fingerprint]++
			}
			seen := load.stop()
			t.Logf("%d answers of one policy, %d of the other", seen[0], seen[1])
			if seen[0] < reloads/4 || seen[1] < reloads/4 {
				t.Errorf("answers by policy: %v, want many of each", seen)
			}
			if len(fingerprints) != 2 {
				t.Errorf("the fingerprints are %v, want two, each %d times", fingerprints, reloads/2)
			}
			wantLast(t, base, reloads%2)
		})
	}
}

// wantLast checks that the policy last loaded is the one that answers.
func wantLast(t *testing.T, base string, want int) {
	t.Helper()
	c, err := dial(base)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, q := range questions {
		if policy, err := c.ask(q); err != nil || policy != want {
			t.Errorf("after the storm: policy %d, %v, want %d", policy, err, want)
		}
	}
}

// load is what clients send, each over a connection of its own.
type load struct {
	answers chan struct{}
	end     context.CancelFunc
	all     sync.WaitGroup
	seen    [2]atomic.Int64
}

func newLoad(t *testing.T, base string) *load {
	ctx, end := context.WithCancel(t.Context())
	l := &load{answers: make(chan struct{}, clients), end: end}
	for n := range clients {
		l.all.Go(func() {
			c, err := dial(base)
			if err != nil {
				t.Error(err)
			} else {
				defer c.Close()
			}
			for i := n; ; i++ {
				if err == nil { // after a failure nothing is asked: it would fill the screen
					err = l.ask(t, c, questions[i%len(questions)])
				}
				select {
				case l.answers <- struct{}{}:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	return l
}

func (l *load) ask(t *testing.T, c client, q question) error {
	policy, err := c.ask(q)
	if err != nil {
		t.Error(err)
		return err
	}
	l.seen[policy].Add(1)
	return nil
}

// await waits for two answers. There are as many clients again on their way,
// and none of them is far ahead: a slow machine reloads under the same load.
func (l *load) await() {
	for range 2 {
		<-l.answers
	}
}

func (l *load) stop() (seen [2]int64) {
	l.end()
	l.all.Wait()
	return [2]int64{l.seen[0].Load(), l.seen[1].Load()}
}

func replace(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path+".new", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}
