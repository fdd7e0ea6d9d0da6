package concors

import (
	"reflect"
	"strings"
	"testing"
)

// A field of Config that policyKeys forgets could not be set by a file.
func TestParseConfigKnowsEveryField(t *testing.T) {
	kinds := map[reflect.Type][]valueKind{
		reflect.TypeFor[[]string]():          {listKind},
		reflect.TypeFor[bool]():              {switchKind},
		reflect.TypeFor[int]():               {secondsKind, statusKind},
		reflect.TypeFor[map[string]Config](): {pathsKind},
	}
	config := reflect.TypeFor[Config]()
	if config.NumField() != len(policyKeys) {
		t.Fatalf("Config has %d fields, policyKeys %d", config.NumField(), len(policyKeys))
	}
	for i, key := range policyKeys {
		field := config.Field(i)
		if name, _, _ := strings.Cut(field.Tag.Get("json"), ","); name != key.name {
			t.Errorf("policyKeys[%d] is %s, want %s", i, key.name, name)
		}
		known := false
		for _, kind := range kinds[field.Type] {
			known = known || kind == key.kind
		}
		if !known {
			t.Errorf("policyKeys[%d], %s, has kind %d, which is not one of %v", i, key.name, key.kind, kinds[field.Type])
		}
	}
}

func TestParseConfigOffersTheKeyMeant(t *testing.T) {
	tests := []struct{ key, meant string }{
		// Other notations, other libraries, the names of the header fields.
		{"allow_origins", "allowOrigins"},
		{"allow-origins", "allowOrigins"},
		{"ALLOW_ORIGINS", "allowOrigins"},
		{"allowedOrigins", "allowOrigins"},
		{"allowed_origins", "allowOrigins"},
		{"AllowedOrigin", "allowOrigins"},
		{"allowOrigin", "allowOrigins"},
		{"origins", "allowOrigins"},
		{"origin", "allowOrigins"},
		{"corsOrigins", "allowOrigins"},
		{"Access-Control-Allow-Origin", "allowOrigins"},
		{"methods", "allowMethods"},
		{"allowedMethods", "allowMethods"},
		{"headers", "allowHeaders"},
		{"AllowedHeaders", "allowHeaders"},
		{"exposedHeaders", "exposeHeaders"},
		{"Access-Control-Expose-Headers", "exposeHeaders"},
		{"credentials", "allowCredentials"},
		{"allowCredential", "allowCredentials"},
		{"supports_credentials", "allowCredentials"},
		{"withCredentials", "allowCredentials"},
		{"max_age", "maxAge"},
		{"Access-Control-Max-Age", "maxAge"},
		{"optionsSuccessStatus", "preflightStatus"},
		{"path", "paths"},
		{"allowNullOrigin", "dangerouslyAllowNullOrigin"},
		{"allowInsecureOrigins", "dangerouslyAllowInsecureOrigins"},
		{"publicSuffixes", "dangerouslyAllowPublicSuffixes"},
		// Slips of the pen.
		{"alowOrigns", "allowOrigins"},
		{"allowOrgiins", "allowOrigins"},
		{"allowMethdos", "allowMethods"},
		{"maxAg", "maxAge"},
		{"preflightStats", "preflightStatus"},
		{"dangerouslyAllowNulOrigin", "dangerouslyAllowNullOrigin"},
	}
	for _, test := range tests {
		checkKey(t, test.key, ProblemUnknownKey, `write "`+test.meant+`"`)
	}

	const keys = "remove it; a policy has allowOrigins, allowMethods, allowHeaders, exposeHeaders, " +
		"allowCredentials, maxAge, preflightStatus and paths"
	for _, key := range []string{"", "a", "allow", "cors", "debug", "$schema", "_comment", "range", "image", "hearts"} {
		checkKey(t, key, ProblemUnknownKey, keys)
	}
}

func TestParseConfigAnswersKeysOfOthers(t *testing.T) {
	const private = "remove it: browsers never shipped the private network preflight, so nothing is needed"
	for _, key := range []string{"allowPrivateNetwork", "AllowPrivateNetworks", "privateNetworkAccess", "allow_private_network"} {
		checkKey(t, key, ProblemUnknownKey, private)
	}
	checkKey(t, "allowAllOrigins", ProblemUnknownKey, `write "allowOrigins": ["*"]`)
	checkKey(t, "allowAnyOrigin", ProblemUnknownKey, `write "allowOrigins": ["*"]`)
	checkKey(t, "allow_origin_regex", ProblemUnknownKey, `write patterns such as "https://*.example.com" in "allowOrigins"`)
	checkKey(t, "allowedOriginPatterns", ProblemUnknownKey, `write patterns such as "https://*.example.com" in "allowOrigins"`)
	checkKey(t, "maxAgeSeconds", ProblemUnknownKey, `write "maxAge", in seconds`)
	for _, key := range policyKeys {
		checkKey(t, strings.ToUpper(key.name), ProblemKeyCase, `write "`+key.name+`"`)
		checkKey(t, strings.ToUpper(key.name[:1])+key.name[1:], ProblemKeyCase, `write "`+key.name+`"`)
	}
}

// checkKey parses a policy of one key and compares the fault of the key, which
// is the first.
func checkKey(t *testing.T, key string, problem Problem, hint string) {
	t.Helper()
	_, err := ParseConfig([]byte(`{"` + key + `": []}`))
	faults, _ := err.(ConfigErrors)
	want := ConfigError{Value: key, Problem: problem, Hint: hint, Line: 1, Column: 2}
	if len(faults) == 0 || *faults[0] != want {
		t.Errorf("the key %q gives %v, want %v", key, err, &want)
	}
}

func TestParseConfigRefusesKeys(t *testing.T) {
	tests := []struct{ file, want string }{
		{`{"allowOrigin": null}`, `1, column 2: "allowOrigin" is not a key of a policy: write "allowOrigins"`},
		{`{"AllowOrigins": []}`, `1, column 2: "AllowOrigins" is a key in another case: write "allowOrigins"`},
		// encoding/json folds the long s, too.
		{`{"allowOriginſ": []}`, `1, column 2: "allowOriginſ" is a key in another case: write "allowOrigins"`},
		{"{\"maxAge\": 1,\n \"maxAge\": 1}", `2, column 2: "maxAge" is given twice: line 1, column 2 has "maxAge" already; keep one`},
		{`{"maxAge": 1, "max\u0041ge": 2}`, `1, column 15: "maxAge" is given twice: line 1, column 2 has "maxAge" already; keep one`},
		{`{"MaxAge": 1, "maxAge": "2"}`, `1, column 2: "MaxAge" is a key in another case: write "maxAge"
1, column 15: "maxAge" is given twice: line 1, column 2 has "MaxAge" already; keep one
1, column 25: maxAge: the type is wrong: write 2 without quotes`},
		{`{"maxAge": 1, "MAXAGE": 2}`, `1, column 15: "MAXAGE" is a key in another case: line 1, column 2 has "maxAge" already; keep one`},
		// Beyond doubt the list: its value is judged, too.
		{`{"allow_origins": "*"}`, `1, column 2: "allow_origins" is not a key of a policy: write "allowOrigins"
1, column 19: allowOrigins: the type is wrong: write ["*"]`},
		{`{"paths": {"/a": {"Maxage": 1, "origin": 2}}}`, `1, column 19: paths["/a"]: "Maxage" is a key in another case: write "maxAge"
1, column 32: paths["/a"]: "origin" is not a key of a policy: write "allowOrigins"`},
		{`{"paths": {"/a": {}, "/b": {}, "\/a": {}}}`, `1, column 32: paths: "/a" is given twice: line 1, column 12 has it already; keep one`},
		{`{"paths": {"/a": {"path": {}}}}`, `1, column 19: paths["/a"]: "path" is not a key of a policy: remove it; a policy has allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge and preflightStatus`},
	}
	for _, test := range tests {
		checkFaults(t, test.file, test.want)
	}
}
