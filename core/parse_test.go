package concors

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

var accepted = []struct {
	file string
	want Config
}{
	{`{}`, Config{}},
	{" \t\r\n{ \n } \n", Config{}},
	{`{"allowOrigins": [], "allowMethods": [], "allowHeaders": [], "exposeHeaders": [], "paths": {}}`, Config{}},
	{`{"paths": {"/": {"allowOrigins": []}}}`, Config{Paths: map[string]Config{"/": {}}}},
	{`{"paths": {"/": {"paths" : { }, "maxAge": 1}}}`, Config{Paths: map[string]Config{"/": {MaxAge: 1}}}},
	{`{"maxAge": -0, "preflightStatus": 0}`, Config{}},
	{`{"maxAge": -1}`, Config{MaxAge: -1}},
	{`{"max\u0041ge": 5}`, Config{MaxAge: 5}},
	{`{"allowOrigins": ["\ud83d\ude00", "é", ""]}`, Config{AllowOrigins: []string{"😀", "é", ""}}},
	{`{
		"allowOrigins": ["https://a.example", "https://b.example"],
		"allowMethods": ["PUT"],
		"allowHeaders": ["Authorization"],
		"exposeHeaders": ["ETag"],
		"allowCredentials": true,
		"maxAge": 600,
		"preflightStatus": 200,
		"paths": {"/api/": {"allowOrigins": ["*"]}, "/API/": {}, "": {"maxAge": 1}},
		"dangerouslyAllowNullOrigin": true,
		"dangerouslyAllowInsecureOrigins": false,
		"dangerouslyAllowPublicSuffixes": true
	}`, Config{
		AllowOrigins:     []string{"https://a.example", "https://b.example"},
		AllowMethods:     []string{"PUT"},
		AllowHeaders:     []string{"Authorization"},
		ExposeHeaders:    []string{"ETag"},
		AllowCredentials: true,
		MaxAge:           600,
		PreflightStatus:  200,
		Paths: map[string]Config{
			"/api/": {AllowOrigins: []string{"*"}},
			"/API/": {},
			"":      {MaxAge: 1},
		},
		DangerouslyAllowNullOrigin:     true,
		DangerouslyAllowPublicSuffixes: true,
	}},
}

func TestParseConfig(t *testing.T) {
	for _, test := range accepted {
		got, err := ParseConfig([]byte(test.file))
		if err != nil || !reflect.DeepEqual(got, test.want) {
			t.Errorf("ParseConfig(%s) = %+v, %v, want %+v", test.file, got, err, test.want)
		}
	}
}

// checkFaults parses file and compares the error with want, one fault a line,
// each without the prefix "concors: line ".
func checkFaults(t *testing.T, file, want string) {
	t.Helper()
	cfg, err := ParseConfig([]byte(file))
	if err == nil {
		t.Errorf("ParseConfig(%q) accepts, want\n%s", file, want)
		return
	}
	if !reflect.DeepEqual(cfg, Config{}) {
		t.Errorf("ParseConfig(%q) = %+v beside an error, want the zero Config", file, cfg)
	}
	const prefix = "concors: line "
	if want = prefix + strings.ReplaceAll(want, "\n", "\n"+prefix); err.Error() != want {
		t.Errorf("ParseConfig(%q):\n%s\nwant\n%s", file, err, want)
	}
}

const (
	wantPolicy = `a policy is an object, such as {"allowOrigins": ["https://app.example.com"]}`
	wantPaths  = `write an object that maps paths to policies, such as {"/api/": {"allowOrigins": ["https://app.example.com"]}}`
)

var refusedValues = []struct{ file, want string }{
	// Types.
	{`[]`, `1, column 1: the type is wrong: ` + wantPolicy},
	{` "x"`, `1, column 2: the type is wrong: ` + wantPolicy},
	{`{"allowOrigins": "*"}`, `1, column 18: allowOrigins: the type is wrong: write ["*"]`},
	{`{"allowMethods": "PUT, DELETE,"}`, `1, column 18: allowMethods: the type is wrong: write ["PUT", "DELETE"]`},
	{`{"allowHeaders": " "}`, `1, column 18: allowHeaders: the type is wrong: write a list of strings`},
	{`{"exposeHeaders": {"a": ["b"]}}`, `1, column 19: exposeHeaders: the type is wrong: write a list of strings`},
	{`{"allowOrigins": ["a", 8080, true, ["b"], {}]}`, `1, column 24: allowOrigins[1]: the type is wrong: write a string
1, column 30: allowOrigins[2]: the type is wrong: write a string
1, column 36: allowOrigins[3]: the type is wrong: write a string
1, column 43: allowOrigins[4]: the type is wrong: write a string`},
	{`{"allowCredentials": "true"}`, `1, column 22: allowCredentials: the type is wrong: write true without quotes`},
	{`{"allowCredentials": 1}`, `1, column 22: allowCredentials: the type is wrong: write true or false`},
	{`{"maxAge": "600"}`, `1, column 12: maxAge: the type is wrong: write 600 without quotes`},
	{`{"maxAge": "10m"}`, `1, column 12: maxAge: the type is wrong: write 600, in seconds`},
	{`{"maxAge": "-1h"}`, `1, column 12: maxAge: the type is wrong: write whole seconds, such as 600`},
	{`{"maxAge": false}`, `1, column 12: maxAge: the type is wrong: write whole seconds, such as 600`},
	{`{"preflightStatus": "OK"}`, `1, column 21: preflightStatus: the type is wrong: write a status of success, such as 204`},
	{`{"paths": ["/api/"]}`, `1, column 11: paths: the type is wrong: ` + wantPaths},
	{`{"paths": {"/api/": false}}`, `1, column 21: paths["/api/"]: the type is wrong: write a policy, or {} for no CORS here`},
	{`{"paths": {"/api/": {"allowOrigins": ["a", 1]}}}`, `1, column 44: paths["/api/"].allowOrigins[1]: the type is wrong: write a string`},

	// null.
	{`null`, `1, column 1: null means nothing here: ` + wantPolicy},
	{`{"allowOrigins": null}`, `1, column 18: allowOrigins: null means nothing here: remove the key`},
	{`{"allowOrigins": ["a", null]}`, `1, column 24: allowOrigins[1]: null means nothing here: remove it`},
	{`{"allowCredentials": null}`, `1, column 22: allowCredentials: null means nothing here: remove the key`},
	{`{"maxAge": null}`, `1, column 12: maxAge: null means nothing here: remove the key`},
	{`{"paths": null}`, `1, column 11: paths: null means nothing here: remove the key`},
	{`{"paths": {"/a": null}}`, `1, column 18: paths["/a"]: null means nothing here: write a policy, or {} for no CORS here`},

	// Numbers.
	{`{"maxAge": 600.0}`, `1, column 12: maxAge: "600.0" is not a number that this field takes: write 600`},
	{`{"maxAge": 6e2}`, `1, column 12: maxAge: "6e2" is not a number that this field takes: write 600`},
	{`{"maxAge": 0.5}`, `1, column 12: maxAge: "0.5" is not a number that this field takes: write whole seconds, such as 600`},
	{`{"maxAge": -1.0}`, `1, column 12: maxAge: "-1.0" is not a number that this field takes: write -1, so that browsers keep nothing`},
	{`{"maxAge": 9223372036854775808}`, `1, column 12: maxAge: "9223372036854775808" is not a number that this field takes: the most is 86400, a day`},
	{`{"maxAge": 1E400}`, `1, column 12: maxAge: "1E400" is not a number that this field takes: the most is 86400, a day`},
	{`{"maxAge": -1e400}`, `1, column 12: maxAge: "-1e400" is not a number that this field takes: write -1, so that browsers keep nothing`},
	{`{"preflightStatus": 204.0}`, `1, column 21: preflightStatus: "204.0" is not a number that this field takes: write 204`},
	{`{"preflightStatus": 20.4e1}`, `1, column 21: preflightStatus: "20.4e1" is not a number that this field takes: write 204`},
	{`{"preflightStatus": 1e30}`, `1, column 21: preflightStatus: "1e30" is not a number that this field takes: write a status of success, such as 204`},

	// Unicode.
	{"{\"allowOrigins\": [\"caf\xe9\"]}", `1, column 19: allowOrigins[0]: "caf\xe9" is not valid Unicode: the byte 0xe9 is not UTF-8; save the file as UTF-8`},
	{`{"allowOrigins": ["\ud800"]}`, `1, column 19: allowOrigins[0]: "�" is not valid Unicode: an escape from \ud800 to \udfff needs its other half`},
	{`{"allowOrigins": ["\ude00\ud83d"]}`, `1, column 19: allowOrigins[0]: "��" is not valid Unicode: an escape from \ud800 to \udfff needs its other half`},
	{`{"allowOrigins": ["�"]}`, `1, column 19: allowOrigins[0]: "�" is not valid Unicode: U+FFFD stands for a character that was lost; write that character`},
	{`{"allowOrigins": ["\uFFFD"]}`, `1, column 19: allowOrigins[0]: "�" is not valid Unicode: U+FFFD stands for a character that was lost; write that character`},
	{"{\"paths\": {\"/\xff\": {\"maxAge\": null}}}", `1, column 12: paths: "/\xff" is not valid Unicode: the byte 0xff is not UTF-8; save the file as UTF-8
1, column 29: paths["/�"].maxAge: null means nothing here: remove the key`},
	{"{\"maxAge\xff\": [\"\xff\"]}", `1, column 2: "maxAge\xff" is not valid Unicode: the byte 0xff is not UTF-8; save the file as UTF-8
1, column 14: "\xff" is not valid Unicode: the byte 0xff is not UTF-8; save the file as UTF-8`},

	// Paths in paths, however deep and however spelt.
	{`{"paths": {"/a": {"paths": {"/b": {"paths": {}}}, "maxAge": "5"}}}`, `1, column 19: paths["/a"].paths: paths cannot hold paths: move these keys to the outer paths, where the longest one wins
1, column 61: paths["/a"].maxAge: the type is wrong: write 5 without quotes`},
	{`{"paths": {"/a": {"Paths": null}}}`, `1, column 19: paths["/a"]: "Paths" is a key in another case: write "paths"
1, column 28: paths["/a"].paths: null means nothing here: remove the key`},
}

func TestParseConfigRefusesValues(t *testing.T) {
	for _, test := range refusedValues {
		checkFaults(t, test.file, test.want)
	}
}

func TestParseConfigTellsEveryFaultInOrder(t *testing.T) {
	file := "\ufeff{\n" +
		"  \"AllowOrigins\": [\"https://a.example\", 5],\r\n" +
		"\t\"é\": {\"b\": [\"\\udead\"]},\n" +
		"  \"paths\": {\"/a\": {\"maxAge\": 1.5}, \"/a\": {}},\n" +
		"  \"maxAge\": null,\n" +
		"  \"allowOrigins\": \"*\"\n" +
		"} ]"
	want := ConfigErrors{
		{Problem: ProblemByteOrderMark, Line: 1, Column: 1, Value: "\ufeff"},
		{Problem: ProblemKeyCase, Line: 2, Column: 3, Value: "AllowOrigins"},
		{Problem: ProblemType, Line: 2, Column: 41, Value: "5", Field: "allowOrigins[1]"},
		{Problem: ProblemUnknownKey, Line: 3, Column: 2, Value: "é"},
		{Problem: ProblemEncoding, Line: 3, Column: 15, Value: "\ufffd"},
		{Problem: ProblemNumber, Line: 4, Column: 30, Value: "1.5", Field: `paths["/a"].maxAge`},
		{Problem: ProblemRepeatedKey, Line: 4, Column: 36, Value: "/a", Field: "paths"},
		{Problem: ProblemNull, Line: 5, Column: 13, Value: "null", Field: "maxAge"},
		{Problem: ProblemRepeatedKey, Line: 6, Column: 3, Value: "allowOrigins"},
		{Problem: ProblemType, Line: 6, Column: 19, Value: `"*"`, Field: "allowOrigins"},
		{Problem: ProblemTrailingData, Line: 7, Column: 3, Value: "]"},
	}
	_, err := ParseConfig([]byte(file))
	got, ok := errors.AsType[ConfigErrors](err)
	if !ok || len(got) != len(want) {
		t.Fatalf("ParseConfig: %v, want %d faults", err, len(want))
	}
	for i, fault := range got {
		if fault.Hint == "" {
			t.Errorf("fault %d, %v, has no hint", i, fault)
		}
		fault.Hint = ""
		if *fault != *want[i] {
			t.Errorf("fault %d is %+v, want %+v", i, *fault, *want[i])
		}
	}
}

// A file of a megabyte whose shape is nothing like a policy is refused
// without a deep stack, and without memory that grows faster than the file.
func TestParseConfigRefusesHugeFiles(t *testing.T) {
	const size = 1 << 20
	wide := strings.Repeat(" ", 60)
	fill := func(unit string) string { return strings.Repeat(unit, size/len(unit)) }
	tests := []struct {
		name, file string
		last       Problem
	}{
		{"brackets", fill(`[`), ProblemSyntax},
		{"brackets for a key", `{"x": ` + fill(`[`), ProblemSyntax},
		{"closed brackets", strings.Repeat("[", size/2) + strings.Repeat("]", size/2), ProblemSyntax},
		{"objects", fill(`{"a":`), ProblemSyntax},
		{"paths", fill(`{"paths":{"/":`), ProblemSyntax},
		{"repeated keys", `{` + fill("\"maxAge\":1,\n"+wide) + `"maxAge":1}`, ProblemRepeatedKey},
		{"unknown keys", `{` + fill(`"x":[],`+wide) + `"x":0}`, ProblemUnknownKey},
		{"a long key", `{"` + fill("x") + `": 1}`, ProblemUnknownKey},
		{"a long path above many faults", `{"paths": {"` + fill("/x") + `": {"allowOrigins": [` + fill("0,"+wide) + `0]}}}`, ProblemType},
		{"a long number", `{"maxAge": ` + fill("1") + `}`, ProblemNumber},
		{"white space", fill("\n"), ProblemSyntax},
		{"commas", fill(","), ProblemSyntax},
		{"trailing data", `{}` + fill(`{}`), ProblemTrailingData},
	}
	for _, test := range tests {
		_, err := ParseConfig([]byte(test.file))
		faults, ok := errors.AsType[ConfigErrors](err)
		if !ok || len(faults) == 0 {
			t.Errorf("%s: %v, want faults", test.name, err)
			continue
		}
		if last := faults[len(faults)-1]; last.Problem != test.last {
			t.Errorf("%s: the last fault is %.200v, want %s", test.name, last, test.last)
		}
	}
}
