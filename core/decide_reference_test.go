package concors_test

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	concors "github.com/concors/concors/core"
)

// answer is all that a decision says.
type answer struct {
	Reason             concors.Reason
	Detail             string // "?" where nothing says which part it is
	Path               string
	Status             int
	Preflight, Allowed bool
	Untouched          bool              // nothing is written and nothing deleted
	Fields             map[string]string // those with a value; of Vary the names, sorted
}

// reference decides by the rules that the package comment, the README and the
// comments of Config give, and by the Fetch standard. admit stands for the
// origin function and is nil if there is none.
func reference(cfg concors.Config, debug bool, admit func(concors.Origin) bool, r concors.Request) answer {
	a := answer{Fields: map[string]string{}}
	isCORS := r.Origin != nil
	isPreflight := isCORS && r.Method == "OPTIONS" && r.RequestMethod != nil
	rules, key, isAmbiguous := refChoose(cfg, admit != nil, r)
	a.Path = key
	if rules == nil && !isAmbiguous {
		a.Untouched = true
		a.refuse("no-policy", "")
		if a.Allowed = true; !isCORS {
			a.Reason = "no-origin"
		}
		return a
	}
	if rules == nil {
		rules = &concors.Config{}
	}
	a.vary(*rules, r)
	switch {
	case !isCORS:
		a.Reason, a.Allowed = "no-origin", true
		if isAny(*rules) {
			a.grantActual(*rules, r)
		}
		return a
	case isAmbiguous:
		a.refuse("path-ambiguous", "?")
	default:
		a.judge(*rules, debug, admit, r, isPreflight)
	}
	if a.Preflight = isPreflight; isPreflight && a.Status == 0 {
		a.Status = 403
	}
	return a
}

// refChoose returns the policy for the path of r, nil for none.
func refChoose(cfg concors.Config, hasFunc bool, r concors.Request) (rules *concors.Config, key string, isAmbiguous bool) {
	if len(cfg.Paths) > 0 {
		key, covered, ok := refKey(cfg, r)
		if !ok {
			return nil, "", true
		}
		if inner := cfg.Paths[key]; covered {
			if isEmptyConfig(inner) {
				return nil, key, false
			}
			return &inner, key, false
		}
		outer := cfg
		if outer.Paths = nil; isEmptyConfig(outer) {
			return nil, "", false
		}
	}
	return &cfg, "", false
}

func isEmptyConfig(c concors.Config) bool {
	return len(c.AllowOrigins)+len(c.AllowMethods)+len(c.AllowHeaders)+len(c.ExposeHeaders)+len(c.Paths) == 0 && !c.AllowCredentials &&
		c.MaxAge == 0 && c.PreflightStatus == 0 && !c.DangerouslyAllowNullOrigin && !c.DangerouslyAllowInsecureOrigins && !c.DangerouslyAllowPublicSuffixes
}

func isAny(rules concors.Config) bool { return slices.Contains(rules.AllowOrigins, "*") }

func (a *answer) refuse(reason concors.Reason, detail string) {
	a.Reason, a.Detail = reason, detail[:min(256, len(detail))]
}

func (a *answer) vary(rules concors.Config, r concors.Request) {
	var names []string
	if r.Method == "OPTIONS" {
		names = append(names, "Access-Control-Request-Headers", "Access-Control-Request-Method")
	}
	if !isAny(rules) {
		names = append(names, "Origin")
	}
	if len(names) > 0 {
		a.Fields["Vary"] = strings.Join(names, ", ")
	}
}

// judge follows the order in which a browser checks: origin, method, headers.
func (a *answer) judge(rules concors.Config, debug bool, admit func(concors.Origin) bool, r concors.Request, isPreflight bool) {
	if reason, detail := refOrigin(rules, admit, r.Origin); reason != "" {
		a.refuse(reason, detail)
		return
	}
	if !isPreflight {
		a.Reason, a.Allowed = "allowed", true
		a.grantActual(rules, r)
		return
	}
	method := trim(r.RequestMethod[0])
	if reason := refMethod(rules, r.RequestMethod); reason != "" {
		a.refuse(reason, method)
		if len(r.RequestMethod) > 1 {
			a.Detail = "?"
		}
		if debug && reason == "method-not-allowed" {
			a.grantOrigin(rules, r)
			a.Status = refStatus(rules)
		}
		return
	}
	reason, detail, reflected := refHeaders(rules, r.RequestHeaders)
	if reason != "" {
		a.refuse(reason, detail)
		if debug {
			a.grantOrigin(rules, r)
			a.grantMethod(rules, method)
			a.Status = refStatus(rules)
		}
		return
	}
	a.Reason, a.Allowed, a.Status = "allowed", true, refStatus(rules)
	a.grantOrigin(rules, r)
	a.grantMethod(rules, method)
	a.grantHeaders(rules, reflected)
}

func refStatus(rules concors.Config) int {
	if rules.PreflightStatus != 0 {
		return rules.PreflightStatus
	}
	return 204
}

// refOrigin says why the origin is refused, or "".
func refOrigin(rules concors.Config, admit func(concors.Origin) bool, lines []string) (reason concors.Reason, detail string) {
	if isAny(rules) {
		return "", ""
	}
	if len(lines) > 1 {
		return "several-origins", "?"
	}
	text := trim(lines[0])
	if slices.ContainsFunc(rules.AllowOrigins, func(entry string) bool { return refMatches(entry, text) }) {
		return "", ""
	}
	if text == "null" {
		return "null-origin", text
	}
	o, _, ok := refParse(text)
	if !ok {
		return "origin-malformed", text
	}
	mayAsk := !rules.AllowCredentials || rules.DangerouslyAllowInsecureOrigins || !refInsecure(o)
	if admit != nil && mayAsk && admit(o) {
		return "", ""
	}
	return "origin-not-allowed", text
}

var token = regexp.MustCompile("^[0-9A-Za-z!#$%&'*+.^_`|~-]+$")

func refMethod(rules concors.Config, lines []string) concors.Reason {
	method := trim(lines[0])
	upper := strings.ToUpper(method)
	if len(lines) > 1 || !token.MatchString(method) || upper == "CONNECT" || upper == "TRACE" || upper == "TRACK" {
		return "method-malformed"
	}
	// With credentials "*" says nothing to a browser: the method is written back, up to a length.
	byStar := slices.Contains(rules.AllowMethods, "*") && (!rules.AllowCredentials || len(method) <= 16384)
	if byStar || slices.Contains([]string{"GET", "HEAD", "POST"}, method) || slices.Contains(rules.AllowMethods, method) {
		return ""
	}
	return "method-not-allowed"
}

// refHeaders says why the headers are refused, or what is reflected.
func refHeaders(rules concors.Config, lines []string) (reason concors.Reason, detail, reflected string) {
	isStar := slices.Contains(rules.AllowHeaders, "*")
	if isStar && !rules.AllowCredentials {
		return "", "", ""
	}
	var names []string
	for _, line := range lines {
		for _, name := range strings.Split(line, ",") {
			if name = trim(name); name == "" {
				continue
			}
			names = append(names, name)
			isListed := slices.ContainsFunc(rules.AllowHeaders, func(listed string) bool { return strings.EqualFold(listed, name) })
			switch {
			case !token.MatchString(name):
				return "header-malformed", name, ""
			case !isStar && !isListed:
				return "header-not-allowed", name, ""
			case isStar && len(strings.Join(names, ",")) > 16384:
				return "headers-too-long", name, ""
			}
		}
	}
	if isStar {
		return "", "", strings.Join(names, ",")
	}
	return "", "", ""
}

func (a *answer) set(name, value string) {
	if value != "" {
		a.Fields["Access-Control-"+name] = value
	}
}

func (a *answer) grantOrigin(rules concors.Config, r concors.Request) {
	a.set("Allow-Origin", "*")
	if !isAny(rules) {
		a.set("Allow-Origin", trim(r.Origin[0]))
	}
	if rules.AllowCredentials {
		a.set("Allow-Credentials", "true")
	}
}

func (a *answer) grantActual(rules concors.Config, r concors.Request) {
	a.grantOrigin(rules, r)
	a.set("Expose-Headers", strings.Join(rules.ExposeHeaders, ", "))
}

func (a *answer) grantMethod(rules concors.Config, method string) {
	list := slices.Clone(rules.AllowMethods)
	if slices.Equal(list, []string{"*"}) && rules.AllowCredentials {
		list = strings.Fields("GET HEAD POST PUT PATCH DELETE OPTIONS")
		if !slices.Contains(list, method) {
			list = append(list, method)
		}
	}
	a.set("Allow-Methods", strings.Join(list, ", "))
}

func (a *answer) grantHeaders(rules concors.Config, reflected string) {
	switch isStar := slices.Contains(rules.AllowHeaders, "*"); {
	case isStar && rules.AllowCredentials:
		a.set("Allow-Headers", reflected)
	case isStar:
		a.set("Allow-Headers", "*, Authorization")
	default:
		a.set("Allow-Headers", strings.Join(rules.AllowHeaders, ", "))
	}
	if rules.MaxAge != 0 {
		a.set("Max-Age", strconv.Itoa(max(0, rules.MaxAge)))
	}
}

func trim(s string) string { return strings.Trim(s, " \t") }

// answerOf is what a decision of the code says.
func answerOf(d concors.Decision) answer {
	a := answer{
		Reason: d.Reason(), Detail: d.Detail(), Path: d.Path(), Status: d.Status(), Preflight: d.Preflight(), Allowed: d.Allowed(),
		Untouched: true, Fields: fieldsOf(d),
	}
	for range d.Fields() {
		a.Untouched = false
	}
	if vary, ok := a.Fields["Vary"]; ok {
		names := strings.Split(vary, ", ")
		slices.Sort(names)
		a.Fields["Vary"] = strings.Join(names, ", ")
	}
	return a
}

func (a answer) equals(want answer) bool {
	if want.Detail == "?" {
		a.Detail = "?"
	}
	return a.Reason == want.Reason && a.Detail == want.Detail && a.Path == want.Path && a.Status == want.Status && a.Preflight == want.Preflight &&
		a.Allowed == want.Allowed && a.Untouched == want.Untouched && maps.Equal(a.Fields, want.Fields)
}
