package sources_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/reload/sources"
)

// TestYAMLPaths shows the one field that has a tree in it.
func TestYAMLPaths(t *testing.T) {
	got, err := sources.YAML([]byte(`
shared: &shared [https://app.example.com]
`))
	if err == nil {
		t.Errorf("a key to hang an anchor on: %+v, want an error", got)
	}
	got, err = sources.YAML([]byte(`
allowOrigins: &apps
  - https://app.example.com
paths:
  /api/: {allowOrigins: *apps, allowMethods: [PUT]}
  /health: {}
`))
	want := concors.Config{AllowOrigins: []string{"https://app.example.com"}, Paths: map[string]concors.Config{
		"/api/":   {AllowOrigins: []string{"https://app.example.com"}, AllowMethods: []string{"PUT"}},
		"/health": {},
	}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v, want\n%+v", got, err, want)
	}
}

// TestYAMLFaults shows that what ParseConfig refuses, and what YAML hides from
// it, is refused with its name, all of it at once.
func TestYAMLFaults(t *testing.T) {
	const good = "allowOrigins: [https://app.example.com]\n"
	for _, file := range []struct {
		name, text string
		want       []string // each in a fault
	}{
		{"nothing", "", []string{"null"}},
		{"a comment", "# later\n", []string{"null"}},
		{"a list", "- https://app.example.com\n", []string{"object"}},
		{"a syntax error", "allowOrigins: [\n", []string{"line 1"}},
		{"an unquoted star", "allowOrigins:\n  - *\n", []string{"line 2"}},
		{"an unknown key", good + "allowedMethods: [PUT]\n", []string{`"allowedMethods"`}},
		{"a key in another case", good + "maxage: 1\n", []string{`"maxage"`}},
		{"a repeated key", good + "maxAge: 1\nmaxAge: 2\n", []string{`line 3: key "maxAge" already set`}},
		{"a key in two spellings", good + "allow_origins: ['*']\n", []string{`"allow_origins"`, `: the file has "allowOrigins" already`}},
		{"a repeated path", "paths:\n  /a/: {}\n  /a/: {allowOrigins: ['*']}\n", []string{`line 3: key "/a/" already set`}},
		{"null", "allowOrigins:\n", []string{"allowOrigins: null"}},
		{"one text for a list", "allowOrigins: https://app.example.com\n", []string{"allowOrigins: "}},
		{"a word that YAML takes for a truth value", good + "allowMethods: [PUT, NO]\n", []string{"allowMethods[1]: "}},
		{"a text for a truth value", good + `allowCredentials: "true"`, []string{"allowCredentials: "}},
		{"a fraction", good + "maxAge: 1.5\n", []string{"maxAge: "}},
		{"a number beyond all", good + "maxAge: 99999999999999999999\n", []string{"maxAge: "}},
		{"a number that is none", good + "maxAge: .nan\n", []string{"NaN"}},
		{"a second document", good + "---\nallowCredentials: true\n", []string{"second document"}},
		{"a second document that cannot be read", good + "---\n]\n", []string{"second document"}},
		{"several", "maxAge: x\nmaxAge: y\nfoo: 1\npaths: {/a/: {bar: 1}}\n---\n", []string{
			`key "maxAge" already set`, "second document", `"foo"`, "maxAge: ", `paths["/a/"]: "bar"`,
		}},
	} {
		cfg, err := sources.YAML([]byte(file.text))
		if err == nil || !reflect.ValueOf(cfg).IsZero() {
			t.Errorf("%s: %+v, %v, want an error alone", file.name, cfg, err)
			continue
		}
		for _, want := range file.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v\nwant %q in it", file.name, err, want)
			}
		}
		var fault *concors.ConfigError
		if errors.As(err, &fault) && (fault.Line != 0 || fault.Column != 0) {
			t.Errorf("%s: %v\nwant no position, which is that of the JSON", file.name, err)
		}
	}
}

// TestYAMLReadings writes down what YAML 1.1 makes of values before ParseConfig
// sees them.
func TestYAMLReadings(t *testing.T) {
	got, err := sources.YAML([]byte("\ufeff---\nallowOrigins: ['*']\nmaxAge: 010\ndangerouslyAllowNullOrigin: yes\npreflightStatus: 2e2\n...\n"))
	want := concors.Config{AllowOrigins: []string{"*"}, MaxAge: 8, DangerouslyAllowNullOrigin: true, PreflightStatus: 200}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
}
