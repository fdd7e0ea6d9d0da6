package gateway_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/core/gateway"
)

func TestFilterListsWhatItLeavesOut(t *testing.T) {
	rules, losses := rulesOf(t, everything)
	wantJSON(t, rules[0].Filters[0], `{"type": "CORS", "cors": {
		"allowOrigins": ["https://app.example.com", "https://*.example.com", "https://*.example.org:8443"],
		"allowMethods": ["PUT"], "allowHeaders": ["Authorization"], "exposeHeaders": ["ETag"],
		"allowCredentials": true, "maxAge": 1}}`)
	wantEntries(t, losses,
		"allowOrigins[1]: left-out", "allowOrigins[2]: left-out", "allowOrigins[4]: left-out",
		"allowMethods[1]: left-out", "allowMethods[2]: left-out",
		"allowHeaders[1]: left-out", "exposeHeaders[1]: left-out",
		"maxAge: differs", "preflightStatus: left-out",
		"dangerouslyAllowNullOrigin: differs", "dangerouslyAllowInsecureOrigins: differs", "dangerouslyAllowPublicSuffixes: differs")
	if losses[0].Value != "http://[::1]:3000" {
		t.Errorf("value = %q, want the entry as given", losses[0].Value)
	}
	if last := losses[len(losses)-1]; last.Field != "" || last.Effect != gateway.Differs || !strings.Contains(last.Hint, "Vary") {
		t.Errorf("the last loss is %v, want what no filter says", last)
	}
}

func TestFilterLosesNothingOfAPlainPolicy(t *testing.T) {
	rules, losses := rulesOf(t, concors.Config{
		AllowOrigins: []string{"https://app.example.com:8443", "http://127.0.0.1:3000"}, AllowMethods: []string{"PATCH"}, MaxAge: 600,
	})
	wantEntries(t, losses)
	wantJSON(t, rules[0].Filters[0], `{"type": "CORS", "cors": {"allowOrigins": ["https://app.example.com:8443", "http://127.0.0.1:3000"],
		"allowMethods": ["PATCH"], "maxAge": 600}}`)
}

func TestFilterOfStars(t *testing.T) {
	star := []string{"*"}
	// Without credentials a gateway may send "*", in which browsers do not read Authorization.
	_, losses := rulesOf(t, concors.Config{AllowOrigins: star, AllowMethods: star, AllowHeaders: star, ExposeHeaders: star})
	wantEntries(t, losses, "allowHeaders[0]: narrowed")
	// With them, it must name what the page asked for.
	_, losses = rulesOf(t, concors.Config{
		AllowOrigins: []string{"https://app.example.com"}, AllowMethods: star, AllowHeaders: star, AllowCredentials: true,
	})
	wantEntries(t, losses)
	// A host wildcard without a port is read by some as one of ports too.
	rules, losses := rulesOf(t, concors.Config{AllowOrigins: []string{"https://*", "https://*:8443", "https://*:*"}})
	wantEntries(t, losses, "allowOrigins[0]: left-out", "allowOrigins[1]: narrowed", "allowOrigins[2]: left-out")
	wantJSON(t, rules[0].Filters[0], `{"type": "CORS", "cors": {"allowOrigins": ["https://*:8443"]}}`)
}

func TestNoFilterWithoutOrigins(t *testing.T) {
	rules, losses := rulesOf(t, concors.Config{AllowOrigins: []string{"null"}, DangerouslyAllowNullOrigin: true})
	wantEntries(t, losses, "allowOrigins[0]: left-out", "dangerouslyAllowNullOrigin: differs", "allowOrigins: left-out")
	if len(rules) != 1 || rules[0].Filters != nil {
		t.Errorf("rules = %+v, want one without a filter", rules)
	}
}

func TestFilterBoundsItsLists(t *testing.T) {
	var cfg concors.Config
	for i := range 66 {
		cfg.AllowOrigins = append(cfg.AllowOrigins, fmt.Sprintf("https://s%d.example.com", i))
	}
	cfg.AllowOrigins[3] = "https://" + strings.Repeat("a.", 120) + "example.com" // 259 bytes
	rules, losses := rulesOf(t, cfg)
	wantEntries(t, losses, "allowOrigins[3]: left-out", "allowOrigins[65]: left-out")
	filter := decode[struct {
		CORS struct{ AllowOrigins []string }
	}](t, rules[0].Filters[0])
	if n := len(filter.CORS.AllowOrigins); n != 64 {
		t.Errorf("the filter has %d origins, want 64", n)
	}
}

func TestRulesFollowPaths(t *testing.T) {
	inner := concors.Config{AllowOrigins: []string{"https://app.example.com"}}
	cfg := concors.Config{AllowOrigins: []string{"*"}, Paths: map[string]concors.Config{
		"/a/": inner, "/a": {}, "/b/": {}, "/c": inner,
	}}
	text, losses, err := gateway.HTTPRouteRules(cfg, []byte(`[{"name": "api", "port": 80}]`))
	if err != nil {
		t.Fatal(err)
	}
	wantEntries(t, losses, "paths: wider")
	const backend = `"backendRefs": [{"name": "api", "port": 80}]`
	wantJSON(t, text, `[
		{"matches": [{"path": {"type": "PathPrefix", "value": "/"}}],
		 "filters": [{"type": "CORS", "cors": {"allowOrigins": ["*"]}}], `+backend+`},
		{"matches": [{"path": {"type": "Exact", "value": "/a"}}, {"path": {"type": "Exact", "value": "/a/"}},
		             {"path": {"type": "PathPrefix", "value": "/b"}}], `+backend+`},
		{"matches": [{"path": {"type": "PathPrefix", "value": "/a"}},
		             {"path": {"type": "Exact", "value": "/c"}}, {"path": {"type": "Exact", "value": "/c/"}}],
		 "filters": [{"type": "CORS", "cors": {"allowOrigins": ["https://app.example.com"]}}], `+backend+`}]`)
}

func TestRulesForPathsAlone(t *testing.T) {
	inner := concors.Config{AllowOrigins: []string{"https://app.example.com"}}
	rules, _ := rulesOf(t, concors.Config{Paths: map[string]concors.Config{"/a/": inner}})
	if len(rules) != 2 || rules[0].Matches[0].Path.Value != "/" || rules[0].Filters != nil {
		t.Errorf("rules = %+v, want one without a filter for what no key covers", rules)
	}
	rules, _ = rulesOf(t, concors.Config{AllowOrigins: []string{"*"}, Paths: map[string]concors.Config{"/": inner}})
	if len(rules) != 1 || !strings.Contains(string(rules[0].Filters[0]), "app.example.com") {
		t.Errorf("rules = %+v, want none but that of the key /", rules)
	}
}

// What is left of a Config that does not fit would give paths to a wider policy.
func TestRulesAreWrittenWholeOrNotAtAll(t *testing.T) {
	one := func(i int) concors.Config {
		return concors.Config{AllowOrigins: []string{fmt.Sprintf("https://s%d.example.com", i)}}
	}
	policies, keys, long := map[string]concors.Config{}, map[string]concors.Config{}, map[string]concors.Config{}
	for i := range 15 {
		policies[fmt.Sprintf("/p%d/", i)] = one(i)
	}
	for i := range 127 {
		keys[fmt.Sprintf("/p%d/", i)] = one(i % 100 / 99)
	}
	// A match has at most 1024 bytes; "/a" is written as "/a" and as "/a/", "/a/" as "/a".
	long["/"+strings.Repeat("a", 1022)] = one(0)
	long["/"+strings.Repeat("b", 1023)+"/"] = one(0)
	for name, paths := range map[string]map[string]concors.Config{"policies": policies, "keys": keys, "long": long} {
		outer := concors.Config{AllowOrigins: []string{"*"}, Paths: paths}
		if rules, losses := rulesOf(t, outer); len(rules) == 0 {
			t.Errorf("%s: nothing is written, want all: %v", name, losses)
		}
	}
	if rules, _ := rulesOf(t, concors.Config{AllowOrigins: []string{"*"}, Paths: keys}); slices.ContainsFunc(rules, func(r rule) bool {
		return len(r.Matches) > 64
	}) {
		t.Error("a rule has more than 64 matches")
	}
	policies["/q/"], keys["/q/"], long["/"+strings.Repeat("c", 1023)] = one(99), one(1), one(1)
	for name, paths := range map[string]map[string]concors.Config{"policies": policies, "keys": keys, "long": long} {
		text, losses, err := gateway.HTTPRouteRules(concors.Config{AllowOrigins: []string{"*"}, Paths: paths}, nil)
		if err != nil || text != nil {
			t.Errorf("%s: HTTPRouteRules = %s, %v, want nothing", name, text, err)
		}
		if last := losses[len(losses)-1]; last.Field != "paths" || last.Effect != gateway.LeftOut {
			t.Errorf("%s: the last loss is %v, want paths left out", name, last)
		}
	}
}

func TestFaultyConfigsAreNotWritten(t *testing.T) {
	for name, write := range map[string]func() (any, []gateway.Loss, error){
		"HTTPRouteRules": func() (any, []gateway.Loss, error) { return wrap(gateway.HTTPRouteRules(concors.Config{}, nil)) },
		"EnvoyRoutes":    func() (any, []gateway.Loss, error) { return wrap(gateway.EnvoyRoutes(concors.Config{}, nil)) },
	} {
		text, losses, err := write()
		if _, ok := errors.AsType[concors.ConfigErrors](err); !ok || text != nil || losses != nil {
			t.Errorf("%s of a Config that allows nothing = %v, %v, %v, want ConfigErrors", name, text, losses, err)
		}
	}
	plain := concors.Config{AllowOrigins: []string{"https://app.example.com"}}
	if _, _, err := gateway.HTTPRouteRules(plain, []byte("[")); err == nil {
		t.Error("HTTPRouteRules takes backendRefs that are no JSON")
	}
	if _, _, err := gateway.EnvoyRoutes(plain, []byte("{")); err == nil {
		t.Error("EnvoyRoutes takes an action that is no JSON")
	}
}

func wrap(text []byte, losses []gateway.Loss, err error) (any, []gateway.Loss, error) {
	if text == nil {
		return nil, losses, err
	}
	return text, losses, err
}

func TestLossIsOneLine(t *testing.T) {
	loss := gateway.Loss{Field: "allowOrigins[1]", Value: "a\nb", Effect: gateway.LeftOut, Hint: "why"}
	if got, want := loss.String(), `allowOrigins[1]: "a\nb" (left-out): why`; got != want {
		t.Errorf("String() = %s, want %s", got, want)
	}
	if got, want := (gateway.Loss{Effect: gateway.Differs, Hint: "why"}).String(), `(differs): why`; got != want {
		t.Errorf("String() = %s, want %s", got, want)
	}
}
