package concors_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

// fault is one fault as a person reads it: the whole line is
// "concors: <field>: <rest>".
type fault struct {
	field   string
	problem concors.Problem
	rest    string
}

func checkFaults(t *testing.T, got concors.ConfigErrors, want []fault) {
	t.Helper()
	var lines []string
	for i, f := range want {
		line := "concors: " + f.field + ": " + f.rest
		lines = append(lines, line)
		if i >= len(got) {
			t.Errorf("missing: %s", line)
			continue
		}
		if got[i].Field != f.field || got[i].Problem != f.problem {
			t.Errorf("fault %d: %s (%s), want %s (%s)", i, got[i].Field, got[i].Problem, f.field, f.problem)
		}
		if got[i].Error() != line {
			t.Errorf("fault %d:\n\t%s, want\n\t%s", i, got[i].Error(), line)
		}
	}
	for _, f := range got[min(len(want), len(got)):] {
		t.Errorf("too much: %s (%s)", f.Error(), f.Problem)
	}
	if got.Error() != strings.Join(lines, "\n") && !t.Failed() {
		t.Errorf("the whole error is\n%s", got.Error())
	}
}

func TestConfigErrorsAreErrors(t *testing.T) {
	_, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"*"}, AllowMethods: []string{"get"}, MaxAge: 90000})
	faults, ok := errors.AsType[concors.ConfigErrors](err)
	if !ok || len(faults) != 2 {
		t.Fatalf("NewPolicy = %v, want two faults", err)
	}
	one, ok := errors.AsType[*concors.ConfigError](err)
	if !ok || one != faults[0] {
		t.Errorf("the first fault is %v, want %v", one, faults[0])
	}
	for _, f := range faults {
		if !errors.Is(err, f) || f.Line != 0 || f.Column != 0 {
			t.Errorf("%v is not in the error, or has a place in a file", f)
		}
	}
	if want := (concors.ConfigError{
		Field: "allowMethods[0]", Value: "get", Problem: concors.ProblemMethodCase,
		Hint: `browsers send this method in upper case: write "GET"`,
	}); *faults[0] != want {
		t.Errorf("the first fault is %+v, want %+v", *faults[0], want)
	}
	if got, _ := concors.NewPolicy(concors.Config{AllowOrigins: []string{app}}); got == nil {
		t.Error("no policy without faults")
	}
}

// A value is told in full to programs, and cut for people; whatever is in it,
// a fault is one line.
func TestConfigErrorQuotes(t *testing.T) {
	for _, value := range []string{"a\nb", "\x1b[31m", "\xff", strings.Repeat("é", 1000), strings.Repeat("x", 1<<20), "\u2028", `"`} {
		for _, cfg := range []concors.Config{
			{AllowOrigins: []string{value}},
			{AllowOrigins: []string{"https://" + value}},
			{AllowOrigins: []string{app}, AllowMethods: []string{value + " "}},
			{AllowOrigins: []string{app}, AllowHeaders: []string{value + " "}},
			{AllowOrigins: []string{app}, ExposeHeaders: []string{value + " "}},
			{Paths: map[string]concors.Config{value: {AllowOrigins: []string{app}}}},
		} {
			faults := faultsOf(t, cfg)
			if len(faults) != 1 || !strings.HasSuffix(strings.TrimSuffix(faults[0].Value, " "), value) {
				t.Errorf("%.20q gives %.100v", value, faults)
			}
			if strings.ContainsFunc(faults.Error(), func(r rune) bool { return r < ' ' || r == '\ufffd' || r == '\u2028' }) {
				t.Errorf("%.20q is printed as it is: %.100s", value, faults)
			}
		}
	}
}

// The caller's Config is as it was, refused or not, and may be used again.
func TestNewPolicyLeavesTheConfigAlone(t *testing.T) {
	build := func() concors.Config {
		return concors.Config{
			AllowOrigins: []string{"https://b.example.com", "https://*.example.com", "http://localhost:*"},
			AllowMethods: []string{"PUT", "patch"}, AllowHeaders: []string{"X-B", "x-a"}, ExposeHeaders: []string{"X-C"}, MaxAge: -1,
			Paths: map[string]concors.Config{"/b/": {AllowOrigins: []string{"*"}, AllowMethods: []string{"*"}}, "/a": {}},
		}
	}
	faulty := func() concors.Config {
		cfg := build()
		cfg.AllowMethods[1] = "get"
		cfg.Paths["/b/"] = concors.Config{AllowOrigins: []string{"HTTPS://x"}}
		return cfg
	}
	for _, make := range []func() concors.Config{build, faulty} {
		cfg := make()
		_, first := concors.NewPolicy(cfg)
		_, second := concors.NewPolicy(cfg)
		if !reflect.DeepEqual(cfg, make()) {
			t.Errorf("the Config is now %+v", cfg)
		}
		if fmt.Sprint(first) != fmt.Sprint(second) {
			t.Errorf("built twice: %v, then %v", first, second)
		}
	}
	cfg := build()
	one, two := mustPolicy(t, cfg), mustPolicy(t, cfg)
	if !reflect.DeepEqual(one.Config(), two.Config()) || !reflect.DeepEqual(one.Config(), build()) {
		t.Errorf("two policies of one Config: %+v, %+v", one.Config(), two.Config())
	}
}

// What the caller does to its Config, or to the one that it gets, is nothing to
// the policy.
func TestPolicyKeepsNoSlice(t *testing.T) {
	build := func() concors.Config {
		return concors.Config{
			AllowOrigins: []string{app}, AllowMethods: []string{"PUT"}, AllowHeaders: []string{"X-A"}, ExposeHeaders: []string{"X-B"},
			Paths: map[string]concors.Config{"/p/": {AllowOrigins: []string{app}, AllowMethods: []string{"DELETE"}}},
		}
	}
	cfg := build()
	p := mustPolicy(t, cfg)
	spoil := func(cfg concors.Config) {
		for _, list := range [][]string{cfg.AllowOrigins, cfg.AllowMethods, cfg.AllowHeaders, cfg.ExposeHeaders, cfg.Paths["/p/"].AllowOrigins, cfg.Paths["/p/"].AllowMethods} {
			for i := range list {
				list[i] = "spoilt"
			}
		}
		delete(cfg.Paths, "/p/")
	}
	spoil(cfg)
	spoil(p.Config())
	if got := p.Config(); !reflect.DeepEqual(got, build()) {
		t.Errorf("Config() = %+v, want %+v", got, build())
	}
	const want = "204 allowed [Allow-Headers: X-A | Allow-Methods: PUT | Allow-Origin: https://app.example.com | Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers]"
	if got := show(p.Decide(background, preflight(app, "PUT", "x-a"))); got != want {
		t.Errorf("Decide = %s, want %s", got, want)
	}
	r := preflight(app, "DELETE")
	r.Path = "/p/x"
	if d := p.Decide(background, r); !d.Allowed() || d.Path() != "/p/" || fieldsOf(d)["Access-Control-Allow-Methods"] != "DELETE" {
		t.Errorf("Decide = %s under %q", show(d), d.Path())
	}
}

// A refused reload changes nothing, and its error is the one of NewPolicy.
func TestReloadRefuses(t *testing.T) {
	p := mustPolicy(t, concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"PUT"}})
	was := p.Config()
	bad := concors.Config{AllowOrigins: []string{other, other + "/"}, AllowMethods: []string{"DELETE"}, MaxAge: 90000}
	err := p.Reload(bad)
	if _, want := concors.NewPolicy(bad); fmt.Sprint(err) != fmt.Sprint(want) {
		t.Errorf("Reload = %v, want %v", err, want)
	}
	if !reflect.DeepEqual(p.Config(), was) || !p.Decide(background, preflight(app, "PUT")).Allowed() || p.Decide(background, get(other)).Allowed() {
		t.Errorf("after a refused reload the policy is %+v", p.Config())
	}
	good := concors.Config{AllowOrigins: []string{other}, AllowMethods: []string{"DELETE"}}
	if err := p.Reload(good); err != nil || !slices.Equal(p.Config().AllowOrigins, good.AllowOrigins) {
		t.Errorf("Reload = %v, and the policy is %+v", err, p.Config())
	}
	if !p.Decide(background, preflight(other, "DELETE")).Allowed() || p.Decide(background, get(app)).Allowed() {
		t.Error("after a reload the old policy decides")
	}
}
