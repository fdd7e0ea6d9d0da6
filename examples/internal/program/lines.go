package program

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Lines is what a program prints. It keeps whole lines and lets tests wait for
// one. It is safe for concurrent use.
type Lines struct {
	program *Process
	mu      sync.Mutex
	all     []string
	rest    []byte
	changed chan struct{} // closed, and replaced, at each write
}

func newLines(p *Process) *Lines { return &Lines{program: p, changed: make(chan struct{})} }

// Write takes what the program prints.
func (l *Lines) Write(data []byte) (int, error) {
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

// Len returns how many lines there are so far.
func (l *Lines) Len() int { return len(l.From(0)) }

// From returns the lines so far, from index i on.
func (l *Lines) From(i int) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.all[i:])
}

// Text returns the lines so far as one text.
func (l *Lines) Text() string { return strings.Join(l.From(0), "\n") }

// Wait returns the first line from index from on that holds one of the texts,
// and the index behind it. The test fails if the program ends without such a
// line.
func (l *Lines) Wait(t testing.TB, from int, texts ...string) (string, int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), Patience)
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
			t.Fatalf("no line with %q\n%s\n%s", texts, l.program.Stdout.Text(), l.program.Stderr.Text())
		}
		select {
		case <-changed:
		case <-l.program.ended: // all output is there: look once more
			over = true
		case <-ctx.Done():
			over = true
		}
	}
}
