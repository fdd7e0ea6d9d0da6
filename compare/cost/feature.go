package cost

import (
	"context"

	concors "github.com/concors/concors/core"
)

// A feature is a policy beside the same policy without something, under the
// same requests.
type feature struct {
	id, name    string
	workload    *workload // with the answer of the plain policy
	plain, with func() (*concors.Policy, error)
	want        answer // with the feature
	isUnused    bool   // so it must cost nothing
}

// The variants of a feature's row.
const (
	plain    = "plain"
	featured = "with"
)

// unusedMost is what a feature that nobody uses may cost, beyond the noise.
const unusedMost = 1.03

func built(config concors.Config, options ...concors.Option) func() (*concors.Policy, error) {
	return func() (*concors.Policy, error) { return concors.NewPolicy(config, options...) }
}

// debugged sets debug mode several times over, and lastly to on.
func debugged(config concors.Config, on bool) func() (*concors.Policy, error) {
	return func() (*concors.Policy, error) {
		p, err := concors.NewPolicy(config)
		if err == nil {
			p.SetDebug(true)
			p.SetDebug(on)
		}
		return p, err
	}
}

// heard is where the observer leaves what it heard, so that it is not optimised
// away; one goroutine at a time measures.
var heard concors.Reason

func hear(_ context.Context, _ concors.Request, d concors.Decision) { heard = d.Reason() }

func isStranger(_ context.Context, o concors.Origin, _ concors.Request) bool {
	return o.Scheme == "https" && o.Host == "stranger.example.org"
}

// features holds each of the four unset, as it is unless a program asks for it,
// and in use.
func features() []feature {
	actual := &workload{config: one, method: "GET", request: from(page), want: wantActual(page)}
	strange := &workload{config: one, method: "GET", request: from(stranger), want: wantVary}
	ordinary := &workload{config: full, method: "OPTIONS", request: ask(page, "authorization,content-type"), want: wantPreflight}
	unlisted := &workload{config: full, method: "OPTIONS", request: ask(page, "x-unlisted"), want: wantDenied}
	admitted := &workload{config: concors.Config{AllowOrigins: []string{stranger}}, method: "GET", request: from(stranger), want: wantActual(stranger)}
	wantNamed := answer{204, []field{{allowOrigin, page}, {allowMethods, "GET, POST, PUT, DELETE"}, {vary, varyAll}}}

	noPaths, paths := one, one
	noPaths.Paths = map[string]concors.Config{}
	paths.Paths = map[string]concors.Config{"/a/": one, "/a/c/": personal, "/b/": {}}
	list := []feature{
		{id: "no-observer", name: "observer nil", workload: actual, with: built(one, concors.WithObserver(nil)), isUnused: true},
		{id: "observer", name: "observer, actual request", workload: actual, with: built(one, concors.WithObserver(hear))},
		{id: "no-debug", name: "debug off again, denied preflight", workload: unlisted, with: debugged(full, false), isUnused: true},
		{id: "debug-allowed", name: "debug on, allowed preflight", workload: ordinary, with: debugged(full, true)},
		{id: "debug-denied", name: "debug on, denied preflight", workload: unlisted, with: debugged(full, true), want: wantNamed},
		{id: "no-paths", name: "Paths empty", workload: actual, with: built(noPaths), isUnused: true},
		{id: "paths", name: "Paths of three keys", workload: actual, with: built(paths)},
		{id: "no-origin-func", name: "origin function nil, denied request", workload: strange, with: built(one, concors.WithOriginFunc(nil)), isUnused: true},
		{id: "origin-func-idle", name: "origin function, origin in the list", workload: actual, with: built(one, concors.WithOriginFunc(isStranger))},
		{id: "origin-func", name: "origin function asked, beside the list", workload: admitted, with: built(one, concors.WithOriginFunc(isStranger))},
	}
	for i := range list {
		f := &list[i]
		f.plain = built(f.workload.config)
		if f.want.status == 0 {
			f.want = f.workload.want
		}
	}
	return list
}

// featureRow builds both servers of a feature, and the plain one twice.
func featureRow(l lane, f feature) (*row, error) {
	without, err := f.plain()
	if err != nil {
		return nil, err
	}
	with, err := f.with()
	if err != nil {
		return nil, err
	}
	return &row{
		router: l.router, id: f.id, name: f.name, workload: f.workload, base: plain, subject: featured,
		variants: []variant{
			{plain, l.ours(f.workload, without)}, {control, l.ours(f.workload, without)}, {featured, l.ours(f.workload, with)},
		},
	}, nil
}

// featureBars is what a row of a feature is held to.
func featureBars(f feature) []bar {
	if !f.isUnused {
		return nil
	}
	return []bar{{column: plain, most: unusedMost}}
}
