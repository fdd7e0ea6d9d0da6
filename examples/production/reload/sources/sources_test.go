package sources_test

import (
	"reflect"
	"testing"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/reload/sources"
)

// One policy in three notations. Each field has a value of its own, so that no
// two can be mistaken for each other; null needs its switch, and so do the
// insecure origin and the public suffix.
var want = concors.Config{
	AllowOrigins: []string{
		"https://app.example.com", "https://*.example.org", "http://app.example.com", "https://*.co.uk",
	},
	AllowMethods:     []string{"PUT", "DELETE"},
	AllowHeaders:     []string{"Authorization", "Content-Type"},
	ExposeHeaders:    []string{"X-Total"},
	AllowCredentials: true, MaxAge: 600, PreflightStatus: 200,
	DangerouslyAllowNullOrigin:      true,
	DangerouslyAllowInsecureOrigins: true,
	DangerouslyAllowPublicSuffixes:  true,
}

const inJSON = `{
  "allowOrigins": ["https://app.example.com", "https://*.example.org", "http://app.example.com", "https://*.co.uk"],
  "allowMethods": ["PUT", "DELETE"],
  "allowHeaders": ["Authorization", "Content-Type"],
  "exposeHeaders": ["X-Total"],
  "allowCredentials": true,
  "maxAge": 600,
  "preflightStatus": 200,
  "dangerouslyAllowNullOrigin": true,
  "dangerouslyAllowInsecureOrigins": true,
  "dangerouslyAllowPublicSuffixes": true
}`

const inYAML = `
allowOrigins:
  - https://app.example.com
  - https://*.example.org
  - http://app.example.com
  - https://*.co.uk
allowMethods: [PUT, DELETE]
allowHeaders: [Authorization, Content-Type]
exposeHeaders: [X-Total]
allowCredentials: true
maxAge: 600             # ten minutes
preflightStatus: 200
dangerouslyAllowNullOrigin: true
dangerouslyAllowInsecureOrigins: true
dangerouslyAllowPublicSuffixes: true
`

var inEnvironment = []string{
	"PATH=/bin",
	"CORS_ALLOW_ORIGINS=https://app.example.com,https://*.example.org,http://app.example.com,https://*.co.uk",
	"CORS_ALLOW_METHODS=PUT,DELETE",
	"CORS_ALLOW_HEADERS=Authorization,Content-Type",
	"CORS_EXPOSE_HEADERS=X-Total",
	"CORS_ALLOW_CREDENTIALS=true",
	"CORS_MAX_AGE=600",
	"CORS_PREFLIGHT_STATUS=200",
	"CORS_DANGEROUSLY_ALLOW_NULL_ORIGIN=true",
	"CORS_DANGEROUSLY_ALLOW_INSECURE_ORIGINS=true",
	"CORS_DANGEROUSLY_ALLOW_PUBLIC_SUFFIXES=true",
}

// TestSamePolicy shows that the three sources make the same policy of it.
func TestSamePolicy(t *testing.T) {
	if n := reflect.ValueOf(want); true {
		for i := range n.NumField() {
			if name := n.Type().Field(i).Name; n.Field(i).IsZero() && name != "Paths" {
				t.Errorf("the policy of this test leaves %s zero", name)
			}
		}
	}
	for _, source := range []struct {
		name string
		read func() (concors.Config, error)
	}{
		{"JSON", func() (concors.Config, error) { return sources.ForFile("policy.json")([]byte(inJSON)) }},
		{"YAML", func() (concors.Config, error) { return sources.ForFile("policy.yaml")([]byte(inYAML)) }},
		{"JSON read as YAML", func() (concors.Config, error) { return sources.ForFile("policy.yml")([]byte(inJSON)) }},
		{"environment", func() (concors.Config, error) { return sources.Env("CORS_", inEnvironment) }},
	} {
		got, err := source.read()
		if err != nil {
			t.Errorf("%s: %v", source.name, err)
			continue
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n%+v, want\n%+v", source.name, got, want)
		}
		policy, err := concors.NewPolicy(got)
		if err != nil {
			t.Errorf("%s: %v", source.name, err)
			continue
		}
		if !reflect.DeepEqual(policy.Config(), want) {
			t.Errorf("%s: in force is\n%+v, want\n%+v", source.name, policy.Config(), want)
		}
	}
}
