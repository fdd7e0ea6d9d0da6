package edge_test

import (
	"regexp"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/edge"
	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	corsv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/cors/v3"
	matcherv3 "github.com/envoyproxy/go-control-plane/envoy/type/matcher/v3"
)

func TestVirtualHostsAreValid(t *testing.T) {
	for name, cfg := range policies() {
		host, _, err := edge.VirtualHost("api", []string{"api.example.com"}, cfg, "api")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := host.ValidateAll(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, route := range host.Routes {
			if policy := corsOf(t, route); policy != nil {
				if err := policy.ValidateAll(); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	}
}

// corsOf returns the policy of a route, or nil.
func corsOf(t *testing.T, route *routev3.Route) *corsv3.CorsPolicy {
	t.Helper()
	packed := route.TypedPerFilterConfig["envoy.filters.http.cors"]
	if packed == nil {
		return nil
	}
	policy := new(corsv3.CorsPolicy)
	if err := packed.UnmarshalTo(policy); err != nil {
		t.Fatal(err)
	}
	return policy
}

// What the matchers of the real type admit, the policy does.
func TestEnvoyAdmitsNoMoreThanThePolicy(t *testing.T) {
	cfg := policies()["every kind of origin"]
	var hosts []string
	for _, host := range []string{
		"example.com", "a.example.com", "a.b.c.d.e.f.example.com", "evilexample.com", "a.example.com.evil.test", "*", "a..example.com",
		strings.Repeat("a", 64) + ".example.com", strings.Repeat("a.", 125) + "example.com", "b.example", "a.b.example",
		"localhost", "127.0.0.1", "127.0.0.01", "a.1", "[::1]", "[::ffff:127.0.0.1]", "x_y.example.com", "A.example.com", "a.example.com.",
	} {
		for _, port := range []string{"", ":80", ":443", ":3000", ":8080", ":8443", ":65536", ":*"} {
			hosts = append(hosts, host+port)
		}
	}
	for _, pattern := range cfg.AllowOrigins {
		one := cfg
		one.AllowOrigins = []string{pattern}
		p := mustPolicy(t, one)
		host, _, err := edge.VirtualHost("api", []string{"*"}, one, "api")
		if err != nil {
			t.Fatal(err)
		}
		admitted := 0
		for _, authority := range hosts {
			for _, origin := range []string{"https://" + authority, "http://" + authority, "capacitor://" + authority, "a://" + authority, "null", "*"} {
				if !envoyAdmits(corsOf(t, host.Routes[0]), origin) {
					continue
				}
				admitted++
				if d := p.Decide(t.Context(), concors.Request{Method: "GET", Path: "/", Origin: []string{origin}}); !d.Allowed() {
					t.Errorf("%s: Envoy admits %q, the policy says %s", pattern, origin, d.Reason())
				}
			}
		}
		if admitted == 0 && !strings.Contains(pattern, "a.a.a.") {
			t.Errorf("%s: Envoy admits nothing", pattern)
		}
	}
}

// envoyAdmits does as Envoy's filter: a matcher that takes "*" takes all.
func envoyAdmits(policy *corsv3.CorsPolicy, origin string) bool {
	for _, m := range policy.GetAllowOriginStringMatch() {
		if matches(m, "*") || matches(m, origin) {
			return true
		}
	}
	return false
}

func matches(m *matcherv3.StringMatcher, s string) bool {
	if regex := m.GetSafeRegex(); regex != nil {
		return regexp.MustCompile(`\A(?:` + regex.Regex + `)\z`).MatchString(s)
	}
	return m.GetExact() == s
}
