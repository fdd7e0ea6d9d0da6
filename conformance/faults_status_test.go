package conformance_test

import (
	"io"
	"net/http"

	concors "github.com/concors/concors/core"
)

// answer answers in place of the middleware where the condition holds.
func answer(where func(*moment) bool, with func(w http.ResponseWriter, m *moment)) func(*moment) bool {
	return func(m *moment) bool {
		if !where(m) {
			return false
		}
		with(m.w, m)
		return true
	}
}

// status answers with a status and nothing else.
func status(code int) func(http.ResponseWriter, *moment) {
	return func(w http.ResponseWriter, _ *moment) { w.WriteHeader(code) }
}

func refused(m *moment) bool { return preflight(m) && m.decision.Status() == http.StatusForbidden }
func granted(m *moment) bool { return preflight(m) && !denied(m) }

// statusFaults concern who answers, with which status and with how little
// beside it.
var statusFaults = []fault{
	{name: "preflight 200", spoil: answer(func(m *moment) bool {
		return granted(m) && m.decision.Status() == http.StatusNoContent
	}, status(http.StatusOK))},
	{name: "preflight always 204", spoil: answer(granted, status(http.StatusNoContent))},
	{name: "preflight status for denied ones too", spoil: answer(refused, func(w http.ResponseWriter, m *moment) {
		if s := m.config().PreflightStatus; s != 0 {
			w.WriteHeader(s)
			return
		}
		w.WriteHeader(http.StatusForbidden)
	})},
	{name: "denied preflight 200", spoil: answer(refused, status(http.StatusOK))},
	{name: "denied preflight 204", spoil: answer(refused, status(http.StatusNoContent))},
	{name: "denied preflight 405", spoil: answer(refused, status(http.StatusMethodNotAllowed))},
	{name: "denied preflight 403 in debug mode", spoil: answer(func(m *moment) bool {
		return preflight(m) && denied(m)
	}, status(http.StatusForbidden))},
	{name: "denied preflight passed on", spoil: answer(refused, func(w http.ResponseWriter, m *moment) {
		m.next.ServeHTTP(w, m.r)
	})},
	{name: "preflight passed on", spoil: answer(granted, func(w http.ResponseWriter, m *moment) {
		m.next.ServeHTTP(w, m.r)
	})},
	{name: "preflight answered and passed on", spoil: answer(granted, func(w http.ResponseWriter, m *moment) {
		w.Header().Set("Handler-Ran", "yes")
		w.WriteHeader(m.decision.Status())
	})},
	{name: "OPTIONS without ACRM swallowed", spoil: answer(func(m *moment) bool {
		return isOptions(m) && !preflight(m) && m.r.Header["Origin"] != nil && m.r.Header[http.CanonicalHeaderKey(acrm)] == nil
	}, status(http.StatusNoContent))},
	{name: "OPTIONS without Origin swallowed", spoil: answer(func(m *moment) bool {
		return isOptions(m) && m.r.Header["Origin"] == nil
	}, status(http.StatusNoContent))},
	{name: "preflight answered where no policy applies", spoil: answer(func(m *moment) bool {
		return untouched(m) && len(m.asked.RequestMethod) > 0
	}, status(http.StatusForbidden))},
	{name: "body on 403", spoil: answer(refused, func(w http.ResponseWriter, _ *moment) {
		w.Header()["Content-Type"] = nil
		w.WriteHeader(http.StatusForbidden)
		io.WriteString(w, "denied\n")
	})},
	{name: "Content-Type on 403", spoil: answer(refused, func(w http.ResponseWriter, _ *moment) {
		w.Header().Set("Content-Type", "text/plain")
		w.WriteHeader(http.StatusForbidden)
	})},
	{name: "body on a preflight with a status of its own", spoil: answer(func(m *moment) bool {
		return granted(m) && m.decision.Status() != http.StatusNoContent
	}, func(w http.ResponseWriter, m *moment) {
		w.Header()["Content-Type"] = nil
		w.WriteHeader(m.decision.Status())
		io.WriteString(w, "ok")
	})},
	{name: "no length on 403", spoil: answer(refused, func(w http.ResponseWriter, _ *moment) {
		w.WriteHeader(http.StatusForbidden)
		http.NewResponseController(w).Flush()
	})},
	{name: "denied request blocked", spoil: answer(func(m *moment) bool {
		return denied(m) && !preflight(m)
	}, status(http.StatusForbidden))},
	{name: "request with null blocked", spoil: answer(func(m *moment) bool {
		return m.decision.Reason() == concors.ReasonNullOrigin && !preflight(m)
	}, status(http.StatusForbidden))},
	{name: "method of an actual request checked", spoil: answer(func(m *moment) bool {
		return !preflight(m) && m.origin() != "" && !untouched(m) && !isListed(m.config().AllowMethods, m.r.Method)
	}, status(http.StatusMethodNotAllowed))},
	{name: "connection dropped", spoil: answer(refused, func(w http.ResponseWriter, _ *moment) {
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			conn.Close()
		}
	})},
}

func isListed(listed []string, method string) bool {
	for _, m := range append([]string{"GET", "HEAD", "POST"}, listed...) {
		if m == method || m == "*" {
			return true
		}
	}
	return false
}
