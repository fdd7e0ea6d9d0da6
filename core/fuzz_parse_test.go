package concors

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// FuzzParseConfig asserts what holds for every file: what is accepted can be
// written and read again, what encoding/json refuses is refused, and faults
// come in the order of the file, one a line, at a place inside it.
func FuzzParseConfig(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `null`, `[1,]`, `{"maxAge": 1e2}`, `{"maxAge": -1, "preflightStatus": 204}`,
		`{"allowOrigins": ["https://a.example", null, "\ud800"], "AllowOrigins": []}`,
		`{"paths": {"/a/": {"allowOrigins": ["*"], "paths": {}}, "/b": {}}, "allowCredentials": true}`,
		`{"dangerouslyAllowNullOrigin": true, "max\u0041ge": 5} x`, "\ufeff{}", "\xff\xfe{", "{\"a\xff\": '",
		`{"maxAge": 10m}`, `{"allowMethods": ["PUT" "DELETE"]}`, `{"exposeHeaders": ["\q`, "{\n// x\n}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		cfg, err := ParseConfig(data)
		if err != nil {
			checkFuzzedFaults(t, data, cfg, err)
			return
		}
		if err := decodeStrictly(data); err != nil {
			t.Fatalf("accepted, but encoding/json says: %v", err)
		}
		if bytes.HasPrefix(data, []byte("\ufeff")) {
			t.Fatal("a byte-order mark is accepted")
		}
		text, err := json.Marshal(cfg)
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParseConfig(text)
		if err != nil || !reflect.DeepEqual(again, cfg) {
			t.Fatalf("%s gives %+v, %v, want %+v", text, again, err, cfg)
		}
	})
}

func decodeStrictly(data []byte) error {
	var cfg Config
	if err := json.Unmarshal(data, &cfg); err != nil {
		return err // trailing data included
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	return dec.Decode(&cfg)
}

func checkFuzzedFaults(t *testing.T, data []byte, cfg Config, err error) {
	t.Helper()
	faults, ok := err.(ConfigErrors)
	if !ok || len(faults) == 0 {
		t.Fatalf("the error is a %T, %v", err, err)
	}
	if !reflect.DeepEqual(cfg, Config{}) {
		t.Fatalf("%+v beside an error", cfg)
	}
	if lines := strings.Count(err.Error(), "\n") + 1; lines != len(faults) {
		t.Fatalf("%d faults in %d lines: %s", len(faults), lines, err)
	}
	fileLines := bytes.Split(data, []byte{'\n'})
	line, column := 1, 1
	for i, fault := range faults {
		if fault.Line < line || fault.Line == line && fault.Column < column {
			t.Fatalf("out of order: %v", err)
		}
		line, column = fault.Line, fault.Column
		// A fault may stand right behind the last byte, where one is missing.
		if line > len(fileLines) || column < 1 || column > len(fileLines[line-1])+1 {
			t.Fatalf("outside the file: %v", fault)
		}
		if fault.Problem == ProblemSyntax && i < len(faults)-1 {
			t.Fatalf("told behind a syntax error: %v", faults[i+1])
		}
		if fault.Hint == "" {
			t.Fatalf("no hint: %v", fault)
		}
	}
}
