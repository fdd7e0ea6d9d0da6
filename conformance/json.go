package conformance

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	concors "github.com/concors/concors/core"
)

// A setup is what a case needs beside its policy.
type setup struct {
	debug      bool
	originFunc []string        // the origins that the origin function admits; nil: no function
	outer      json.RawMessage // a policy mounted outside the other; nil: none
}

// A decision is what the observer must hear about a request; nil members are
// not compared.
type decision struct {
	heard                bool
	reason, detail, path *string
}

// reasons are the words that a decision.json may give as reason.
var reasons = []concors.Reason{
	concors.ReasonAllowed, concors.ReasonNoPolicy, concors.ReasonPathAmbiguous, concors.ReasonOriginMalformed,
	concors.ReasonSeveralOrigins, concors.ReasonNullOrigin, concors.ReasonOriginNotAllowed,
	concors.ReasonOriginFuncLate, concors.ReasonMethodMalformed, concors.ReasonMethodNotAllowed,
	concors.ReasonHeaderMalformed, concors.ReasonHeaderNotAllowed, concors.ReasonHeadersTooLong,
}

func parseSetup(s section) (setup, *caseError) {
	var out setup
	err := readObject(s.text, func(key string, value json.RawMessage) error {
		switch key {
		case "debug":
			return json.Unmarshal(value, &out.debug)
		case "originFunc":
			if err := json.Unmarshal(value, &out.originFunc); err != nil {
				return err
			}
			if out.originFunc == nil {
				return errors.New("want a list of origins")
			}
			return nil
		case "outer":
			out.outer = value
			return nil
		}
		return errors.New("unknown key")
	})
	if err != nil {
		return setup{}, lineError(s.line, "setup.json: %v", err)
	}
	return out, nil
}

func parseDecision(s section) (*decision, *caseError) {
	out := decision{heard: true}
	keys := 0
	err := readObject(s.text, func(key string, value json.RawMessage) error {
		keys++
		switch key {
		case "heard":
			if string(value) != "false" {
				return errors.New("want false: to be heard needs no saying")
			}
			out.heard = false
			return nil
		case "reason":
			return json.Unmarshal(value, &out.reason)
		case "detail":
			return json.Unmarshal(value, &out.detail)
		case "path":
			return json.Unmarshal(value, &out.path)
		}
		return errors.New("unknown key")
	})
	switch {
	case err != nil:
	case keys == 0:
		err = errors.New("says nothing")
	case !out.heard && keys > 1:
		err = errors.New("a request that is not heard has no reason, detail or path")
	case out.reason != nil && !slices.Contains(reasons, concors.Reason(*out.reason)):
		err = fmt.Errorf("unknown reason %q", *out.reason)
	}
	if err != nil {
		return nil, lineError(s.line, "decision.json: %v", err)
	}
	return &out, nil
}

func parseVerdict(s section) (*Verdict, *caseError) {
	words := map[string]string{}
	err := readObject(s.text, func(key string, value json.RawMessage) error {
		if key != "omit" && key != "include" {
			return errors.New("unknown key")
		}
		var said string
		if err := json.Unmarshal(value, &said); err != nil {
			return err
		}
		if said != word(true) && said != word(false) {
			return fmt.Errorf("%q: want allowed or blocked", cut(said))
		}
		words[key] = said
		return nil
	})
	if err == nil && len(words) != 2 {
		err = errors.New("want both omit and include")
	}
	if err != nil {
		return nil, lineError(s.line, "verdict.json: %v", err)
	}
	return &Verdict{Omit: words["omit"] == word(true), Include: words["include"] == word(true)}, nil
}

func parseFaults(s section) ([]string, *caseError) {
	var fields []string
	if err := json.Unmarshal([]byte(s.text), &fields); err != nil || len(fields) == 0 {
		return nil, lineError(s.line, `errors.json: want a list of fields such as ["allowOrigins[0]"]`)
	}
	return fields, nil
}

// readObject calls member for each member of a JSON object. Unlike
// json.Unmarshal it tells keys from each other by case, refuses one that comes
// twice, and null.
func readObject(text string, member func(key string, value json.RawMessage) error) error {
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errors.New("want an object")
	}
	var seen []string
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err
		}
		switch {
		case slices.Contains(seen, key):
			err = errors.New("given twice")
		case string(value) == "null":
			err = errors.New("null")
		default:
			err = member(key, value)
		}
		if err != nil {
			return fmt.Errorf("%q: %w", key, err)
		}
		seen = append(seen, key)
	}
	if _, err := d.Token(); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("data follows the object")
	}
	return nil
}
