package concors_test

import (
	"slices"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

// passes reports whether a browser would send the request that a preflight asks
// for (Fetch, CORS-preflight fetch, step 7). usesPreflight is the flag of that
// name, which upload listeners and streamed bodies set.
func passes(origin, method string, names []string, include, usesPreflight bool, status int, fields map[string]string) bool {
	if !corsCheck(origin, include, fields) || status < 200 || status > 299 {
		return false
	}
	methods, hasMethods, ok := listOf(fields, "Access-Control-Allow-Methods") // steps 7.1 to 7.3
	headerNames, _, ok2 := listOf(fields, "Access-Control-Allow-Headers")
	if !ok || !ok2 {
		return false
	}
	if !hasMethods && usesPreflight { // step 7.4
		methods = []string{method}
	}
	isSafelisted := method == "GET" || method == "HEAD" || method == "POST"
	if !slices.Contains(methods, method) && !isSafelisted && (include || !slices.Contains(methods, "*")) { // step 7.5
		return false
	}
	for _, name := range names { // steps 7.6 and 7.7
		isListed := slices.ContainsFunc(headerNames, func(listed string) bool { return strings.EqualFold(listed, name) })
		byStar := !include && slices.Contains(headerNames, "*") && !strings.EqualFold(name, "Authorization")
		if !isListed && !byStar {
			return false
		}
	}
	return true
}

// corsCheck is Fetch, CORS check.
func corsCheck(origin string, include bool, fields map[string]string) bool {
	allowed, ok := fields["Access-Control-Allow-Origin"]
	switch {
	case !ok:
		return false
	case !include && allowed == "*":
		return true
	case allowed != origin:
		return false
	}
	return !include || fields["Access-Control-Allow-Credentials"] == "true"
}

// listOf extracts the values of a field whose grammar is a list of tokens.
func listOf(fields map[string]string, name string) (list []string, present, ok bool) {
	value, present := fields[name]
	if !present {
		return nil, false, true
	}
	for element := range strings.SplitSeq(value, ",") {
		if element = trim(element); element == "" {
			continue
		}
		if !token.MatchString(element) {
			return nil, true, false
		}
		list = append(list, element)
	}
	return list, true, true
}

// asked is what a browser would have to want, to send the preflight r.
func asked(r concors.Request) (origin string, methods, names []string) {
	for _, line := range r.RequestMethod {
		methods = append(methods, trim(line))
	}
	for name := range strings.SplitSeq(strings.Join(r.RequestHeaders, ","), ",") {
		if name = trim(name); name != "" {
			names = append(names, name)
		}
	}
	return trim(r.Origin[0]), methods, names
}

// The check itself, by the letter of the standard.
func TestBrowserModel(t *testing.T) {
	field := func(pairs ...string) map[string]string {
		m := map[string]string{"Access-Control-Allow-Origin": app}
		for i := 0; i < len(pairs); i += 2 {
			m["Access-Control-Allow-"+pairs[i]] = pairs[i+1]
		}
		return m
	}
	for _, c := range []struct {
		method         string
		names          []string
		status         int
		fields         map[string]string
		omits, include bool
	}{
		{"GET", nil, 204, field(), true, false},
		{"GET", nil, 204, field("Credentials", "true"), true, true},
		{"GET", nil, 204, field("Credentials", "True"), true, false},
		{"GET", nil, 204, field("Origin", "*", "Credentials", "true"), true, false},
		{"GET", nil, 204, field("Origin", other), false, false},
		{"GET", nil, 403, field("Credentials", "true"), false, false},
		{"GET", nil, 299, field("Credentials", "true"), true, true},
		{"GET", nil, 204, map[string]string{}, false, false},
		{"PUT", nil, 204, field("Credentials", "true"), false, false},
		{"PUT", nil, 204, field("Credentials", "true", "Methods", "GET, PUT"), true, true},
		{"PUT", nil, 204, field("Credentials", "true", "Methods", "put"), false, false},
		{"PUT", nil, 204, field("Credentials", "true", "Methods", "*"), true, false},
		{"PUT", nil, 204, field("Credentials", "true", "Methods", "PUT, P T"), false, false},
		{"GET", []string{"x-a"}, 204, field("Credentials", "true"), false, false},
		{"GET", []string{"x-a"}, 204, field("Credentials", "true", "Headers", "X-A"), true, true},
		{"GET", []string{"x-a"}, 204, field("Credentials", "true", "Headers", "*"), true, false},
		{"GET", []string{"authorization"}, 204, field("Headers", "*"), false, false},
		{"GET", []string{"authorization", "x-a"}, 204, field("Headers", "*, Authorization"), true, false},
	} {
		for include, want := range map[bool]bool{false: c.omits, true: c.include} {
			if got := passes(app, c.method, c.names, include, false, c.status, c.fields); got != want {
				t.Errorf("%s with %q, credentials included %v, after %d %v: passes %v, want %v", c.method, c.names, include, c.status, c.fields, got, want)
			}
		}
	}
}
