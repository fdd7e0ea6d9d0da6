package concors_test

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

var (
	offered   = regexp.MustCompile(`(?:write|or) ("(?:[^"\\]|\\.)*")`)
	listEntry = regexp.MustCompile(`(\w+)\[\d+\]$`)
)

// FuzzNewPolicy asserts that no value panics or changes, that each fault is one
// line with a remedy, and that an entry that a remedy offers is taken.
func FuzzNewPolicy(f *testing.F) {
	f.Add("https://app.example.com", "PUT", "Origin", "/a/", 0)
	f.Add("wss://App.example.com:443/ws", "get,put", "X-A: b", "/a/{id}", 7)
	f.Add("10.0.0.7:3000", "patch", "Content Type", "https://a.example/x", 1)
	f.Add("https://.example.com", "Content Type", "Retry After", "api", 1)
	f.Add("http://*.github.io", "*", "*", "a//", 1<<20)
	f.Add("null", "TRACE", "sec-x", "/A", -1)
	for i, origin := range slices.Concat(somePatterns, someOrigins) {
		at := func(list []string) string { return list[i%len(list)] }
		f.Add(origin, at(slices.Concat(someMethods, someRequested[:slices.Index(someRequested, longest)])), at(slices.Concat(someHeaders, someNames)), at(slices.Concat(someKeys, somePaths)), i)
	}
	f.Fuzz(func(t *testing.T, origin, method, header, key string, number int) {
		build := func() concors.Config {
			rules := concors.Config{
				AllowOrigins: []string{"https://a.example", origin}, AllowMethods: []string{method, "PURGE"}, AllowHeaders: []string{header}, ExposeHeaders: []string{"ETag", header},
				AllowCredentials: number%2 == 0, MaxAge: number, PreflightStatus: 200 + number>>1, DangerouslyAllowNullOrigin: number%3 == 0,
				DangerouslyAllowInsecureOrigins: number%5 == 0, DangerouslyAllowPublicSuffixes: number%7 == 0,
			}
			cfg := rules
			cfg.Paths = map[string]concors.Config{key: rules, "/a": {}}
			return cfg
		}
		cfg := build()
		p, err := concors.NewPolicy(cfg)
		_, again := concors.NewPolicy(cfg)
		if !reflect.DeepEqual(cfg, build()) || fmt.Sprint(err) != fmt.Sprint(again) {
			t.Fatalf("%+v is now %+v; built twice it gives %v, then %v", build(), cfg, err, again)
		}
		checkTaken(t, origin, err)
		if err == nil {
			if !reflect.DeepEqual(p.Config(), cfg) {
				t.Fatalf("Config() = %+v, want %+v", p.Config(), cfg)
			}
			return
		}
		for _, f := range err.(concors.ConfigErrors) {
			if f.Field == "" || f.Problem == "" || f.Hint == "" || strings.ContainsAny(f.Error(), "\n\r\x00\x1b") {
				t.Fatalf("%+v is told as %q", *f, f.Error())
			}
			checkOffer(t, f)
		}
	})
}

// checkTaken asserts that an entry is an origin as browsers write it, or a
// pattern, unless a fault names it.
func checkTaken(t *testing.T, entry string, err error) {
	t.Helper()
	faults, _ := err.(concors.ConfigErrors)
	isNamed := slices.ContainsFunc(faults, func(f *concors.ConfigError) bool { return f.Field == "allowOrigins[1]" })
	if _, _, ok := refParse(entry); !ok && !isNamed && entry != "null" && !strings.Contains(entry, "*") {
		t.Fatalf("the origin %q is taken: %v", entry, err)
	}
}

// checkOffer puts what a hint says to write in the place of what was written.
func checkOffer(t *testing.T, f *concors.ConfigError) {
	t.Helper()
	for _, match := range offered.FindAllStringSubmatch(f.Hint, -1) {
		if match[1] == `":*"` { // a port is only a part of an entry
			continue
		}
		value, err := strconv.Unquote(match[1])
		if err != nil {
			t.Fatal(err)
		}
		// Whether the value is safe in this policy is another question.
		mended := concors.Config{AllowOrigins: []string{"https://a.example"}}
		list := []string{value}
		switch name := listEntry.FindStringSubmatch(f.Field); {
		case name == nil:
			mended.Paths = map[string]concors.Config{value: {}}
		case name[1] == "allowOrigins":
			mended.AllowOrigins = list
		case name[1] == "allowMethods":
			mended.AllowMethods = list
		case name[1] == "allowHeaders":
			mended.AllowHeaders = list
		case name[1] == "exposeHeaders":
			mended.ExposeHeaders = list
		}
		if _, err := concors.NewPolicy(mended); err != nil {
			t.Fatalf("%v offers what is wrong too: %v", f, err)
		}
	}
}
