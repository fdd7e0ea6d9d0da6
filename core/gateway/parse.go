package gateway

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strconv"

	concors "github.com/concors/concors/core"
)

// ParseFilter reads one CORS filter of an HTTPRoute, an element of its filters
// such as {"type": "CORS", "cors": {…}}, back into a Config. It reads JSON as
// strictly as [concors.ParseConfig] does and refuses whatever a filter does not
// have; the error then is a [concors.ConfigErrors], with lines and columns of
// data where they are known.
//
// Whether the policy is safe, [concors.NewPolicy] says, and it refuses some of
// what a filter may say, such as "*" with credentials. What both may say means
// no more in the Config than in the filter, but for "*" in allowHeaders: by the
// letter of the Gateway API it is every header, and so it is in a Config, while
// a gateway that hands it on leaves Authorization to be refused by browsers.
func ParseFilter(data []byte) (concors.Config, error) {
	cors, offset, err := corsOf(data)
	if err != nil {
		return concors.Config{}, err
	}
	cfg, err := concors.ParseConfig(append(blank(data[:offset]), cors...))
	if err != nil {
		return concors.Config{}, err
	}
	if faults := foreign(cors); len(faults) > 0 {
		return concors.Config{}, faults
	}
	if cfg.MaxAge < 0 {
		return concors.Config{}, fault("maxAge", strconv.Itoa(cfg.MaxAge), concors.ProblemMaxAge, "a filter takes 1 or more")
	}
	return cfg, nil
}

// corsOf takes a filter apart: the policy in it and where that begins.
func corsOf(data []byte) (cors json.RawMessage, offset int64, err error) {
	d := json.NewDecoder(bytes.NewReader(data))
	if token, err := d.Token(); err != nil || token != json.Delim('{') {
		return nil, 0, fault("", "", concors.ProblemSyntax, "a filter is a JSON object with type and cors")
	}
	hasType := false
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return nil, 0, fault("", "", concors.ProblemSyntax, err.Error())
		}
		key, _ := token.(string)
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, 0, fault(key, "", concors.ProblemSyntax, err.Error())
		}
		switch {
		case key == "type" && hasType, key == "cors" && cors != nil:
			return nil, 0, fault("", key, concors.ProblemRepeatedKey, "remove it")
		case key == "type" && string(value) != `"CORS"`:
			return nil, 0, fault(key, string(value), concors.ProblemType, `only filters of the type "CORS" hold a policy`)
		case key == "type":
			hasType = true
		case key == "cors":
			cors, offset = value, d.InputOffset()-int64(len(value))
		default:
			return nil, 0, fault("", key, concors.ProblemUnknownKey, "a filter has type and cors alone")
		}
	}
	if _, err := d.Token(); err != nil {
		return nil, 0, fault("", "", concors.ProblemSyntax, err.Error())
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, 0, fault("", "", concors.ProblemTrailingData, "remove what follows the filter")
	}
	if !hasType || cors == nil {
		return nil, 0, fault("", "", concors.ProblemSyntax, `a filter has both "type": "CORS" and cors`)
	}
	return cors, offset, nil
}

// foreign returns a fault for each key of a policy that a filter does not have.
func foreign(cors json.RawMessage) (faults concors.ConfigErrors) {
	known := []string{"allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders", "allowCredentials", "maxAge"}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(cors, &keys); err != nil {
		return fault("", "", concors.ProblemSyntax, err.Error())
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if !slices.Contains(known, key) {
			faults = append(faults, fault("", key, concors.ProblemUnknownKey, "a CORS filter has no such field: set it in the Config")...)
		}
	}
	return faults
}

func fault(field, value string, problem concors.Problem, hint string) concors.ConfigErrors {
	return concors.ConfigErrors{{Field: field, Value: value, Problem: problem, Hint: hint}}
}

// blank returns as many blanks as text has bytes, in the same lines, so that
// what follows it keeps its place.
func blank(text []byte) []byte {
	blanks := bytes.Repeat([]byte(" "), len(text))
	for i, c := range text {
		if c == '\n' {
			blanks[i] = c
		}
	}
	return blanks
}
