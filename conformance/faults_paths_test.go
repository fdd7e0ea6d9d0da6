package conformance_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strings"
)

// readPath has the policy asked about another reading of the path where that
// differs from the decoded one.
func readPath(read func(m *moment) string) func(*moment) {
	return func(m *moment) {
		if path := read(m); path != m.asked.Path {
			m.asked.Path, m.asked.RawPath = path, ""
		}
	}
}

// readPlainPath does so for paths that are the same in every reading.
func readPlainPath(read func(path string, keys []string) string) func(*moment) {
	return readPath(func(m *moment) string {
		plain := path.Clean(m.asked.Path)
		if m.asked.RawPath != "" || strings.ContainsAny(plain, `\%`) || strings.ToLower(plain) != plain ||
			m.asked.Path != plain && m.asked.Path != plain+"/" {
			return m.asked.Path
		}
		return read(m.asked.Path, slices.Sorted(maps.Keys(m.policy.Config().Paths)))
	})
}

// pathFaults concern the part of a policy that applies.
var pathFaults = []fault{
	{name: "paths ignored", ask: readPath(func(*moment) string { return "/" })},
	{name: "decoded path only", ask: func(m *moment) { m.asked.RawPath = "" }},
	{name: "path as sent only", ask: readPath(func(m *moment) string {
		return strings.NewReplacer("%2F", "_", "%2f", "_").Replace(m.r.URL.EscapedPath())
	})},
	{name: "path in lower case", ask: readPath(func(m *moment) string { return strings.ToLower(m.asked.Path) })},
	{name: "path cleaned", ask: readPath(func(m *moment) string { return path.Clean(m.asked.Path) })},
	{name: "backslash not read as a slash", ask: readPath(func(m *moment) string {
		return strings.ReplaceAll(m.asked.Path, `\`, "_")
	})},
	{name: "key matched as a prefix", ask: readPlainPath(func(path string, keys []string) string {
		for _, key := range keys {
			rest, ok := strings.CutPrefix(path, strings.TrimSuffix(key, "/"))
			if ok && rest != "" && rest[0] != '/' {
				return key
			}
		}
		return path
	})},
	{name: "key without a slash covers what is below", ask: readPlainPath(func(path string, keys []string) string {
		for _, key := range keys {
			if rest, ok := strings.CutPrefix(path, key+"/"); ok && rest != "" {
				return key
			}
		}
		return path
	})},
	{name: "key with a slash does not cover itself", ask: readPlainPath(func(path string, keys []string) string {
		if slices.Contains(keys, path+"/") && !slices.Contains(keys, path) {
			return "/nowhere"
		}
		return path
	})},
	{name: "shortest key wins", ask: readPlainPath(func(path string, keys []string) string {
		for _, key := range keys {
			if strings.HasSuffix(key, "/") && strings.HasPrefix(path, key) {
				return key
			}
		}
		return path
	})},
	{name: "slash at the end not ignored", ask: readPlainPath(func(path string, keys []string) string {
		if key, ok := strings.CutSuffix(path, "/"); ok && slices.Contains(keys, key) {
			return path + "below"
		}
		return path
	})},
	{name: "query part of the path", ask: readPath(func(m *moment) string {
		if m.r.URL.RawQuery != "" {
			return m.asked.Path + "%3F" + m.r.URL.RawQuery
		}
		return m.asked.Path
	})},
}

// lateFaults concern what is left of the fields when the handler has spoken.
var lateFaults = []fault{
	{name: "fields written after the handler", spoil: func(m *moment) bool {
		if preflight(m) {
			return false
		}
		recorder := httptest.NewRecorder()
		fields := m.header().Clone()
		clear(m.header())
		maps.Copy(m.header(), m.outer)
		m.next.ServeHTTP(recorder, m.r)
		clear(m.header())
		maps.Copy(m.header(), fields)
		for name, lines := range recorder.Header() {
			m.header()[name] = append(m.header()[name], lines...)
		}
		m.w.WriteHeader(recorder.Code)
		m.w.Write(recorder.Body.Bytes())
		return true
	}},
	{name: "fields lost on 304", late: lose(func(status int) bool { return status == http.StatusNotModified })},
	{name: "fields lost on redirects", late: lose(func(status int) bool { return status == http.StatusFound })},
	{name: "fields lost on errors", late: lose(func(status int) bool { return status >= 400 })},
	{name: "ACEH lost on errors", late: func(m *moment, status int) {
		if status >= 400 {
			m.header().Del(aceh)
		}
	}},
	{name: "Vary lost on errors", late: func(m *moment, status int) {
		if status >= 400 {
			m.header().Del("Vary")
		}
	}},
	{name: "Vary set over that of the handler", late: func(m *moment, _ int) {
		if lines := m.header()["Vary"]; len(lines) > 1 {
			m.header()["Vary"] = lines[:1]
		}
	}},
	{name: "fields lost in a stream", spoil: func(m *moment) bool {
		if m.r.URL.Path == "/stream" {
			m.header().Del(acao)
		}
		return false
	}},
	{name: "fields lost in a panic", spoil: func(m *moment) bool {
		if preflight(m) {
			return false
		}
		defer func() {
			if v := recover(); v != nil {
				m.header().Del(acao)
				panic(v)
			}
		}()
		m.next.ServeHTTP(m.w, m.r)
		return true
	}},
}

func lose(where func(status int) bool) func(*moment, int) {
	return func(m *moment, status int) {
		if where(status) {
			m.header().Del(acao)
		}
	}
}
