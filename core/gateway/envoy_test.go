package gateway_test

import (
	"fmt"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/core/gateway"
)

func TestEnvoyListsWhatItLeavesOut(t *testing.T) {
	got, losses := envoyPolicy(t, everything)
	wantEntries(t, losses, "allowOrigins[3]: narrowed", "allowOrigins[5]: narrowed", "preflightStatus: left-out",
		"dangerouslyAllowNullOrigin: differs", "dangerouslyAllowInsecureOrigins: differs", "dangerouslyAllowPublicSuffixes: differs")
	if got.Methods != "PUT, patch, PURGE" || !strings.HasPrefix(got.Headers, "Authorization, X-a") ||
		!strings.HasPrefix(got.Expose, "ETag, Y-a") || got.MaxAge != "0" || !got.Credentials {
		t.Errorf("policy = %+v", got)
	}
	if got.Forward == nil || *got.Forward {
		t.Error("refused preflights reach the handler")
	}
	for i, exact := range map[int]string{0: "https://app.example.com", 1: "http://[::1]:3000", 4: "capacitor://localhost"} {
		if got.Origins[i].Exact != exact {
			t.Errorf("matcher %d = %+v, want exactly %s", i, got.Origins[i], exact)
		}
	}
	if l := losses[len(losses)-1]; l.Effect != gateway.NeedsSetting || !strings.Contains(l.Hint, "re2.max_program_size.error_level") {
		t.Errorf("the last loss is %v, want the setting that regular expressions need", l)
	}
}

func TestEnvoyStars(t *testing.T) {
	star := []string{"*"}
	got, losses := envoyPolicy(t, concors.Config{AllowOrigins: star, AllowMethods: star, AllowHeaders: star, ExposeHeaders: star})
	wantEntries(t, losses, "allowOrigins[0]: differs")
	if got.Origins[0].Exact != "*" || got.Methods != "*" || got.Headers != "*, Authorization" || got.Expose != "*" {
		t.Errorf("policy = %+v", got)
	}
	got, losses = envoyPolicy(t, concors.Config{
		AllowOrigins: []string{"https://app.example.com"}, AllowMethods: star, AllowHeaders: star, AllowCredentials: true,
	})
	wantEntries(t, losses, "allowMethods[0]: differs", "allowHeaders[0]: differs")
	if got.Methods != "*" || got.Headers != "*" || got.MaxAge != "" {
		t.Errorf("policy = %+v", got)
	}
}

func TestEnvoyRoutesFollowPaths(t *testing.T) {
	inner := concors.Config{AllowOrigins: []string{"https://app.example.com"}}
	cfg := concors.Config{AllowOrigins: []string{"*"}, Paths: map[string]concors.Config{
		"/a/": inner, "/a/bcd/": inner, "/a": {}, "/z/": {},
	}}
	text, losses, err := gateway.EnvoyRoutes(cfg, []byte(`{"cluster": "api"}`))
	if err != nil {
		t.Fatal(err)
	}
	wantEntries(t, losses, "allowOrigins[0]: differs", "paths: wider")
	var order []string
	for _, r := range decode[[]route](t, text) {
		policy, hasPolicy := r.PerFilter["envoy.filters.http.cors"]
		line := fmt.Sprint(r.Match, r.Route["cluster"])
		if hasPolicy {
			line += " " + policy.Origins[0].Exact + string(r.Add)
		}
		order = append(order, strings.Join(strings.Fields(line), ""))
	}
	const vary = `[{"header":{"key":"Vary","value":"Origin"}}]`
	want := []string{
		"map[path:/a]api", "map[path:/a/]api",
		"map[path_separated_prefix:/a/bcd]apihttps://app.example.com" + vary,
		"map[path_separated_prefix:/a]apihttps://app.example.com" + vary,
		"map[path_separated_prefix:/z]api",
		"map[prefix:/]api*" + vary,
	}
	if got := strings.Join(order, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("routes:\n%s\nwant:\n%s", got, strings.Join(want, "\n"))
	}
}

func TestEnvoyPolicyWithoutOrigins(t *testing.T) {
	scheme := strings.Repeat("a", 201)
	routes, losses := routesOf(t, concors.Config{AllowOrigins: []string{scheme + "://localhost:*"}})
	wantEntries(t, losses, "allowOrigins[0]: left-out", "allowOrigins: left-out")
	if len(routes) != 1 || routes[0].PerFilter != nil {
		t.Errorf("routes = %+v, want one without a policy", routes)
	}
}
