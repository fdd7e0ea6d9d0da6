package gateway_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

// pathsConfig gives each key an origin of its own, by which its rule is known.
func pathsConfig(keys ...string) concors.Config {
	cfg := concors.Config{AllowOrigins: []string{"https://outer.example.com"}, Paths: map[string]concors.Config{}}
	for i, key := range keys {
		cfg.Paths[key] = concors.Config{AllowOrigins: []string{fmt.Sprintf("https://k%d.example.com", i)}}
	}
	return cfg
}

// For each path, the target's own rules find the rule of the key that covers it.
func TestPathsFindTheirPolicy(t *testing.T) {
	keys := []string{"/a/", "/a", "/a/b", "/a/b/c/", "/ab/", "/d"}
	cfg := pathsConfig(keys...)
	p := mustPolicy(t, cfg)
	rules, _ := rulesOf(t, cfg)
	routes, _ := routesOf(t, cfg)
	for _, path := range []string{
		"/", "/a", "/a/", "/ab", "/ab/", "/abc", "/a/x", "/a/b", "/a/b/", "/a/b/x", "/a/bc", "/a/b/c", "/a/b/c/", "/a/b/c/d", "/d", "/d/", "/d/x",
	} {
		origin := "https://outer.example.com"
		key := p.Decide(context.Background(), concors.Request{Method: "GET", Path: path, Origin: []string{origin}}).Path()
		for i := range keys {
			if keys[i] == key {
				origin = fmt.Sprintf("https://k%d.example.com", i)
			}
		}
		if got := gatewayRule(rules, path); !strings.Contains(string(got.Filters[0]), origin) {
			t.Errorf("the gateway answers %s by %s, want %s", path, got.Filters[0], origin)
		}
		if got := envoyRoute(routes, path); got.PerFilter["envoy.filters.http.cors"].Origins[0].Exact != origin {
			t.Errorf("Envoy answers %s by %+v, want %s", path, got, origin)
		}
	}
}

// gatewayRule goes by the precedence of HTTPRouteRule: Exact, then the longest
// PathPrefix, which is split at slashes.
func gatewayRule(rules []rule, path string) (found rule) {
	best := -1
	for _, r := range rules {
		for _, m := range r.Matches {
			value := m.Path.Value
			switch {
			case m.Path.Type == "Exact" && value == path:
				return r
			case m.Path.Type != "PathPrefix":
			case !strings.HasPrefix(path+"/", strings.TrimSuffix(value, "/")+"/"):
			case len(value) > best:
				best, found = len(value), r
			}
		}
	}
	return found
}

// envoyRoute takes the first route that matches.
func envoyRoute(routes []route, path string) route {
	for _, r := range routes {
		prefix, separated := r.Match["prefix"], r.Match["path_separated_prefix"]
		switch {
		case r.Match["path"] == path,
			prefix != "" && strings.HasPrefix(path, prefix),
			separated != "" && strings.HasPrefix(path+"/", separated+"/"):
			return r
		}
	}
	return route{}
}
