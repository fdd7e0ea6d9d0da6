package library

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/migrate/internal/source"
)

func flag(b bool) source.Value    { return source.Value{Kind: source.Flag, Flag: b, Source: "true"} }
func number(n int64) source.Value { return source.Value{Kind: source.Number, Number: n, Source: "n"} }
func other(s string) source.Value { return source.Value{Kind: source.Other, Source: s} }

var strs = source.Strings

// translation of fields, by hand from what each library does with them.
var translations = []struct {
	name    string
	library *Library
	fields  []source.Field
	want    concors.Config
	notes   []string // the beginning of each, in order
}{
	{"rs: a wildcard for subdomains means the same", rsCORS(),
		fields("AllowedOrigins", strs("https://*.example.com", "https://*.example.com:8443"), "AllowedMethods", strs("GET", "HEAD", "POST"), "AllowedHeaders", strs("X-A")),
		concors.Config{AllowOrigins: []string{"https://*.example.com", "https://*.example.com:8443"}, AllowMethods: []string{"GET", "HEAD", "POST"}, AllowHeaders: []string{"X-A"}},
		nil},
	{"rs: any host of a scheme has any port", rsCORS(),
		fields("AllowedOrigins", strs("moz-extension://*", "https://*")),
		concors.Config{AllowOrigins: []string{"moz-extension://*:*", "https://*:*"}, AllowMethods: []string{"GET", "POST", "HEAD"}, AllowHeaders: []string{"Accept", "Content-Type", "X-Requested-With"}},
		[]string{`AllowedOrigins: "moz-extension://*" is written`, `AllowedOrigins: "https://*" is written "https://*:*"`}},
	{"rs: one star makes the list", rsCORS(),
		fields("AllowedOrigins", strs("https://a.example", "*"), "AllowedMethods", strs("GET", "HEAD", "POST"), "AllowedHeaders", strs("X-A", "x-a")),
		concors.Config{AllowOrigins: []string{"*"}, AllowMethods: []string{"GET", "HEAD", "POST"}, AllowHeaders: []string{"X-A"}},
		[]string{`AllowedOrigins: "*" includes the other entries, which are left out: "https://a.example"`, `AllowedHeaders: "x-a" is listed twice`}},
	{"rs: a field of a newer version", rsCORS(),
		fields("AllowedOrigins", strs("https://a.example"), "AllowedMethods", strs("GET", "HEAD", "POST"), "AllowedHeaders", strs("X-A"), "Newer", flag(true)),
		concors.Config{AllowOrigins: []string{"https://a.example"}, AllowMethods: []string{"GET", "HEAD", "POST"}, AllowHeaders: []string{"X-A"}},
		[]string{"Newer: is not known to this command"}},
	{"rs: never cached", rsCORS(),
		fields("AllowedOrigins", strs("https://a.example"), "AllowedMethods", strs("GET", "HEAD", "POST"), "AllowedHeaders", strs("X-A"), "MaxAge", number(-5), "OptionsSuccessStatus", number(200)),
		concors.Config{AllowOrigins: []string{"https://a.example"}, AllowMethods: []string{"GET", "HEAD", "POST"}, AllowHeaders: []string{"X-A"}, MaxAge: -5, PreflightStatus: 200},
		nil},
	{"chi: defaults", chiCORS(), nil,
		concors.Config{AllowOrigins: []string{"*"}, AllowMethods: []string{"GET", "POST", "HEAD"}, AllowHeaders: []string{"Accept", "Content-Type"}, PreflightStatus: 200},
		nil},
	{"gin: no defaults", ginCORS(), fields("AllowOrigins", strs("https://a.example"), "MaxAge", number(90_500_000_000)),
		concors.Config{AllowOrigins: []string{"https://a.example"}, MaxAge: 90},
		nil},
	{"gin: with AllowWildcard", ginCORS(), fields("AllowOrigins", strs("https://*.a.example"), "AllowWildcard", flag(true)),
		concors.Config{AllowOrigins: []string{"https://*.a.example"}},
		nil},
	{"gin: without AllowWildcard", ginCORS(), fields("AllowOrigins", strs("https://*.a.example", "https://b.example")),
		concors.Config{AllowOrigins: []string{"https://b.example"}},
		[]string{`AllowOrigins: "https://*.a.example" is left out: without AllowWildcard`}},
	{"gin: every origin besides a function", ginCORS(), fields("AllowOrigins", strs("*"), "AllowOriginFunc", other("f")),
		concors.Config{AllowOrigins: []string{"*"}},
		[]string{"AllowOriginFunc: becomes an option", "AllowOriginFunc: gin-contrib/cors never asks it"}},
	{"gin: a negative age", ginCORS(), fields("AllowOrigins", strs("https://a.example"), "MaxAge", number(-1)),
		concors.Config{AllowOrigins: []string{"https://a.example"}},
		[]string{"MaxAge: n is left out: gin-contrib/cors sends no Access-Control-Max-Age"}},
	{"echo: defaults", echoCORS(), nil,
		concors.Config{AllowOrigins: []string{"*"}, AllowMethods: []string{"GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"}, AllowHeaders: []string{"*"}},
		[]string{"AllowMethods: is not set: echo answers with the methods of the route", "AllowHeaders: is not set, which allows every header"}},
	{"echo: every method", echoCORS(), fields("AllowMethods", strs("*"), "AllowHeaders", strs("X-A")),
		concors.Config{AllowOrigins: []string{"*"}, AllowMethods: []string{"*"}, AllowHeaders: []string{"X-A"}},
		[]string{`AllowMethods: "*" allows every method here`}},
	{"fiber: lists in strings", fiberCORS(), fields("AllowOrigins", text("HTTPS://A.example/, http://b.example"), "AllowMethods", text("GET, PUT,"), "AllowHeaders", text("X-A,Cookie")),
		concors.Config{AllowOrigins: []string{"https://a.example", "http://b.example"}, AllowMethods: []string{"GET", "PUT"}, AllowHeaders: []string{"X-A"}},
		[]string{`AllowOrigins: "HTTPS://A.example/" is written`, `AllowMethods: has an empty entry`, `AllowHeaders: "Cookie" is left out`}},
}

func fields(pairs ...any) []source.Field {
	var all []source.Field
	for i := 0; i < len(pairs); i += 2 {
		all = append(all, source.Field{Name: pairs[i].(string), Value: pairs[i+1].(source.Value)})
	}
	return all
}

func TestTranslate(t *testing.T) {
	for _, c := range translations {
		t.Run(c.name, func(t *testing.T) {
			target := c.library.targets[slices.IndexFunc(c.library.targets, isRead)]
			d := c.library.Translate(&source.Place{Target: target, Fields: c.fields})
			if d.Config == nil || !reflect.DeepEqual(*d.Config, c.want) {
				t.Errorf("Config = %+v, want %+v", d.Config, c.want)
			}
			if d.Refused != nil {
				t.Errorf("refused: %q", d.Refused)
			}
			if len(d.Notes) != len(c.notes) {
				t.Fatalf("notes %q, want %q", d.Notes, c.notes)
			}
			for i, note := range d.Notes {
				if got := note.Field + ": " + note.Text; !strings.HasPrefix(got, c.notes[i]) {
					t.Errorf("note %q, want %q", got, c.notes[i])
				}
			}
		})
	}
}

// What is known is judged even if the rest is not.
func TestKnownPartIsJudged(t *testing.T) {
	l := rsCORS()
	d := l.Translate(&source.Place{Target: l.targets[0], Fields: fields("AllowedOrigins", other("list"), "AllowedMethods", strs("put"))})
	if want := []string{`concors: allowMethods[0]: "put" never matches: browsers send this method in upper case: write "PUT"`}; !slices.Equal(d.Refused, want) {
		t.Errorf("refused %q, want %q", d.Refused, want)
	}
	if d.Config != nil || !d.Open {
		t.Errorf("Config %v, open %v", d.Config, d.Open)
	}
}

// A switch that the running program sets changes what a list of wildcards
// means, so it is never passed over.
func TestUnknownSwitches(t *testing.T) {
	for _, c := range []struct {
		library *Library
		fields  []source.Field
		note    string
	}{
		{ginCORS(), fields("AllowOrigins", strs("https://*.a.example"), "AllowWildcard", other("wild")), "AllowWildcard: is known only when the program runs (wild)"},
		{ginCORS(), fields("AllowAllOrigins", other("all")), "AllowAllOrigins: if it is true"},
		{echoCORS(), fields("Skipper", other("skip")), "Skipper: skip has no equivalent"},
		{rsCORS(), fields("OptionsPassthrough", other("pass")), "OptionsPassthrough: pass has no equivalent"},
	} {
		d := c.library.Translate(&source.Place{Target: c.library.targets[0], Fields: c.fields})
		found := slices.ContainsFunc(d.Notes, func(r source.Remark) bool { return strings.HasPrefix(r.Field+": "+r.Text, c.note) })
		if !found || !d.Open {
			t.Errorf("%s: open %v, notes %q, want %q", c.library.Name, d.Open, d.Notes, c.note)
		}
	}
}

// A function may be any expression, and is called as it stands.
func TestCallee(t *testing.T) {
	for expr, want := range map[string]string{
		"allow": "allow(", "s.origins.Allow": "s.origins.Allow(", "*p": "(*p)(", "table[0]": "(table[0])(", "make()": "(make())(", "func(string) bool { return true }": "(func(string) bool { return true })(",
	} {
		d := rsCORS().Translate(&source.Place{Target: rsCORS().targets[0], Fields: fields("AllowOriginFunc", other(expr))})
		if !strings.Contains(d.Option, "return "+want+"o.String())") {
			t.Errorf("%s: %s", expr, d.Option)
		}
	}
}
