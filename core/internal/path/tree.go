// Package path finds the literal key that covers a request's path, if every way
// to read the path agrees on it. Routers disagree about case, about escapes and
// about backslashes, and a handler may read yet another spelling; a rule that
// holds for one of the readings only would let a request run under the rule of
// another part of the server.
package path

import "strings"

// Tree maps keys to values. A key "/a/" covers /a and all below it, a key "/a"
// covers /a and /a/. Finding a path costs its length, however many keys there
// are. A Tree is not changed after it is built; the zero Tree is empty.
type Tree[T any] struct {
	root    node[T]
	longest int // the longest segment of a key; 2 or more, to tell dots apart
}

type node[T any] struct {
	children       map[string]*node[T] // by segment, in lower case
	subtree, exact *Entry[T]           // the keys that end here, with and without a slash
}

// Entry is what a key leads to.
type Entry[T any] struct {
	Key   string
	Value T
}

// Add puts a value at key, which [CheckKey] must have found good.
func (t *Tree[T]) Add(key string, value T) {
	t.longest = max(t.longest, len(".."))
	at := &t.root
	bare := strings.TrimSuffix(key, "/")
	for segment := range strings.SplitSeq(strings.ToLower(bare), "/") {
		if segment == "" {
			continue // in front of the first slash
		}
		t.longest = max(t.longest, len(segment))
		next := at.children[segment]
		if next == nil {
			next = &node[T]{}
			if at.children == nil {
				at.children = make(map[string]*node[T])
			}
			at.children[segment] = next
		}
		at = next
	}
	entry := &Entry[T]{Key: key, Value: value}
	if bare != key {
		at.subtree = entry
	} else {
		at.exact = entry
	}
}

// Find returns the entry whose key covers the path, or nil if none does. Path
// is decoded; raw is the path as sent, or empty if path says all. It reports
// false if the readings of the path disagree, or if it is no path.
func (t *Tree[T]) Find(path, raw string) (*Entry[T], bool) {
	if path == "" {
		path = "/"
	}
	entry, ok := t.read(path, false)
	if !ok || raw == "" {
		return entry, ok
	}
	if asSent, ok := t.read(raw, true); !ok || asSent != entry {
		return nil, false
	}
	return entry, true
}

// read finds the longest key in one spelling of a path. The key must also stand
// at the front of that spelling byte for byte, or a router that reads literally
// would disagree.
func (t *Tree[T]) read(p string, strict bool) (*Entry[T], bool) {
	if !strings.HasPrefix(p, "/") {
		return nil, false
	}
	var buf [64]byte
	at, winner := &t.root, t.root.subtree
	for i, last := 1, false; !last; {
		limit := t.longest
		if at == nil {
			limit = len("..") // below every key, but dots may still come
		}
		s, ok := readSegment(p, i, buf[:0], limit, strict)
		if !ok || s.isDots() || s.isEmpty() && !s.last {
			return nil, false
		}
		i, last = s.next, s.last
		if at == nil {
			continue
		}
		if !s.isEmpty() {
			at = at.child(s)
		}
		if at == nil {
			continue
		}
		if at.subtree != nil {
			winner = at.subtree
		}
		if s.last && at.exact != nil {
			winner = at.exact
		}
	}
	if winner != nil && !standsAtFront(p, strings.TrimSuffix(winner.Key, "/")) {
		return nil, false
	}
	return winner, true
}

func (n *node[T]) child(s segment) *node[T] {
	if s.folded != nil {
		return n.children[string(s.folded)]
	}
	return n.children[s.text]
}

func standsAtFront(p, key string) bool {
	return strings.HasPrefix(p, key) && (len(p) == len(key) || p[len(key)] == '/')
}
