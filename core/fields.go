package concors

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// The Access-Control response fields, by number.
const (
	allowOriginField = iota
	allowCredentialsField
	allowMethodsField
	allowHeadersField
	maxAgeField
	exposeHeadersField
)

var fieldNames = [...]string{
	allowOriginField:      "Access-Control-Allow-Origin",
	allowCredentialsField: "Access-Control-Allow-Credentials",
	allowMethodsField:     "Access-Control-Allow-Methods",
	allowHeadersField:     "Access-Control-Allow-Headers",
	maxAgeField:           "Access-Control-Max-Age",
	exposeHeadersField:    "Access-Control-Expose-Headers",
}

// fieldSet is a set of these fields.
type fieldSet uint8

func (s fieldSet) has(field int) bool { return s>>field&1 == 1 }

func (s fieldSet) len() int { return bits.OnesCount8(uint8(s)) }

// first is the lowest number in s.
func (s fieldSet) first() int { return bits.TrailingZeros8(uint8(s)) }

// withoutFirst is s less that number.
func (s fieldSet) withoutFirst() fieldSet { return s & (s - 1) }

// answers says which fields each grant gives, and what their values are where
// they do not depend on the request.
type answers struct {
	fields [grantActual + 1]fieldSet
	values [len(fieldNames)]string // "" if the request tells
	lines  [grantActual + 1][]line // the same, in the order of writing
}

// line is a field of an answer.
type line struct {
	name, value string // value: "" if the request tells
	field       int
}

// newAnswers compiles the answers of a policy.
func newAnswers(cfg *Config, r *rules) (a answers) {
	granted := fieldSet(1 << allowOriginField)
	if r.anyOrigin {
		a.values[allowOriginField] = "*"
	}
	if r.credentials {
		a.values[allowCredentialsField] = "true"
		granted |= 1 << allowCredentialsField
	}
	a.fields[grantOrigin] = granted
	a.fields[grantActual] = granted
	if len(cfg.ExposeHeaders) > 0 {
		a.values[exposeHeadersField] = strings.Join(cfg.ExposeHeaders, ", ")
		a.fields[grantActual] |= 1 << exposeHeadersField
	}
	if len(cfg.AllowMethods) > 0 {
		if !r.spellsMethods() {
			a.values[allowMethodsField] = strings.Join(cfg.AllowMethods, ", ")
		}
		granted |= 1 << allowMethodsField
	}
	a.fields[grantMethod] = granted
	if len(cfg.AllowHeaders) > 0 {
		if !r.reflectsHeaders() {
			a.values[allowHeadersField] = headersValue(cfg.AllowHeaders, r.anyHeader)
		}
		granted |= 1 << allowHeadersField
	}
	if cfg.MaxAge != 0 {
		a.values[maxAgeField] = strconv.Itoa(max(cfg.MaxAge, 0))
		granted |= 1 << maxAgeField
	}
	a.fields[grantPreflight] = granted
	for grant, set := range a.fields {
		for ; set != 0; set = set.withoutFirst() {
			field := set.first()
			a.lines[grant] = append(a.lines[grant], line{fieldNames[field], a.values[field], field})
		}
	}
	return a
}

func headersValue(names []string, anyHeader bool) string {
	if anyHeader {
		// "*" does not cover Authorization, which must be named (Fetch,
		// CORS-preflight fetch, step 7.6).
		return "*, Authorization"
	}
	return strings.Join(names, ", ")
}

// usualMethods is what "*" is spelled out as with credentials, where browsers
// take it literally (Fetch, CORS-preflight fetch, step 7.5).
var usualMethods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

var usualMethodsValue = strings.Join(usualMethods, ", ")

// spellsMethods reports whether methods are named though every one is allowed.
func (r *rules) spellsMethods() bool {
	return r.anyMethod && r.credentials
}

// reflectsHeaders reports whether the requested names are written back: "*"
// has no meaning in an answer with credentials.
func (r *rules) reflectsHeaders() bool {
	return r.anyHeader && r.credentials
}

// fields returns the fields of the answer.
func (d *Decision) fields() fieldSet {
	set := d.rules.answers.fields[d.grant]
	if d.header == "" && d.rules.reflectsHeaders() {
		set &^= 1 << allowHeadersField // no names were asked for
	}
	return set
}

// value returns the value of one of them.
func (d *Decision) value(field int) string {
	if fixed := d.rules.answers.values[field]; fixed != "" {
		return fixed
	}
	switch field {
	case allowOriginField:
		return d.origin
	case allowHeadersField:
		return d.header
	}
	// Only methods are left. One that nobody thought of is named besides.
	if slices.Contains(usualMethods, d.method) {
		return usualMethodsValue
	}
	return usualMethodsValue + ", " + d.method
}
