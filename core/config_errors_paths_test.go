package concors_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

const (
	covers  = ", which covers all below it"
	foreign = " has more than letters, digits and -._~, which routers read in different ways: write the key of the part above it"
)

// Keys and what is said about them, after the field and the quoted key.
var keyFaults = map[string]struct {
	problem concors.Problem
	rest    string
}{
	"":                          {concors.ProblemPathKey, `is not a path: a path begins with a slash: write "/"`},
	"api/":                      {concors.ProblemPathKey, `is not a path: a path begins with a slash: write "/api/"`},
	"/a//b":                     {concors.ProblemPathKey, `is not a path: a segment is empty: there is a slash too many`},
	"/a/./b":                    {concors.ProblemPathKey, `is not a path: remove the segment ".": browsers resolve it before they send a path`},
	"/a/..":                     {concors.ProblemPathKey, `is not a path: remove the segment "..": browsers resolve it before they send a path`},
	"/a?b=c":                    {concors.ProblemPathKey, `is not a path: remove "?b=c"`},
	"/a%20b":                    {concors.ProblemPathKey, `is not a path: the segment "a%20b"` + foreign},
	"/a+b/":                     {concors.ProblemPathKey, `is not a path: the segment "a+b"` + foreign},
	"/é":                        {concors.ProblemPathKey, `is not a path: the segment "é"` + foreign},
	"/a/*":                      {concors.ProblemPathPattern, `is not a literal path: it has the wildcard or parameter "*": write "/a/"` + covers},
	"api":                       {concors.ProblemPathKey, `is not a path: a path begins with a slash: write "/api/"` + covers + `, or "/api" for that path alone`},
	"api/v1":                    {concors.ProblemPathKey, `is not a path: a path begins with a slash: write "/api/v1/"` + covers + `, or "/api/v1" for that path alone`},
	"/api/v3*":                  {concors.ProblemPathPattern, `is not a literal path: it has the wildcard or parameter "v3*": write "/api/v3/"` + covers},
	"/users/:id":                {concors.ProblemPathPattern, `is not a literal path: it has the wildcard or parameter ":id": write "/users/"` + covers},
	"https://api.example.com/x": {concors.ProblemPathKey, `is not a path: keys are paths, without scheme and host: write "/x/"` + covers + `, or "/x" for that path alone`},
	"/users/{id}/log":           {concors.ProblemPathPattern, `is not a literal path: it has the wildcard or parameter "{id}": write "/users/"` + covers},
}

func TestPathKeyFaults(t *testing.T) {
	paths := map[string]concors.Config{"/good/": {AllowOrigins: []string{app}}}
	var want []fault
	for _, key := range slices.Sorted(maps.Keys(keyFaults)) { // faults come in the order of the keys
		paths[key] = concors.Config{AllowOrigins: []string{app}}
		want = append(want, fault{`paths["` + key + `"]`, keyFaults[key].problem, `"` + key + `" ` + keyFaults[key].rest})
	}
	checkFaults(t, faultsOf(t, concors.Config{Paths: paths}), want)
}

func TestPathKeysThatDifferInCase(t *testing.T) {
	empty := concors.Config{}
	for _, keys := range [][]string{{"/API/", "/api/"}, {"/API", "/Api", "/api"}, {"/v1/A", "/v1/a"}, {"/A/", "/a"}} {
		paths := map[string]concors.Config{}
		var want []fault
		for i, key := range keys {
			if paths[key] = empty; i > 0 {
				want = append(want, fault{
					`paths["` + key + `"]`, concors.ProblemPathCase,
					`"` + key + `" differs from another key in case only: some routers read it as "` + keys[0] + `": write both alike, or keep one`,
				})
			}
		}
		checkFaults(t, faultsOf(t, concors.Config{Paths: paths}), want)
	}
	mustPolicy(t, concors.Config{Paths: map[string]concors.Config{"/a": empty, "/a/": empty, "/a/b": empty, "/A/c": empty, "/": empty}})
}

func TestInnerFaults(t *testing.T) {
	const noOrigins = "no origin is allowed: list the origins of the pages, or write {} for no CORS on this path"
	checkFaults(t, faultsOf(t, concors.Config{
		Paths: map[string]concors.Config{
			"/api/":  {AllowOrigins: []string{app, app + "/"}, MaxAge: 90000},
			"/files": {AllowMethods: []string{"put"}},
			"/off":   {},
			"/off/":  {AllowOrigins: []string{}, AllowMethods: []string{}, Paths: map[string]concors.Config{}},
		},
	}), []fault{
		{`paths["/api/"].allowOrigins[1]`, concors.ProblemOriginPath, `"` + app + `/" is not an origin: remove the path "/" and write "` + app + `"`},
		{`paths["/api/"].maxAge`, concors.ProblemMaxAge, `"90000" is more than a day: no browser keeps a preflight longer than 86400 seconds: write 86400 or less`},
		{`paths["/files"].allowOrigins`, concors.ProblemNoOrigins, noOrigins},
		{`paths["/files"].allowMethods[0]`, concors.ProblemMethodCase, `"put" never matches: browsers send this method in upper case: write "PUT"`},
	})
	for _, inner := range []concors.Config{
		{AllowMethods: []string{"PUT"}}, {AllowHeaders: []string{"X-A"}}, {ExposeHeaders: []string{"X-A"}}, {AllowCredentials: true}, {MaxAge: -1},
		{PreflightStatus: 200}, {DangerouslyAllowNullOrigin: true}, {DangerouslyAllowInsecureOrigins: true}, {DangerouslyAllowPublicSuffixes: true},
	} {
		checkFaults(t, faultsOf(t, concors.Config{AllowOrigins: []string{app}, Paths: map[string]concors.Config{"/a": inner}}), []fault{
			{`paths["/a"].allowOrigins`, concors.ProblemNoOrigins, noOrigins},
		})
	}
}

func TestPathsInPaths(t *testing.T) {
	inner := map[string]concors.Config{"/b": {AllowOrigins: []string{app}}}
	checkFaults(t, faultsOf(t, concors.Config{Paths: map[string]concors.Config{"/a/": {AllowOrigins: []string{app}, Paths: inner}}}), []fault{
		{`paths["/a/"].paths`, concors.ProblemPathsNested, `paths cannot hold paths: move these keys to the outer paths, where the longest one wins`},
	})
	faults := faultsOf(t, concors.Config{Paths: map[string]concors.Config{"/a/": {Paths: inner}}})
	if last := faults[len(faults)-1]; last.Problem != concors.ProblemPathsNested {
		t.Errorf("%s", faults)
	}
	mustPolicy(t, concors.Config{Paths: map[string]concors.Config{"/a/": {Paths: map[string]concors.Config{}}}})
}

// Every fault is told at once, in field order; of Paths, in the order of keys.
func TestAllFaultsAtOnce(t *testing.T) {
	faulty := func() concors.Config {
		return concors.Config{
			AllowOrigins: []string{"https://A.example.com", "*", "null", "http://b.example.com"}, AllowMethods: []string{"get", "TRACE", "*"},
			AllowHeaders: []string{"Origin", "x a", "*"}, ExposeHeaders: []string{"Set-Cookie", "*"}, AllowCredentials: true, MaxAge: 1 << 20, PreflightStatus: 404,
		}
	}
	cfg := faulty()
	cfg.Paths = map[string]concors.Config{"/b/": faulty(), "/a/:id": faulty(), "/B/": {MaxAge: 1 << 20, Paths: map[string]concors.Config{"/": {}}}}
	one := `allowOrigins[0] allowOrigins[1] allowOrigins[1] allowOrigins[2] allowOrigins[3] allowMethods[0] allowMethods[1] allowMethods[2]
		allowHeaders[0] allowHeaders[1] allowHeaders[2] exposeHeaders[0] exposeHeaders[1] exposeHeaders[1] maxAge preflightStatus`
	var want []string
	want = append(want, strings.Fields(one)...)
	want = append(want, `paths["/B/"].allowOrigins`, `paths["/B/"].maxAge`, `paths["/B/"].paths`, `paths["/a/:id"]`)
	for _, field := range strings.Fields(one) {
		want = append(want, `paths["/a/:id"].`+field)
	}
	want = append(want, `paths["/b/"]`)
	for _, field := range strings.Fields(one) {
		want = append(want, `paths["/b/"].`+field)
	}
	var got []string
	for _, f := range faultsOf(t, cfg) {
		got = append(got, f.Field)
	}
	if !slices.Equal(got, want) {
		t.Errorf("faults in\n\t%q, want\n\t%q", got, want)
	}
}
