package conformance_test

import (
	"bytes"
	"net"
	"net/http"
	"slices"
	"strings"

	concors "github.com/concors/concors/core"
)

// likeOrigin asks about a listed origin in place of one that a careless
// comparison takes for it.
func likeOrigin(alike func(listed, origin string) bool) func(*moment) {
	return func(m *moment) {
		cfg := m.policy.Config()
		for _, inner := range cfg.Paths {
			cfg.AllowOrigins = append(cfg.AllowOrigins, inner.AllowOrigins...)
		}
		for _, listed := range cfg.AllowOrigins {
			if len(m.asked.Origin) == 1 && listed != "*" && listed != m.origin() && alike(listed, m.origin()) {
				m.pretend = strings.NewReplacer("*.", "any.", ":*", "").Replace(listed)
				return
			}
		}
	}
}

// suffix is what a pattern for subdomains ends with, "" if it is none.
func suffix(pattern string) string {
	_, suffix, _ := strings.Cut(pattern, "://*.")
	return suffix
}

func hostOf(origin string) string {
	_, host, _ := strings.Cut(origin, "://")
	return host
}

// keepBlanks puts a visible byte in place of every blank before the end of an
// Origin line, which the server would else trim: as if nobody trimmed it.
type keepBlanks struct{ net.Conn }

func (c keepBlanks) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	at := bytes.Index(p[:n], []byte("\r\nOrigin:"))
	if at < 0 {
		return n, err
	}
	line := p[at+len("\r\nOrigin:") : n]
	if end := bytes.Index(line, []byte("\r\n")); end >= 0 {
		for end--; end >= 0 && (line[end] == ' ' || line[end] == '\t'); end-- {
			line[end] = '~'
		}
	}
	return n, err
}

type keepBlanksListener struct{ net.Listener }

func (l keepBlanksListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return keepBlanks{conn}, nil
}

// firstLine reads the first line of a field only.
func firstLine(lines *[]string) { *lines = (*lines)[:min(len(*lines), 1)] }

// eachName replaces every requested header name.
func eachName(m *moment, by func(name string) string) {
	lines := make([]string, len(m.asked.RequestHeaders))
	for i, line := range m.asked.RequestHeaders {
		parts := strings.Split(line, ",")
		for j, part := range parts {
			parts[j] = by(part)
		}
		lines[i] = strings.Join(parts, ",")
	}
	m.asked.RequestHeaders = lines
}

// questionFaults concern what is read of a request, and what it is compared
// with.
var questionFaults = []fault{
	{name: "first Origin line only", ask: func(m *moment) { firstLine(&m.asked.Origin) }},
	{name: "blanks behind Origin kept", listen: func(l net.Listener) net.Listener { return keepBlanksListener{l} }},
	{name: "empty Origin taken for none", ask: func(m *moment) {
		if len(m.asked.Origin) == 1 && m.asked.Origin[0] == "" {
			m.asked.Origin = nil
		}
	}},
	{name: "origin of the server itself passed over", ask: func(m *moment) {
		if strings.HasSuffix(m.origin(), "://"+m.r.Host) {
			m.asked.Origin = nil
		}
	}},
	{name: "origin of the server itself allowed", spoil: func(m *moment) bool {
		if strings.HasSuffix(m.origin(), "://"+m.r.Host) && denied(m) {
			m.header().Set(acao, m.origin())
		}
		return false
	}},
	{name: "null allowed", spoil: func(m *moment) bool {
		if m.decision.Reason() != concors.ReasonNullOrigin {
			return false
		}
		m.header().Set(acao, "null")
		if preflight(m) {
			m.w.WriteHeader(http.StatusNoContent)
		}
		return preflight(m)
	}},
	{name: "origin compared without case", ask: likeOrigin(strings.EqualFold)},
	{name: "origin matched as a prefix", ask: likeOrigin(func(listed, o string) bool { return strings.HasPrefix(o, listed) })},
	{name: "scheme ignored", ask: likeOrigin(func(listed, o string) bool { return hostOf(listed) == hostOf(o) })},
	{name: "port ignored", ask: likeOrigin(func(listed, o string) bool {
		i := strings.LastIndexByte(o, ':')
		return i > len("https") && o[:i] == listed
	})},
	{name: "slash at the end ignored", ask: likeOrigin(func(listed, o string) bool { return o == listed+"/" })},
	{name: "dot at the end ignored", ask: likeOrigin(func(listed, o string) bool { return o == listed+"." })},
	{name: "apex taken for a subdomain", ask: likeOrigin(func(listed, o string) bool {
		return suffix(listed) != "" && o == "https://"+suffix(listed)
	})},
	{name: "suffix taken for a subdomain", ask: likeOrigin(func(listed, o string) bool {
		return suffix(listed) != "" && strings.HasPrefix(o, "https://") && strings.HasSuffix(o, suffix(listed)) &&
			!strings.HasSuffix(o, "."+suffix(listed)) && o != "https://"+suffix(listed)
	})},
	{name: "anything before the suffix", ask: likeOrigin(func(listed, o string) bool {
		return suffix(listed) != "" && strings.HasPrefix(o, "https://") && strings.HasSuffix(o, "."+suffix(listed))
	})},
	{name: "one label of a subdomain only", ask: func(m *moment) {
		for _, listed := range m.policy.Config().AllowOrigins {
			s := suffix(listed)
			if front, ok := strings.CutSuffix(hostOf(m.origin()), "."+s); ok && s != "" && strings.Contains(front, ".") {
				m.asked.Origin = []string{"https://other.test"}
			}
		}
	}},
	{name: "port pattern matched as a prefix", ask: likeOrigin(func(listed, o string) bool {
		front, ok := strings.CutSuffix(listed, ":*")
		return ok && strings.HasPrefix(o, front)
	})},
	{name: "port required by a port pattern", ask: func(m *moment) {
		if slices.Contains(m.policy.Config().AllowOrigins, m.origin()+":*") {
			m.asked.Origin = []string{"https://other.test"}
		}
	}},
	{name: "GET with ACRM taken for a preflight", ask: func(m *moment) {
		if lines := m.r.Header[acrm]; lines != nil {
			m.asked.Method, m.asked.RequestMethod = http.MethodOptions, lines
		}
	}},
	{name: "empty ACRM taken for none", ask: func(m *moment) {
		if slices.Equal(m.asked.RequestMethod, []string{""}) {
			m.asked.RequestMethod = nil
		}
	}},
	{name: "ACRH without ACRM taken for a preflight", ask: func(m *moment) {
		if m.asked.RequestHeaders != nil && m.asked.RequestMethod == nil {
			m.asked.RequestMethod = []string{"GET"}
		}
	}},
	{name: "first ACRM line only", ask: func(m *moment) { firstLine(&m.asked.RequestMethod) }},
	{name: "ACRM in upper case", ask: func(m *moment) {
		for i, line := range slices.Clone(m.asked.RequestMethod) {
			m.asked.RequestMethod = slices.Clone(m.asked.RequestMethod)
			m.asked.RequestMethod[i] = strings.ToUpper(line)
		}
	}},
	{name: "requested GET, HEAD and POST need listing", ask: func(m *moment) {
		method := strings.Join(m.asked.RequestMethod, ",")
		if isListed(nil, method) && !slices.Contains(m.policy.Config().AllowMethods, method) {
			m.asked.RequestMethod = []string{"X-UNLISTED"}
		}
	}},
	{name: "CONNECT and TRACE allowed by a star", ask: func(m *moment) {
		if slices.Contains([]string{"CONNECT", "TRACE", "TRACK"}, strings.ToUpper(strings.Join(m.asked.RequestMethod, ""))) {
			m.asked.RequestMethod = []string{"GET"}
		}
	}},
	{name: "first ACRH line only", ask: func(m *moment) { firstLine(&m.asked.RequestHeaders) }},
	{name: "ACRH compared with case", ask: func(m *moment) {
		eachName(m, func(name string) string {
			if n := strings.Trim(name, " \t"); slices.Contains(m.policy.Config().AllowHeaders, strings.ToLower(n)) {
				return n // that it is listed in lower case does not help
			}
			if n := strings.Trim(name, " \t"); n != "" && strings.ToLower(n) == n {
				return n + "-unlisted"
			}
			return name
		})
	}},
	{name: "blanks in ACRH kept", ask: func(m *moment) {
		eachName(m, func(name string) string {
			if trimmed := strings.Trim(name, " \t"); trimmed != "" && trimmed != name {
				return "_" + trimmed
			}
			return name
		})
	}},
	{name: "empty element of ACRH refused", ask: func(m *moment) {
		eachName(m, func(name string) string {
			if strings.Trim(name, " \t") == "" {
				return "x-nothing"
			}
			return name
		})
	}},
	{name: "last ACRH name only", ask: func(m *moment) {
		if names := elements(m.asked.RequestHeaders); len(names) > 1 {
			m.asked.RequestHeaders = names[len(names)-1:]
		}
	}},
	{name: "HTTP/1.0 passed over", ask: func(m *moment) {
		if !m.r.ProtoAtLeast(1, 1) {
			m.asked.Origin = nil
		}
	}},
	{name: "debug mode ignored", ask: func(m *moment) { m.policy.SetDebug(false) }},
	{name: "debug mode always on", ask: func(m *moment) { m.policy.SetDebug(true) }},
	{name: "observer hears twice", ask: func(m *moment) { m.policy.Decide(m.r.Context(), m.asked) }},
	{name: "reload ignored", mount: func(p *concors.Policy) func(*moment) {
		first := p.Config()
		return func(m *moment) {
			if err := m.policy.Reload(first); err != nil {
				panic(err) // it was in force before
			}
		}
	}},
	{name: "first answer kept for all", mount: keepAnswer},
}

// keepAnswer asks about the first origin that came, for ever.
func keepAnswer(*concors.Policy) func(*moment) {
	first := ""
	return func(m *moment) {
		if first == "" && len(m.asked.Origin) == 1 {
			first = m.asked.Origin[0]
		}
		if first != "" && len(m.asked.Origin) == 1 {
			m.asked.Origin = []string{first}
		}
	}
}
