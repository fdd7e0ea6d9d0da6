package examples

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
)

// lines is a writer that keeps whole lines and lets tests wait for one.
type lines struct {
	mu      sync.Mutex
	all     []string
	rest    []byte
	changed chan struct{} // closed, and replaced, at each write
}

func newLines() *lines { return &lines{changed: make(chan struct{})} }

func (l *lines) Write(data []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rest = append(l.rest, data...)
	for {
		line, rest, found := bytes.Cut(l.rest, []byte("\n"))
		if !found {
			break
		}
		l.all, l.rest = append(l.all, string(line)), rest
	}
	close(l.changed)
	l.changed = make(chan struct{})
	return len(data), nil
}

func (l *lines) len() int { return len(l.from(0)) }

// from returns the lines from index i on.
func (l *lines) from(i int) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.all[i:])
}

func (l *lines) text() string { return strings.Join(l.from(0), "\n") }

// wait returns the first line from index from on that holds one of the texts,
// and the index behind it. The test fails if p ends without such a line.
func (l *lines) wait(t *testing.T, p *process, from int, texts ...string) (string, int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for over := false; ; {
		l.mu.Lock()
		all, changed := l.all, l.changed
		l.mu.Unlock()
		for i := from; i < len(all); i++ {
			if slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(all[i], text) }) {
				return all[i], i + 1
			}
		}
		if over {
			t.Fatalf("no line with %q\n%s\n%s", texts, p.stdout.text(), p.stderr.text())
		}
		select {
		case <-changed:
		case <-p.ended: // all output is there: look once more
			over = true
		case <-ctx.Done():
			over = true
		}
	}
}
