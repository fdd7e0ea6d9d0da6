package concors

import (
	"encoding/json"
	"strconv"
	"strings"
)

// ParseConfig reads a policy file: one JSON object with the keys that the tags
// of [Config] name, in UTF-8.
//
// It is stricter than encoding/json, because a key that is quietly ignored is
// a policy that quietly differs from the one that was written. It refuses
// unknown keys, keys in another case, repeated keys, null, values of another
// type, numbers with a fraction or an exponent, text that is not Unicode, a
// byte-order mark, paths inside paths, and whatever follows the object.
//
// The error is a [ConfigErrors] that holds every fault in the order of the
// file, each with line and column. A fault of a key has the object that holds
// the key as Field and the key as Value. A syntax error is the last fault that
// is told: nothing behind it can be read. With an error, the Config is zero.
//
// ParseConfig judges the form alone. Whether an origin is one, and whether the
// policy is safe, [NewPolicy] says. The Config shares no memory with data, and
// an empty list or an empty paths is the same as none. Time and memory grow
// linearly with the length of data.
func ParseConfig(data []byte) (Config, error) {
	p := newFileParser(data)
	if p.file() && len(p.faults) == 0 {
		// The walk judges and the standard library decodes: ParseConfig can
		// never accept what encoding/json refuses.
		var cfg Config
		err := json.Unmarshal(data, &cfg)
		if err == nil {
			return cfg.withoutEmpty(), nil
		}
		p.fault(ProblemSyntax, "", "", err.Error())
	}
	return Config{}, p.faults
}

// withoutEmpty returns c with nil for what is empty, so that a Config is the
// same after it is written and read again.
func (c Config) withoutEmpty() Config {
	for _, list := range []*[]string{&c.AllowOrigins, &c.AllowMethods, &c.AllowHeaders, &c.ExposeHeaders} {
		if len(*list) == 0 {
			*list = nil
		}
	}
	if len(c.Paths) == 0 {
		c.Paths = nil
	}
	for key, inner := range c.Paths {
		c.Paths[key] = inner.withoutEmpty()
	}
	return c
}

// The methods below walk the file. Each returns false once a syntax error is
// reported, which ends the walk.

func (p *fileParser) file() bool {
	if !p.byteOrderMark() {
		return false
	}
	return p.next() && p.value(policyKind, "") && p.fileEnd()
}

// value judges the value that begins with the token last read.
func (p *fileParser) value(kind valueKind, field string) bool {
	switch token := p.token.(type) {
	case nil:
		p.fault(ProblemNull, field, "null", nullHint(kind, field))
		return true
	case bool:
		if kind == switchKind {
			return true
		}
	case string:
		if kind == stringKind {
			p.text(field)
			return true
		}
	case json.Number:
		if kind == secondsKind || kind == statusKind {
			p.number(kind, field, token.String())
			return true
		}
	case json.Delim:
		switch {
		case kind == listKind && token == '[':
			return p.list(field)
		case kind == pathsKind && token == '{':
			return p.paths(field)
		case kind == policyKind && token == '{':
			return p.policy(field)
		}
	}
	start, fault := p.start, p.fault(ProblemType, field, "", typeHint(kind, field, p.token))
	ok := p.skip(field)
	fault.Value = string(p.data[start:p.end])
	return ok
}

func (p *fileParser) list(field string) bool {
	for i := 0; p.next(); i++ {
		if p.token == json.Delim(']') {
			return true
		}
		if !p.value(stringKind, field+"["+strconv.Itoa(i)+"]") {
			return false
		}
	}
	return false
}

func (p *fileParser) policy(field string) bool {
	seen := make(map[string]string)
	for p.next() {
		if p.token == json.Delim('}') {
			return true
		}
		key, ok := p.key(field, seen)
		if !p.next() {
			return false
		}
		if !ok {
			if !p.skip(field) {
				return false
			}
			continue
		}
		if !p.value(key.kind, memberField(field, key.name)) {
			return false
		}
	}
	return false
}

// key judges a key of a policy and returns what it is, or false where its
// value can only be skipped. A misspelt key whose meaning is beyond doubt
// still has its value judged, so that one run tells both faults.
func (p *fileParser) key(field string, seen map[string]string) (policyKey, bool) {
	name := p.token.(string)
	if !p.text(field) {
		return policyKey{}, false
	}
	inner := field != ""
	key, ok := keyMeant(name)
	if !ok {
		p.fault(ProblemUnknownKey, field, name, unknownKeyHint(name, inner))
		return policyKey{}, false
	}
	// Refused here and not by NewPolicy alone: the recursion ends with it.
	if inner && key.kind == pathsKind && p.keysFollow() {
		p.fault(ProblemPathsNested, memberField(field, key.name), "", nestedHint)
		return policyKey{}, false
	}
	earlier := seen[key.name]
	if earlier == "" {
		seen[key.name] = p.placeName(p.start) + " has " + strconv.Quote(name)
	}
	hint := "write " + strconv.Quote(key.name)
	if earlier != "" {
		hint = earlier + " already; keep one"
	}
	switch {
	case key.name == name && earlier != "":
		p.fault(ProblemRepeatedKey, field, name, hint)
	case key.name == name:
	case strings.EqualFold(key.name, name):
		p.fault(ProblemKeyCase, field, name, hint)
	default:
		p.fault(ProblemUnknownKey, field, name, hint)
	}
	return key, true
}

func (p *fileParser) paths(field string) bool {
	seen := make(map[string]string)
	for p.next() {
		if p.token == json.Delim('}') {
			return true
		}
		path := p.token.(string)
		if p.text(field) {
			if earlier := seen[path]; earlier != "" {
				p.fault(ProblemRepeatedKey, field, path, earlier+" has it already; keep one")
			} else {
				seen[path] = p.placeName(p.start)
			}
		}
		if !p.next() || !p.value(policyKind, pathField(field, path)) {
			return false
		}
	}
	return false
}

// number judges a number as [strconv.Atoi] does, which is how it is decoded.
func (p *fileParser) number(kind valueKind, field, number string) {
	if _, err := strconv.Atoi(number); err != nil {
		p.fault(ProblemNumber, field, number, numberHint(kind, number))
	}
}

// skip passes over the value that begins with the token last read and judges
// the encoding of its strings alone.
func (p *fileParser) skip(field string) bool {
	depth := len(p.open)
	if p.token == json.Delim('{') || p.token == json.Delim('[') {
		depth--
	}
	for {
		if _, ok := p.token.(string); ok {
			p.text(field)
		}
		if len(p.open) <= depth {
			return true
		}
		if !p.next() {
			return false
		}
	}
}

func memberField(holder, name string) string {
	if holder == "" {
		return name
	}
	return holder + "." + name
}

// pathField names a key of paths. A very long one is cut: each fault below it
// repeats it, and memory must not grow with the product of the two.
func pathField(field, path string) string {
	if len(path) > maxQuoted {
		return field + "[" + strconv.Quote(strings.ToValidUTF8(path[:maxQuoted], "")) + "…]"
	}
	return field + "[" + strconv.Quote(path) + "]"
}
