package gateway_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/core/gateway"
)

func TestParseFilter(t *testing.T) {
	got, err := gateway.ParseFilter([]byte(`{"type": "CORS", "cors": {
		"allowOrigins": ["https://*.example.com"], "allowMethods": ["PUT"], "allowHeaders": ["X-A"],
		"exposeHeaders": ["ETag"], "allowCredentials": true, "maxAge": 5}}`))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got.AllowOrigins, []string{"https://*.example.com"}) || !slices.Equal(got.AllowMethods, []string{"PUT"}) ||
		!slices.Equal(got.AllowHeaders, []string{"X-A"}) || !slices.Equal(got.ExposeHeaders, []string{"ETag"}) ||
		!got.AllowCredentials || got.MaxAge != 5 {
		t.Errorf("ParseFilter = %+v", got)
	}
	mustPolicy(t, got)
}

func TestParseFilterRefuses(t *testing.T) {
	const origins = `"allowOrigins": ["*"]`
	for _, c := range []struct {
		filter  string
		field   string
		problem concors.Problem
	}{
		{``, "", concors.ProblemSyntax},
		{`[]`, "", concors.ProblemSyntax},
		{`{"type": "CORS"`, "", concors.ProblemSyntax},
		{`{"type": "CORS", "cors": {` + origins + `}`, "", concors.ProblemSyntax},
		{`{"type": "CORS", "cors": {]}}`, "cors", concors.ProblemSyntax},
		{`{"type": "CORS"}`, "", concors.ProblemSyntax},
		{`{"cors": {` + origins + `}}`, "", concors.ProblemSyntax},
		{`{"type": "URLRewrite", "cors": {` + origins + `}}`, "type", concors.ProblemType},
		{`{"type": "CORS", "type": "CORS", "cors": {` + origins + `}}`, "", concors.ProblemRepeatedKey},
		{`{"type": "CORS", "cors": {` + origins + `}, "cors": {}}`, "", concors.ProblemRepeatedKey},
		{`{"type": "CORS", "cors": {` + origins + `}, "Cors": {}}`, "", concors.ProblemUnknownKey},
		{`{"type": "CORS", "cors": {` + origins + `}} {}`, "", concors.ProblemTrailingData},
		{`{"type": "CORS", "cors": {` + origins + `}} ]`, "", concors.ProblemTrailingData},
		{`{"type": "CORS", "cors": {` + origins + `, "preflightStatus": 200}}`, "", concors.ProblemUnknownKey},
		{`{"type": "CORS", "cors": {` + origins + `, "paths": {}}}`, "", concors.ProblemUnknownKey},
		{`{"type": "CORS", "cors": {` + origins + `, "dangerouslyAllowNullOrigin": false}}`, "", concors.ProblemUnknownKey},
		{`{"type": "CORS", "cors": {` + origins + `, "maxAge": -1}}`, "maxAge", concors.ProblemMaxAge},
		{`{"type": "CORS", "cors": null}`, "", concors.ProblemNull},
		{`{"type": "CORS", "cors": {"AllowOrigins": ["*"]}}`, "", concors.ProblemKeyCase},
	} {
		cfg, err := gateway.ParseFilter([]byte(c.filter))
		faults, _ := errors.AsType[concors.ConfigErrors](err)
		if len(faults) != 1 || faults[0].Problem != c.problem || faults[0].Field != c.field || faults[0].Hint == "" || cfg.AllowOrigins != nil {
			t.Errorf("ParseFilter(%s) = %+v, %v, want %s of %q", c.filter, cfg, err, c.problem, c.field)
		}
	}
}

// Places are those of the filter, not of the policy in it.
func TestParseFilterNamesPlaces(t *testing.T) {
	_, err := gateway.ParseFilter([]byte("{\n  \"type\": \"CORS\",\n  \"cors\": {\"maxAge\": null,\n    \"maxAge\": 1.5}\n}"))
	faults, _ := errors.AsType[concors.ConfigErrors](err)
	var places [][2]int
	for _, f := range faults {
		places = append(places, [2]int{f.Line, f.Column})
	}
	if !slices.Contains(places, [2]int{3, 22}) || !slices.ContainsFunc(places, func(p [2]int) bool { return p[0] == 4 }) {
		t.Errorf("faults at %v, want 3:22 and line 4: %v", places, err)
	}
	if first := "line 3, column 12"; !strings.Contains(err.Error(), first) {
		t.Errorf("%v\ndoes not say that the key stands at %s already", err, first)
	}
}

// NewPolicy refuses what a filter may say and a policy may not.
func TestParseFilterLeavesSafetyToNewPolicy(t *testing.T) {
	cfg, err := gateway.ParseFilter([]byte(`{"type": "CORS", "cors": {"allowOrigins": ["*"], "allowCredentials": true}}`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := concors.NewPolicy(cfg); err == nil {
		t.Error(`NewPolicy takes "*" with credentials`)
	}
}
