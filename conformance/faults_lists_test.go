package conformance_test

import (
	"net/http"
	"slices"
	"strings"

	concors "github.com/concors/concors/core"
)

func elements(lines []string) []string {
	var out []string
	for part := range strings.SplitSeq(strings.Join(lines, ","), ",") {
		if part = strings.Trim(part, " \t"); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// reflects reports whether the policy writes back what was asked for.
func reflects(m *moment) bool {
	return m.config().AllowCredentials && slices.Equal(m.config().AllowHeaders, []string{"*"})
}

// listFaults concern the methods and headers that a preflight is answered with.
var listFaults = []fault{
	{name: "ACAM sorted", spoil: change(acam, func(_ *moment, v string) string {
		return strings.Join(slices.Sorted(strings.SplitSeq(v, ", ")), ", ")
	})},
	{name: "ACAM in lower case", spoil: change(acam, func(_ *moment, v string) string { return strings.ToLower(v) })},
	{name: "ACAM with the requested method alone", spoil: change(acam, func(m *moment, _ string) string {
		return m.r.Header.Get(acrm)
	})},
	{name: "ACAM joined without blanks", spoil: change(acam, func(_ *moment, v string) string {
		return strings.ReplaceAll(v, ", ", ",")
	})},
	{name: "ACAM with the safelisted methods added", spoil: change(acam, func(_ *moment, v string) string {
		if v == "*" || strings.Contains(v, "GET") {
			return v
		}
		return "GET, HEAD, POST, " + v
	})},
	{name: "ACAM made up where no method is listed", spoil: give(acam, "GET, HEAD, POST", func(m *moment) bool {
		return preflight(m) && !denied(m) && m.header().Get(acam) == ""
	})},
	{name: "ACAM empty", spoil: func(m *moment) bool {
		if preflight(m) && !denied(m) && m.header()[acam] == nil {
			m.header()[acam] = []string{""}
		}
		return false
	}},
	{name: "ACAM on actual answers", spoil: func(m *moment) bool {
		if listed := m.config().AllowMethods; !preflight(m) && !denied(m) && !noOrigin(m) && len(listed) > 0 {
			m.header().Set(acam, strings.Join(listed, ", "))
		}
		return false
	}},
	{name: "ACAM on a denied preflight", spoil: func(m *moment) bool {
		if listed := m.config().AllowMethods; preflight(m) && denied(m) && len(listed) > 0 {
			m.header().Set(acam, strings.Join(listed, ", "))
		}
		return false
	}},
	{name: "ACAM a star with credentials", spoil: change(acam, func(m *moment, v string) string {
		if m.config().AllowMethods[0] == "*" {
			return "*"
		}
		return v
	})},
	{name: "ACAM spelled out without credentials", spoil: change(acam, func(_ *moment, v string) string {
		if v == "*" {
			return "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"
		}
		return v
	})},
	{name: "odd method not appended", spoil: change(acam, func(m *moment, v string) string {
		if m.config().AllowMethods[0] == "*" {
			return strings.TrimSuffix(v, ", OPTIONS, "+m.r.Header.Get(acrm)) + ", OPTIONS"
		}
		return v
	})},
	{name: "odd method appended without bound", ask: func(m *moment) {
		if m.policy.Config().AllowCredentials && len(strings.Join(m.asked.RequestMethod, "")) > 16384 {
			m.asked.RequestMethod = []string{"PURGE"}
		}
	}},
	{name: "usual method appended again", spoil: change(acam, func(m *moment, v string) string {
		if m.config().AllowMethods[0] == "*" && m.config().AllowCredentials && strings.HasSuffix(v, "OPTIONS") {
			return v + ", " + m.r.Header.Get(acrm)
		}
		return v
	})},
	{name: "ACAH in lower case", spoil: change(acah, func(m *moment, v string) string {
		if reflects(m) {
			return v
		}
		return strings.ToLower(v)
	})},
	{name: "ACAH in canonical case", spoil: change(acah, func(m *moment, v string) string {
		if reflects(m) {
			return v
		}
		names := strings.Split(v, ", ")
		for i, name := range names {
			names[i] = http.CanonicalHeaderKey(name)
		}
		return strings.Join(names, ", ")
	})},
	{name: "ACAH with the requested names alone", spoil: change(acah, func(m *moment, v string) string {
		if names := elements(m.r.Header[acrh]); len(names) > 0 && !reflects(m) {
			return strings.Join(names, ", ")
		}
		return v
	})},
	{name: "ACAH only if asked for", spoil: drop(acah, func(m *moment) bool { return m.r.Header[acrh] == nil })},
	{name: "ACAH in several lines", spoil: func(m *moment) bool {
		if names := elements(m.header()[acah]); !reflects(m) && len(names) > 1 {
			m.header()[acah] = names
		}
		return false
	}},
	{name: "ACAH empty", spoil: func(m *moment) bool {
		if preflight(m) && !denied(m) && m.header()[acah] == nil {
			m.header()[acah] = []string{""}
		}
		return false
	}},
	{name: "ACAH a star alone", spoil: change(acah, func(_ *moment, v string) string {
		if v == "*, Authorization" {
			return "*"
		}
		return v
	})},
	{name: "ACAH a star with credentials", spoil: change(acah, func(m *moment, v string) string {
		if reflects(m) {
			return "*"
		}
		return v
	})},
	{name: "ACAH in debug mode", spoil: func(m *moment) bool {
		if listed := m.config().AllowHeaders; denied(m) && m.header()[acao] != nil && len(listed) > 0 {
			m.header().Set(acah, strings.Join(listed, ", "))
		}
		return false
	}},
	{name: "ACAM in debug mode for a denied method", spoil: func(m *moment) bool {
		listed := m.config().AllowMethods
		if m.decision.Reason() == concors.ReasonMethodNotAllowed && m.header()[acao] != nil && len(listed) > 0 {
			m.header().Set(acam, strings.Join(listed, ", "))
		}
		return false
	}},
	{name: "ACAM missing in debug mode", spoil: drop(acam, denied)},
	{name: "reflected names joined with blanks", spoil: change(acah, func(m *moment, v string) string {
		if reflects(m) {
			return strings.Join(elements([]string{v}), ", ")
		}
		return v
	})},
	{name: "reflected names as received", spoil: change(acah, func(m *moment, v string) string {
		if reflects(m) {
			return strings.Join(m.r.Header[acrh], ",")
		}
		return v
	})},
	{name: "reflected names in lower case", spoil: change(acah, func(m *moment, v string) string {
		if reflects(m) {
			return strings.ToLower(v)
		}
		return v
	})},
	{name: "reflected names sorted", spoil: change(acah, func(m *moment, v string) string {
		if reflects(m) {
			return strings.Join(slices.Sorted(strings.SplitSeq(v, ",")), ",")
		}
		return v
	})},
	{name: "reflected names without repeats", spoil: change(acah, func(m *moment, v string) string {
		if !reflects(m) {
			return v
		}
		var once []string
		for name := range strings.SplitSeq(v, ",") {
			if !slices.ContainsFunc(once, func(o string) bool { return strings.EqualFold(o, name) }) {
				once = append(once, name)
			}
		}
		return strings.Join(once, ",")
	})},
	{name: "reflected names without bound", ask: func(m *moment) {
		if m.policy.Config().AllowCredentials && len(strings.Join(m.asked.RequestHeaders, ",")) > 16384 {
			m.asked.RequestHeaders = []string{"x-a"}
		}
	}},
	{name: "reflected names with a low bound", spoil: func(m *moment) bool {
		if reflects(m) && len(m.header().Get(acah)) > 8192 {
			m.header().Del(acah)
		}
		return false
	}},
}
