// Package schema_test holds docs/policy.schema.json, by which editors judge
// policy files, to what core judges.
package schema_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	concors "github.com/concors/concors/core"
)

const (
	file = "../../docs/policy.schema.json"
	page = "../../docs/policy-file.md"
)

// compiled is the schema, which its own meta-schema has judged.
var compiled = sync.OnceValues(func() (*jsonschema.Schema, error) {
	return jsonschema.NewCompiler().Compile(file)
})

// validate returns what an editor reports of a policy file, nil for nothing.
// An editor knows what the text means, not how it is written.
func validate(t testing.TB, text string) error {
	t.Helper()
	schema, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// inText lists what is wrong with a text, and gone once it is read: no schema
// hears of it, as of repeated keys.
var inText = []concors.Problem{concors.ProblemNumber, concors.ProblemEncoding, concors.ProblemByteOrderMark}

// inPolicy lists what the schema leaves to NewPolicy: it has no list of public
// suffixes, cannot fold case or write an IPv6 address, does not compare lengths
// with those of schemes, and cannot know whether the program has an origin
// function.
var inPolicy = []concors.Problem{
	concors.ProblemPublicSuffix, concors.ProblemDuplicate, concors.ProblemPathCase, concors.ProblemOriginIP,
	concors.ProblemOriginHost, concors.ProblemOriginNeverMatches, concors.ProblemNoOrigins, concors.ProblemAnyWithFunc,
}

// problems lists the faults of an error of core.
func problems(err error) (all []concors.Problem) {
	var faults concors.ConfigErrors
	errors.As(err, &faults)
	for _, fault := range faults {
		all = append(all, fault.Problem)
	}
	return all
}

// build returns why a Config is no policy, were it with an origin function.
func build(cfg concors.Config) error {
	_, err := concors.NewPolicy(cfg)
	if err == nil {
		return nil
	}
	nobody := func(context.Context, concors.Origin, concors.Request) bool { return false }
	if _, withFunc := concors.NewPolicy(cfg, concors.WithOriginFunc(nobody)); withFunc == nil {
		return nil
	}
	return err
}

// compare holds the two judges together on one file:
// what core takes, the schema takes, and what the schema takes and core does
// not has no fault but those that a schema cannot see.
func compare(t testing.TB, text string) {
	t.Helper()
	refused := validate(t, text)
	cfg, err := concors.ParseConfig([]byte(text))
	unseen := inText
	if err == nil {
		err = build(cfg)
		unseen = inPolicy
	}
	if refused != nil {
		if err == nil {
			t.Errorf("core takes what the schema refuses:\n%s\n%v", text, refused)
		}
		return
	}
	found := problems(err)
	if slices.Contains(found, concors.ProblemRepeatedKey) {
		return // the value that the schema read need not be the one at fault
	}
	for _, problem := range found {
		if !slices.Contains(unseen, problem) {
			t.Errorf("the schema takes what core refuses:\n%s\n%v", text, err)
			return
		}
	}
}

// TestKeysAreFields holds that a policy of the schema, and one of its paths, has
// the keys of Config, each with words for an editor to show and a row in the
// page.
func TestKeysAreFields(t *testing.T) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	type property struct {
		Ref                string `json:"$ref"`
		Title, Description string
	}
	type object struct{ Properties map[string]property }
	var schema struct {
		object
		Defs map[string]json.RawMessage `json:"$defs"`
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	var inner object
	if err := json.Unmarshal(schema.Defs["pathPolicy"], &inner); err != nil {
		t.Fatal(err)
	}
	words, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	config := reflect.TypeFor[concors.Config]()
	if n := config.NumField(); len(schema.Properties) != n || len(inner.Properties) != n {
		t.Errorf("%d keys, in paths %d, want %d", len(schema.Properties), len(inner.Properties), n)
	}
	for field := range config.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if want := "#/$defs/" + name; schema.Properties[name].Ref != want || name != "paths" && inner.Properties[name].Ref != want {
			t.Errorf("%s is %q, in paths %q, want %q", name, schema.Properties[name].Ref, inner.Properties[name].Ref, want)
		}
		var def property
		if err := json.Unmarshal(schema.Defs[name], &def); err != nil || def.Title == "" || def.Description == "" {
			t.Errorf("%s has the title %q, the description %q, %v", name, def.Title, def.Description, err)
		}
		if !strings.Contains(string(words), "\n| `"+name+"` | ") {
			t.Errorf("%s has no row in the page", name)
		}
	}
}
