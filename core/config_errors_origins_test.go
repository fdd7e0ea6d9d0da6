package concors_test

import (
	"context"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

const (
	toDecide = `list the origins, use a subdomain wildcard such as "https://*.example.com", or decide with an origin function`
	byStar   = `"*" stands for the whole host, or for whole labels at its front: `
)

// One entry of allowOrigins, and what is said about it after its name and the
// value. What the grammar refuses in detail is tested beside the grammar.
var originFaults = []struct {
	entry   string
	problem concors.Problem
	rest    string
}{
	{"", concors.ProblemOriginEmpty, "is not an origin: remove it"},
	{"https://app.example.com/", concors.ProblemOriginPath, `is not an origin: remove the path "/" and write "https://app.example.com"`},
	{"https://app.example.com/a", concors.ProblemOriginPath, `is not an origin: remove the path "/a" and write "https://app.example.com"`},
	{"https://App.example.com", concors.ProblemOriginUpperCase, `is not an origin: browsers send schemes and hosts in lower case: write "https://app.example.com"`},
	{"HTTPS://app.example.com", concors.ProblemOriginUpperCase, `is not an origin: browsers send schemes and hosts in lower case: write "https://app.example.com"`},
	{"https://app.example.com:443", concors.ProblemOriginDefaultPort, `is not an origin: browsers leave the default port out: write "https://app.example.com"`},
	{"https://me@app.example.com", concors.ProblemOriginUserInfo, `is not an origin: remove "me@" and write "https://app.example.com"`},
	{"https://app.example.com?a", concors.ProblemOriginQuery, `is not an origin: remove the query "?a" and write "https://app.example.com"`},
	{"https://app.example.com#a", concors.ProblemOriginFragment, `is not an origin: remove the fragment "#a" and write "https://app.example.com"`},
	{"https://bücher.example", concors.ProblemOriginUnicode, `is not an origin: browsers send a host as A-labels: write "https://xn--bcher-kva.example"`},
	{"app.example.com", concors.ProblemOriginNoScheme, `is not an origin: an origin begins with a scheme: write "https://app.example.com"`},
	{" https://app.example.com", concors.ProblemOriginWhiteSpace, `is not an origin: remove the white space and write "https://app.example.com"`},
	{"https://a.example, https://b.example", concors.ProblemOriginSeveral, `is not an origin: give each origin an entry of its own: "https://a.example", "https://b.example"`},
	{"my_app://x", concors.ProblemOriginScheme, `is not an origin: the scheme "my_app" is not one letter followed by letters, digits, +, - or .`},
	{"https://a..example.com", concors.ProblemOriginHost, `is not an origin: a label of its host is empty: there is a dot too many`},
	{"https://127.1", concors.ProblemOriginIP, `is not an origin: a host that ends in a number is an IPv4 address of four decimal numbers, as browsers write it`},
	{"https://[::FFFF]", concors.ProblemOriginIP, `is not an origin: it is not an IPv6 address as browsers write it, in lower case and shortened: write "https://[::ffff]"`},
	{"https://app.example.com:0", concors.ProblemOriginPort, `is not an origin: the port "0" is not a number from 1 to 65535 without leading zeros`},

	{"*://app.example.com", concors.ProblemOriginWildcard, `is not an origin: a scheme cannot hold a wildcard: list "https://app.example.com" and, if pages without TLS are meant too, "http://app.example.com"`},
	{"https://*.*.example.com", concors.ProblemOriginWildcard, `is not an origin: ` + byStar + `write "https://*.example.com", which covers every name there at any depth, or decide with an origin function`},
	{"https://pr-*.example.com", concors.ProblemOriginWildcard, `is not an origin: ` + byStar + `write "https://*.example.com", which covers every name there at any depth, or decide with an origin function`},
	{"https://app.*", concors.ProblemOriginWildcard, `is not an origin: ` + byStar + toDecide},
	{`^https://.*\.example\.com$`, concors.ProblemOriginRegexp, `is not an origin: regular expressions and placeholders are not supported: ` + toDecide},

	{"file://", concors.ProblemOriginNeverScheme, `is not an origin: pages of the scheme "file" send the origin null: serve them over http://localhost instead`},
	{"data:text/html,x", concors.ProblemOriginNeverScheme, `is not an origin: the scheme "data" never is an origin: list the origin of the page, such as "https://app.example.com"`},
	{"blob:https://a.example/1", concors.ProblemOriginNeverScheme, `is not an origin: the scheme "blob" never is an origin: list the origin of the page, such as "https://app.example.com"`},
	{"about:blank", concors.ProblemOriginNeverScheme, `is not an origin: the scheme "about" never is an origin: list the origin of the page, such as "https://app.example.com"`},
	{"javascript:void", concors.ProblemOriginNeverScheme, `is not an origin: the scheme "javascript" never is an origin: list the origin of the page, such as "https://app.example.com"`},
	{"filesystem://a.example", concors.ProblemOriginNeverScheme, `is not an origin: the scheme "filesystem" never is an origin: list the origin of the page, such as "https://app.example.com"`},
	{"ftp://a.example", concors.ProblemOriginNeverScheme, `is not an origin: the scheme "ftp" never is an origin: list the origin of the page, such as "https://app.example.com"`},
	{"wss://app.example.com", concors.ProblemOriginNeverScheme, `is not an origin: a WebSocket is opened by a page and has that page's origin: write "https://app.example.com"`},
	{"ws://localhost:3000", concors.ProblemOriginNeverScheme, `is not an origin: a WebSocket is opened by a page and has that page's origin: write "http://localhost:3000"`},

	{"null", concors.ProblemNullOrigin, "is the origin of sandboxed frames, which any site can make: remove it, or set dangerouslyAllowNullOrigin"},
}

func TestOriginFaults(t *testing.T) {
	for _, c := range originFaults {
		faults := faultsOf(t, concors.Config{AllowOrigins: []string{other, c.entry}})
		quoted := strings.ReplaceAll(c.entry, `\`, `\\`)
		checkFaults(t, faults, []fault{{"allowOrigins[1]", c.problem, `"` + quoted + `" ` + c.rest}})
		if faults[0].Value != c.entry {
			t.Errorf("the value is %q, want %q", faults[0].Value, c.entry)
		}
	}
}

func TestLongOriginFaults(t *testing.T) {
	label := strings.Repeat("a", 63)
	base := strings.Join([]string{label, label, label, label[:60]}, ".") // 252 bytes: nothing fits in front
	for _, entry := range []string{"https://*." + base, "https://x." + base + ".y", "https://" + strings.Repeat("a.", 5000) + "example"} {
		faults := faultsOf(t, concors.Config{AllowOrigins: []string{entry}})
		if len(faults) != 1 || faults[0].Problem != concors.ProblemOriginNeverMatches || faults[0].Field != "allowOrigins[0]" || faults[0].Value != entry || len(faults[0].Error()) > 1000 {
			t.Errorf("%.20q… gives %.1000s", entry, faults)
		}
	}
}

func TestNoOrigins(t *testing.T) {
	const rest = `no origin is allowed: list the origins of the pages, such as "https://app.example.com"`
	want := []fault{{"allowOrigins", concors.ProblemNoOrigins, rest}}
	for _, cfg := range []concors.Config{{}, {AllowOrigins: []string{}}, {Paths: map[string]concors.Config{}}} {
		checkFaults(t, faultsOf(t, cfg), want)
	}
	// A field is about the outer policy, which Paths alone would not need.
	paths := map[string]concors.Config{"/a/": {AllowOrigins: []string{app}}}
	for _, cfg := range []concors.Config{
		{AllowMethods: []string{"PUT"}}, {AllowHeaders: []string{"X-A"}}, {ExposeHeaders: []string{"X-A"}}, {AllowCredentials: true}, {MaxAge: 5},
		{PreflightStatus: 200}, {DangerouslyAllowNullOrigin: true}, {DangerouslyAllowInsecureOrigins: true}, {DangerouslyAllowPublicSuffixes: true},
	} {
		checkFaults(t, faultsOf(t, cfg), want)
		cfg.Paths = paths
		checkFaults(t, faultsOf(t, cfg), []fault{{
			"allowOrigins", concors.ProblemNoOrigins,
			"no origin is allowed: list the origins of the pages, or move the other fields into paths, which inherits nothing",
		}})
	}
	mustPolicy(t, concors.Config{Paths: paths})
	mustPolicy(t, concors.Config{AllowOrigins: []string{}, AllowMethods: []string{}, Paths: paths})
}

func TestOriginFunctionStandsForOrigins(t *testing.T) {
	f := concors.WithOriginFunc(func(context.Context, concors.Origin, concors.Request) bool { return true })
	for _, cfg := range []concors.Config{
		{}, {AllowMethods: []string{"PUT"}}, {AllowCredentials: true}, {MaxAge: 5, Paths: map[string]concors.Config{"/a/": {}}},
		{Paths: map[string]concors.Config{"/a/": {AllowMethods: []string{"PUT"}}}},
		{AllowOrigins: []string{"https://*", "http://*:*"}},
	} {
		mustPolicy(t, cfg, f)
		if _, err := concors.NewPolicy(cfg, f, concors.WithOriginFunc(nil)); (err == nil) != (len(cfg.AllowOrigins) > 0) {
			t.Errorf("%+v, the function taken back: %v", cfg, err)
		}
	}
}

func TestAnyOriginWithFunction(t *testing.T) {
	f := concors.WithOriginFunc(func(context.Context, concors.Origin, concors.Request) bool { return true })
	const rest = `"*" leaves the origin function nothing to decide: remove the "*", or the origin function`
	star := concors.Config{AllowOrigins: []string{"*"}}
	checkFaults(t, faultsOf(t, star, f), []fault{{"allowOrigins[0]", concors.ProblemAnyWithFunc, rest}})
	checkFaults(t, faultsOf(t, concors.Config{AllowOrigins: []string{app}, Paths: map[string]concors.Config{"/a": star, "/b": {}, "/c": star}}, f), []fault{
		{`paths["/a"].allowOrigins[0]`, concors.ProblemAnyWithFunc, rest},
		{`paths["/c"].allowOrigins[0]`, concors.ProblemAnyWithFunc, rest},
	})
}
