package conformance_test

import (
	"net/http"
	"slices"
	"strings"

	concors "github.com/concors/concors/core"
)

const (
	acao = "Access-Control-Allow-Origin"
	acac = "Access-Control-Allow-Credentials"
	acam = "Access-Control-Allow-Methods"
	acah = "Access-Control-Allow-Headers"
	aceh = "Access-Control-Expose-Headers"
	acma = "Access-Control-Max-Age"
	acrm = "Access-Control-Request-Method"
	acrh = "Access-Control-Request-Headers"
)

// change spoils the value of a field that the answer has.
func change(name string, to func(m *moment, value string) string) func(*moment) bool {
	return func(m *moment) bool {
		if lines := m.header()[name]; len(lines) == 1 {
			m.header().Set(name, to(m, lines[0]))
		}
		return false
	}
}

// drop takes away a field where the condition holds.
func drop(name string, where func(m *moment) bool) func(*moment) bool {
	return func(m *moment) bool {
		if where(m) {
			m.header().Del(name)
		}
		return false
	}
}

// give sets a field where the condition holds.
func give(name, value string, where func(m *moment) bool) func(*moment) bool {
	return func(m *moment) bool {
		if where(m) {
			m.header().Set(name, value)
		}
		return false
	}
}

func always(*moment) bool      { return true }
func preflight(m *moment) bool { return m.decision.Preflight() }
func denied(m *moment) bool    { return !m.decision.Allowed() }
func isOptions(m *moment) bool { return m.r.Method == http.MethodOptions }
func untouched(m *moment) bool { return m.decision.Reason() == concors.ReasonNoPolicy }
func noOrigin(m *moment) bool  { return m.decision.Reason() == concors.ReasonNoOrigin }

// loseVary takes names out of Vary.
func loseVary(name string, where func(m *moment) bool) func(*moment) bool {
	return func(m *moment) bool {
		if !where(m) {
			return false
		}
		var kept []string
		for part := range strings.SplitSeq(strings.Join(m.header()["Vary"], ","), ",") {
			if part = strings.TrimSpace(part); part != "" && part != name {
				kept = append(kept, part)
			}
		}
		m.header().Del("Vary")
		if len(kept) > 0 {
			m.header().Set("Vary", strings.Join(kept, ", "))
		}
		return false
	}
}

// fieldFaults concern which fields an answer has.
var fieldFaults = []fault{
	{name: "ACAO doubled", spoil: func(m *moment) bool {
		m.header()[acao] = append(m.header()[acao], m.header()[acao]...)
		return false
	}},
	{name: "fields added to those of an outer layer", spoil: func(m *moment) bool {
		for name, lines := range m.outer {
			if strings.HasPrefix(name, "Access-Control-") && m.header()[name] != nil && !untouched(m) {
				m.header()[name] = slices.Concat(lines, m.header()[name])
			}
		}
		return false
	}},
	{name: "fields of an outer layer kept when the inner denies", spoil: func(m *moment) bool {
		for name, lines := range m.outer {
			if strings.HasPrefix(name, "Access-Control-") && denied(m) {
				m.header()[name] = lines
			}
		}
		return false
	}},
	{name: "fields of an outer layer deleted where no policy applies", spoil: drop(acao, untouched)},
	{name: "name of a field in lower case", spoil: func(m *moment) bool {
		if lines := m.header()[acao]; lines != nil {
			m.header()["access-control-allow-origin"] = lines
			m.header().Del(acao)
		}
		return false
	}},
	{name: "ACAO in upper case", spoil: change(acao, func(_ *moment, v string) string { return strings.ToUpper(v) })},
	{name: "ACAO with a slash", spoil: change(acao, func(_ *moment, v string) string { return v + "/" })},
	{name: "every origin reflected", spoil: change(acao, func(m *moment, v string) string {
		if v == "*" && m.origin() != "" {
			return m.origin()
		}
		return v
	})},
	{name: "every origin, but only with Origin", spoil: drop(acao, noOrigin)},
	{name: "ACAO missing for HEAD", spoil: drop(acao, func(m *moment) bool { return m.r.Method == http.MethodHead })},
	{name: "ACAO empty when denied", spoil: give(acao, "", func(m *moment) bool { return denied(m) && !preflight(m) })},
	{name: "ACAO null when denied", spoil: give(acao, "null", denied)},
	{name: "Vary missing when denied", spoil: drop("Vary", func(m *moment) bool { return denied(m) && !preflight(m) })},
	{name: "Vary missing on a denied preflight", spoil: drop("Vary", func(m *moment) bool { return denied(m) && preflight(m) })},
	{name: "Vary missing without Origin", spoil: drop("Vary", noOrigin)},
	{name: "Vary missing with a single origin", spoil: drop("Vary", func(m *moment) bool {
		return len(m.config().AllowOrigins) == 1 && m.config().AllowOrigins[0] != "*"
	})},
	{name: "Vary set over that of an outer layer", spoil: func(m *moment) bool {
		if lines := m.header()["Vary"]; len(lines) > len(m.outer["Vary"]) {
			m.header()["Vary"] = lines[len(m.outer["Vary"]):]
		}
		return false
	}},
	{name: "Vary without ACRM on OPTIONS", spoil: loseVary(acrm, always)},
	{name: "Vary without ACRH on OPTIONS", spoil: loseVary(acrh, always)},
	{name: "Vary without ACRM on OPTIONS that is no preflight", spoil: loseVary(acrm, func(m *moment) bool { return !preflight(m) })},
	{name: "Vary without ACRH under a star", spoil: loseVary(acrh, func(m *moment) bool { return m.header().Get(acao) == "*" })},
	{name: "Vary names Origin under a star", spoil: func(m *moment) bool {
		if m.header().Get(acao) == "*" {
			m.header().Add("Vary", "Origin")
		}
		return false
	}},
	{name: "Vary names ACRM on every method", spoil: func(m *moment) bool {
		m.header().Add("Vary", acrm)
		return false
	}},
	{name: "Vary where no policy applies", spoil: give("Vary", "Origin", untouched)},
	{name: "Vary star", spoil: give("Vary", "*", func(m *moment) bool { return m.header().Get("Vary") != "" })},
	{name: "ACEH on a preflight", spoil: func(m *moment) bool {
		if exposed := m.config().ExposeHeaders; preflight(m) && len(exposed) > 0 && !denied(m) {
			m.header().Set(aceh, strings.Join(exposed, ", "))
		}
		return false
	}},
	{name: "ACEH when denied", spoil: func(m *moment) bool {
		if exposed := m.config().ExposeHeaders; denied(m) && len(exposed) > 0 {
			m.header().Set(aceh, strings.Join(exposed, ", "))
		}
		return false
	}},
	{name: "ACEH missing", spoil: drop(aceh, always)},
	{name: "ACEH missing without Origin", spoil: drop(aceh, noOrigin)},
	{name: "ACEH missing for HEAD", spoil: drop(aceh, func(m *moment) bool { return m.r.Method == http.MethodHead })},
	{name: "ACAC in upper case", spoil: change(acac, func(*moment, string) string { return "TRUE" })},
	{name: "ACAC missing", spoil: drop(acac, always)},
	{name: "ACAC missing on preflights", spoil: drop(acac, preflight)},
	{name: "ACAC missing on actual answers", spoil: drop(acac, func(m *moment) bool { return !preflight(m) })},
	{name: "ACAC false", spoil: give(acac, "false", func(m *moment) bool {
		return m.header().Get(acao) != "" && m.header().Get(acac) == ""
	})},
	{name: "ACAC without ACAO", spoil: give(acac, "true", func(m *moment) bool { return denied(m) && m.config().AllowCredentials })},
	{name: "ACMA dropped", spoil: drop(acma, always)},
	{name: "ACMA negative", spoil: change(acma, func(_ *moment, v string) string {
		if v == "0" {
			return "-1"
		}
		return v
	})},
	{name: "ACMA zero by default", spoil: give(acma, "0", func(m *moment) bool {
		return preflight(m) && !denied(m) && m.header().Get(acma) == ""
	})},
	{name: "ACMA on a denied preflight in debug mode", spoil: give(acma, "600", func(m *moment) bool {
		return preflight(m) && denied(m) && m.config().MaxAge > 0 && m.header().Get(acao) != ""
	})},
}
