//go:build e2e

package cache

import (
	"fmt"
	"maps"
	"slices"
	"testing"
)

// found is what came of it when visitors asked a cache.
type found struct {
	asked, hits map[string]int // by kind of visitor
	unvaried    int            // answers whose Vary does not name Origin
	mixUps      []string       // answers that the server itself would not give to that visitor
}

// play lets the visitors ask the cache for path in each of the orders, each
// order for a URL of its own and twice, so that the cache has all answers the
// second time.
func (s *site) play(t *testing.T, path string, visitors []visitor, orders [][]int) found {
	t.Helper()
	direct := make([]answer, len(visitors))
	for i, v := range visitors {
		direct[i] = s.ask(t, s.server, path, v)
		if wrong := v.wrong(direct[i]); wrong != "" {
			t.Fatalf("%s, asked by %q (%s), without a cache: %s", path, v.header["Origin"], v.kind, wrong)
		}
	}
	f := found{asked: make(map[string]int), hits: make(map[string]int)}
	for _, order := range orders {
		url := s.fresh(path)
		for _, i := range slices.Concat(order, order) {
			f.add(url, visitors[i], s.ask(t, s.cache, url, visitors[i]), direct[i])
		}
	}
	return f
}

func (f *found) add(url string, v visitor, got, direct answer) {
	f.asked[v.kind]++
	if got.hit() {
		f.hits[v.kind]++
	}
	if !got.varies() {
		f.unvaried++
	}
	wrong := v.wrong(got)
	if wrong == "" && !got.sameAs(direct) {
		wrong = fmt.Sprintf("answer %d %q, the server itself says %d %q", got.status, got.cors(), direct.status, direct.cors())
	}
	if wrong != "" {
		f.mixUps = append(f.mixUps, fmt.Sprintf("%s, asked by %q (%s): %s", url, v.header["Origin"], v.kind, wrong))
	}
}

// wantApart checks that every visitor had its own answers, and that the cache
// had each of them stored the second time.
func (f *found) wantApart(t *testing.T, what string) {
	t.Helper()
	f.wantNoMixUp(t, what)
	if f.unvaried > 0 {
		t.Errorf("%s: %d answers do not vary by Origin", what, f.unvaried)
	}
	for kind, asked := range f.asked {
		if f.hits[kind] != asked/2 {
			t.Errorf("%s, visitors %q: %d of %d answers came from the cache, want half", what, kind, f.hits[kind], asked)
		}
	}
}

func (f *found) wantNoMixUp(t *testing.T, what string) {
	t.Helper()
	t.Logf("%s: asked %v, from the cache %v, mix-ups %d", what, f.asked, f.hits, len(f.mixUps))
	for _, mixUp := range f.mixUps[:min(len(f.mixUps), 5)] {
		t.Error(mixUp)
	}
	if n := len(f.mixUps); n > 5 {
		t.Errorf("%s: %d mix-ups in all", what, n)
	}
}

// total sums up what was counted by kind.
func total(counts map[string]int) int {
	n := 0
	for count := range maps.Values(counts) {
		n += count
	}
	return n
}

// ordersOf returns every order of n things.
func ordersOf(n int) [][]int {
	if n == 0 {
		return [][]int{{}}
	}
	var all [][]int
	for _, order := range ordersOf(n - 1) {
		for i := range n {
			all = append(all, slices.Insert(slices.Clone(order), i, n-1))
		}
	}
	return all
}
