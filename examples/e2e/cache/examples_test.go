//go:build e2e

package cache

import (
	"fmt"
	"net/http"
	"path/filepath"
	"testing"

	"github.com/concors/concors/examples/internal/program"
)

// programs is the folder of the built examples.
var programs string

func TestMain(m *testing.M) { program.Main(m, &programs) }

// example is a running example with a cache in front of it.
type example struct {
	*site
	process *program.Process
	file    string // the policy
}

func startExample(t *testing.T, name string) example {
	t.Helper()
	file := program.PolicyFile(t, policyFor(t, 1))
	p := program.Start(t, filepath.Join(programs, name), "-policy", file)
	return example{newSite(t, p.Addr(t)), p, file}
}

// allow puts a policy in force.
func (e example) allow(t *testing.T, policy string) {
	t.Helper()
	program.WritePolicy(t, e.file, policy)
	e.process.Reload(t, "policy reloaded")
}

func TestExamples(t *testing.T) {
	for _, name := range program.Names {
		t.Run(name, func(t *testing.T) {
			e := startExample(t, name)
			for n := range pages {
				e.listedOrigins(t, n+1)
			}
			e.allow(t, policyFor(t, 2))
			e.cacheSaysNotModified(t)
			e.preflightsPass(t)
			e.storedPreflights(t)
			e.allow(t, `{"allowOrigins": ["*"]}`)
			e.anyOrigin(t)
		})
	}
}

// listedOrigins asks for an answer of a handler, for one that failed, and for
// one of the router.
func (e example) listedOrigins(t *testing.T, n int) {
	t.Helper()
	e.allow(t, policyFor(t, n))
	visitors := visitorsOf(n)
	for _, path := range []string{"/hello", "/error", "/nowhere"} {
		f := e.play(t, path, visitors, ordersOf(len(visitors)))
		f.wantApart(t, fmt.Sprintf("%s with %d allowed", path, n))
	}
}

// anyOrigin: under "*" the first answer serves all, whoever asked first.
func (e example) anyOrigin(t *testing.T) {
	t.Helper()
	var visitors []visitor
	for _, v := range []visitor{page(pages[0]), page(stranger), {kind: "no origin", method: http.MethodGet}} {
		v.allow = "*"
		visitors = append(visitors, v)
	}
	orders := ordersOf(len(visitors))
	for _, path := range []string{"/hello", "/error", "/nowhere"} {
		f := e.play(t, path, visitors, orders)
		f.wantNoMixUp(t, path+` with "*"`)
		if f.unvaried != total(f.asked) {
			t.Errorf(`%s with "*": %d of %d answers vary by Origin, want none`, path, total(f.asked)-f.unvaried, total(f.asked))
		}
		if got, want := total(f.hits), total(f.asked)-len(orders); got != want {
			t.Errorf(`%s with "*": %d answers came from the cache, want %d, all but the first of each URL`, path, got, want)
		}
	}
}

// preflightsPass: as it comes, Varnish keeps no answer to OPTIONS. Each reaches
// the server, whose log has a line for it.
func (e example) preflightsPass(t *testing.T) {
	t.Helper()
	from := e.process.Stderr.Len()
	visitors := append(sameQuestion(), samePage()...)
	f := e.play(t, "/hello", visitors, [][]int{{0, 1, 2, 3, 4, 5}, {5, 4, 3, 2, 1, 0}})
	f.wantNoMixUp(t, "preflights")
	if total(f.hits) > 0 {
		t.Fatalf("preflights come from the cache: %v", f.hits)
	}
	for range len(visitors) + total(f.asked) { // play asks the server itself first
		_, from = e.process.Stderr.Wait(t, from, "method=OPTIONS path=/hello")
	}
}

// storedPreflights: a cache that keeps OPTIONS needs the names of all three
// fields that an answer depends on.
func (e example) storedPreflights(t *testing.T) {
	t.Helper()
	for what, visitors := range map[string][]visitor{"the same question": sameQuestion(), "the same page": samePage()} {
		f := e.playStored(t, visitors)
		f.wantApart(t, "stored OPTIONS, "+what)
	}
}

// playStored has the cache store what preflights for /options are answered, and
// an OPTIONS request that is none.
func (s *site) playStored(t *testing.T, preflights []visitor) found {
	t.Helper()
	own := page(pages[0])
	own.kind, own.method = "no preflight", http.MethodOptions
	visitors := with(append(preflights, own), "X-Store-Options", "yes")
	return s.play(t, "/options", visitors, ordersOf(len(visitors)))
}
