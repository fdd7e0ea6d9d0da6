package gateway_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/core/gateway"
)

// rule is what the tests read of a rule of an HTTPRoute.
type rule struct {
	Matches []struct {
		Path struct{ Type, Value string }
	}
	Filters     []json.RawMessage
	BackendRefs []map[string]any
}

// route is what they read of a route of Envoy.
type route struct {
	Match     map[string]string
	Route     map[string]string
	PerFilter map[string]policy `json:"typed_per_filter_config"`
	Add       json.RawMessage   `json:"response_headers_to_add"`
}

type policy struct {
	Origins     []matcher `json:"allow_origin_string_match"`
	Methods     string    `json:"allow_methods"`
	Headers     string    `json:"allow_headers"`
	Expose      string    `json:"expose_headers"`
	MaxAge      string    `json:"max_age"`
	Credentials bool      `json:"allow_credentials"`
	Forward     *bool     `json:"forward_not_matching_preflights"`
}

type matcher struct {
	Exact string
	Regex struct{ Regex string } `json:"safe_regex"`
}

func rulesOf(t testing.TB, cfg concors.Config) ([]rule, []gateway.Loss) {
	t.Helper()
	text, losses, err := gateway.HTTPRouteRules(cfg, nil)
	if err != nil {
		t.Fatal(err)
	}
	return decode[[]rule](t, text), losses
}

func routesOf(t testing.TB, cfg concors.Config) ([]route, []gateway.Loss) {
	t.Helper()
	text, losses, err := gateway.EnvoyRoutes(cfg, nil)
	if err != nil {
		t.Fatal(err)
	}
	return decode[[]route](t, text), losses
}

// envoyPolicy returns the policy of the only route.
func envoyPolicy(t testing.TB, cfg concors.Config) (policy, []gateway.Loss) {
	t.Helper()
	routes, losses := routesOf(t, cfg)
	if len(routes) != 1 {
		t.Fatalf("EnvoyRoutes(%+v) has %d routes, want 1", cfg, len(routes))
	}
	return routes[0].PerFilter["envoy.filters.http.cors"], losses
}

func decode[T any](t testing.TB, text []byte) (v T) {
	t.Helper()
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

// entries returns the losses that a field has, as "field: effect".
func entries(losses []gateway.Loss) (list []string) {
	for _, l := range losses {
		if l.Field != "" {
			list = append(list, l.Field+": "+string(l.Effect))
		}
	}
	return list
}

func wantEntries(t testing.TB, losses []gateway.Loss, want ...string) {
	t.Helper()
	if got := entries(losses); !slices.Equal(got, want) {
		t.Errorf("losses:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, l := range losses {
		if l.Hint == "" {
			t.Errorf("%v has no hint", l)
		}
	}
}

func wantJSON(t testing.TB, got []byte, want string) {
	t.Helper()
	a, b := decode[any](t, got), decode[any](t, []byte(want))
	if fmt.Sprint(a) != fmt.Sprint(b) {
		t.Errorf("written: %s\nwant: %s", got, want)
	}
}

// everything has an entry of each kind that some target cannot express.
var everything = concors.Config{
	AllowOrigins: []string{
		"https://app.example.com", "http://[::1]:3000", "http://localhost:*", "https://*.example.com",
		"capacitor://localhost", "https://*.example.org:8443",
	},
	AllowMethods:     []string{"PUT", "patch", "PURGE"},
	AllowHeaders:     []string{"Authorization", "X-" + strings.Repeat("a", 260)},
	ExposeHeaders:    []string{"ETag", "Y-" + strings.Repeat("a", 260)},
	AllowCredentials: true,
	MaxAge:           -1,
	PreflightStatus:  201,

	DangerouslyAllowNullOrigin:      true,
	DangerouslyAllowInsecureOrigins: true,
	DangerouslyAllowPublicSuffixes:  true,
}
