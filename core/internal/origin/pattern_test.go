package origin

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var patterns = []struct {
	text string
	want Pattern // less its Text
}{
	{"*", Pattern{Any: true}},
	{"null", Pattern{Null: true}},
	{"https://example.com", Pattern{Scheme: "https", Host: "example.com"}},
	{"https://example.com:80", Pattern{Scheme: "https", Host: "example.com", Port: 80}},
	{"http://[::1]:3000", Pattern{Scheme: "http", Host: "[::1]", Port: 3000}},
	{"https://10.0.0.1", Pattern{Scheme: "https", Host: "10.0.0.1"}},
	{"capacitor://localhost", Pattern{Scheme: "capacitor", Host: "localhost"}},
	{"https://*.example.com", Pattern{Scheme: "https", Host: "example.com", Subdomains: true}},
	{"https://*.example.com:8443", Pattern{Scheme: "https", Host: "example.com", Port: 8443, Subdomains: true}},
	{"https://*.example.com:*", Pattern{Scheme: "https", Host: "example.com", Subdomains: true, AnyPort: true}},
	{"http://*.localhost:*", Pattern{Scheme: "http", Host: "localhost", Subdomains: true, AnyPort: true}},
	{"http://localhost:*", Pattern{Scheme: "http", Host: "localhost", AnyPort: true}},
	{"http://127.0.0.1:*", Pattern{Scheme: "http", Host: "127.0.0.1", AnyPort: true}},
	{"http://[::1]:*", Pattern{Scheme: "http", Host: "[::1]", AnyPort: true}},
	{"https://*", Pattern{Scheme: "https", AnyHost: true}},
	{"https://*:8443", Pattern{Scheme: "https", Port: 8443, AnyHost: true}},
	{"https://*:*", Pattern{Scheme: "https", AnyHost: true, AnyPort: true}},
	{"moz-extension://*", Pattern{Scheme: "moz-extension", AnyHost: true}},
	{"https://*." + host253[2:], Pattern{Scheme: "https", Host: host253[2:], Subdomains: true}}, // one name fits: a.…
}

func TestParsePattern(t *testing.T) {
	for _, c := range patterns {
		c.want.Text = c.text
		if got, fault := ParsePattern(c.text); fault != nil || got != c.want {
			t.Errorf("ParsePattern(%q) = %+v, %v, want %+v", c.text, got, fault, c.want)
		}
		isExact := !strings.Contains(c.text, "*")
		if got, _ := ParsePattern(c.text); got.IsExact() != isExact {
			t.Errorf("ParsePattern(%q).IsExact() = %v", c.text, got.IsExact())
		}
	}
}

// refused holds what people write, with the kind of fault and the value that a
// hint tells them to write; none where it is not clear what they mean.
var refused = []struct{ text, code, offer string }{
	{"", FaultEmpty, ""},
	{" ", FaultEmpty, ""},
	{"\t\n\u00a0", FaultEmpty, ""},

	// A path, query, fragment or user name.
	{"https://app.example.com/", FaultPath, "https://app.example.com"},
	{"https://app.example.com//", FaultPath, "https://app.example.com"},
	{"https://app.example.com/a/b", FaultPath, "https://app.example.com"},
	{"https://app.example.com:8443/a?b#c", FaultPath, "https://app.example.com:8443"},
	{"https://*.example.com/", FaultPath, "https://*.example.com"},
	{"http://localhost:*/", FaultPath, "http://localhost:*"},
	{"https://[::1]/", FaultPath, "https://[::1]"},
	{"https://app.example.com?a=b", FaultQuery, "https://app.example.com"},
	{"https://app.example.com#top", FaultFragment, "https://app.example.com"},
	{"https://user@app.example.com", FaultUserInfo, "https://app.example.com"},
	{"https://user:word@app.example.com", FaultUserInfo, "https://app.example.com"},
	{"https://app.example.com/*", FaultPath, "https://app.example.com"},

	// Case.
	{"https://App.Example.com", FaultUpperCase, "https://app.example.com"},
	{"HTTPS://app.example.com", FaultUpperCase, "https://app.example.com"},
	{"https://*.Example.com", FaultUpperCase, "https://*.example.com"},
	{"HTTP://LOCALHOST:3000", FaultUpperCase, "http://localhost:3000"},
	{"NULL", FaultUpperCase, ""},

	// What anybody may register names below is not offered.
	{"*.com", FaultNoScheme, ""},
	{"https://*.com:443", FaultDefaultPort, ""},
	{"https://*.com/", FaultPath, ""},

	// Ports.
	{"https://app.example.com:443", FaultDefaultPort, "https://app.example.com"},
	{"http://app.example.com:80", FaultDefaultPort, "http://app.example.com"},
	{"https://*.example.com:443", FaultDefaultPort, "https://*.example.com"},
	{"https://*:443", FaultDefaultPort, "https://*"},
	{"https://[::1]:443", FaultDefaultPort, "https://[::1]"},
	{"https://app.example.com:", FaultPort, "https://app.example.com"},
	{"https://app.example.com:08443", FaultPort, "https://app.example.com:8443"},
	{"https://app.example.com:0", FaultPort, ""},
	{"https://app.example.com:65536", FaultPort, ""},
	{"https://app.example.com:http", FaultPort, ""},
	{"https://app.example.com:8443:8444", FaultPort, ""},
	{"http://localhost:3*", FaultWildcard, "http://localhost:*"},
	{"http://localhost:*0", FaultWildcard, "http://localhost:*"},
	{"http://localhost:**", FaultWildcard, "http://localhost:*"},

	// Hosts.
	{"https://bücher.example", FaultUnicode, "https://xn--bcher-kva.example"},
	{"https://BÜCHER.example", FaultUnicode, "https://xn--bcher-kva.example"},
	{"https://*.bücher.example", FaultUnicode, "https://*.xn--bcher-kva.example"},
	{"https://app.example.com.", FaultHost, "https://app.example.com"},
	{"https://", FaultHost, ""},
	{"https://:8443", FaultHost, ""},
	{"https://*.", FaultHost, ""},
	{"https://a..example.com", FaultHost, ""},
	{"https://.example.com", FaultHost, ""},
	{"https://a`b.example.com", FaultHost, ""},
	{"https://a%62.example.com", FaultHost, ""},
	{"https://" + label63 + "a.example", FaultHost, ""},
	{"https://" + host254, FaultNeverMatches, ""},
	{"https://*." + host253[1:], FaultNeverMatches, ""},
	{"https://*." + host253, FaultNeverMatches, ""},
	{"https://127.1", FaultIP, ""},
	{"https://010.0.0.1", FaultIP, ""},
	{"https://0x7f000001", FaultIP, ""},
	{"https://1.2.3.4.5", FaultIP, ""},
	{"https://[0:0:0:0:0:0:0:1]", FaultIP, "https://[::1]"},
	{"https://[2001:DB8::1]", FaultIP, "https://[2001:db8::1]"},
	{"https://[::ffff:192.168.0.1]", FaultIP, "https://[::ffff:c0a8:1]"},
	{"https://[fe80::1%eth0]", FaultIP, "https://[fe80::1]"},
	{"https://[::1", FaultIP, "https://[::1]"},
	{"https://[1:2]", FaultIP, ""},
	{"https://*.[::1]", FaultWildcard, ""},

	// Schemes.
	{"app.example.com", FaultNoScheme, "https://app.example.com"},
	{"app.example.com:8443", FaultNoScheme, "https://app.example.com:8443"},
	{"//app.example.com", FaultNoScheme, "https://app.example.com"},
	{"://app.example.com", FaultNoScheme, "https://app.example.com"},
	{"*.example.com", FaultNoScheme, "https://*.example.com"},
	{"localhost:3000", FaultNoScheme, "http://localhost:3000"},
	{"127.0.0.1", FaultNoScheme, "http://127.0.0.1"},
	{"https:app.example.com", FaultNoScheme, "https://app.example.com"},
	{"http:/app.example.com", FaultNoScheme, "http://app.example.com"},
	{"https//app.example.com", FaultNoScheme, "https://app.example.com"},
	{`https:\\app.example.com`, FaultNoScheme, "https://app.example.com"},
	{`"https://app.example.com"`, FaultScheme, "https://app.example.com"},
	{"'https://app.example.com'", FaultScheme, "https://app.example.com"},
	{"1http://app.example.com", FaultScheme, ""},
	{"my_app://localhost", FaultScheme, ""},

	// Schemes whose pages have no origin of that scheme.
	{"file://", FaultNeverScheme, ""},
	{"file:///index.html", FaultNeverScheme, ""},
	{"data:text/html,x", FaultNeverScheme, ""},
	{"blob:https://app.example.com/1", FaultNeverScheme, ""},
	{"about:blank", FaultNeverScheme, ""},
	{"javascript:void", FaultNeverScheme, ""},
	{"filesystem://app.example.com", FaultNeverScheme, ""},
	{"ftp://files.example.com", FaultNeverScheme, ""},
	{"ftp://*", FaultNeverScheme, ""},
	{"FILE://app.example.com", FaultNeverScheme, ""},
	{"ws://app.example.com", FaultNeverScheme, "http://app.example.com"},
	{"wss://app.example.com", FaultNeverScheme, "https://app.example.com"},
	{"wss://app.example.com:8443", FaultNeverScheme, "https://app.example.com:8443"},
	{"wss://*.example.com", FaultNeverScheme, "https://*.example.com"},
	{"WSS://app.example.com", FaultNeverScheme, "https://app.example.com"},
	{"wss://app.example.com/ws", FaultNeverScheme, "https://app.example.com"},
	{"wss://app.example.com:443", FaultNeverScheme, "https://app.example.com"},

	// White space, and several origins in one entry.
	{" https://app.example.com", FaultWhiteSpace, "https://app.example.com"},
	{"https://app.example.com ", FaultWhiteSpace, "https://app.example.com"},
	{"https://app.example.com\n", FaultWhiteSpace, "https://app.example.com"},
	{"\u00a0https://app.example.com", FaultWhiteSpace, "https://app.example.com"},
	{"\ufeffhttps://app.example.com", FaultWhiteSpace, "https://app.example.com"},
	{"https://app. example.com", FaultWhiteSpace, ""},
	{" *", FaultWhiteSpace, ""},
	{"https://a.example,https://b.example", FaultSeveral, ""},
	{"https://a.example, https://b.example", FaultSeveral, ""},
	{"https://a.example https://b.example", FaultSeveral, ""},
	{"https://a.example;https://b.example", FaultSeveral, ""},
	{"https://app.example.com,", FaultHost, "https://app.example.com"},
	{"https://app.example.com, ", FaultWhiteSpace, "https://app.example.com"},
	{"*, https://a.example", FaultSeveral, ""},

	// Regular expressions.
	{`^https://.*\.example\.com$`, FaultRegexp, ""},
	{`https://.*\.example\.com`, FaultRegexp, ""},
	{`https://.*.example.com`, FaultRegexp, ""},
	{`https://(a|b).example.com`, FaultRegexp, ""},
	{`https://[a-z]+.example.com`, FaultRegexp, ""},
	{`https://app\.example\.com`, FaultRegexp, ""},
	{`https://app.example.com$`, FaultRegexp, ""},
	{`/^https:\/\/app\.example\.com$/`, FaultRegexp, ""},
	{`https://{tenant}.example.com`, FaultRegexp, ""},

	// Wildcards elsewhere than as a whole entry, host, first label or port.
	{"**", FaultWildcard, ""},
	{"*.*", FaultWildcard, ""},
	{"*://app.example.com", FaultWildcard, ""},
	{"*://*", FaultWildcard, ""},
	{"http*://app.example.com", FaultWildcard, ""},
	{"https://app.*", FaultWildcard, ""},
	{"https://app.*.com", FaultWildcard, ""},
	{"https://*.*", FaultWildcard, ""},
	{"https://*.10.0.0.1", FaultWildcard, ""},
	{"https://10.0.0.*", FaultWildcard, ""},
}

func TestParsePatternRefuses(t *testing.T) {
	for _, c := range refused {
		_, fault := ParsePattern(c.text)
		switch {
		case fault == nil:
			t.Errorf("ParsePattern(%q) is taken, want %s", c.text, c.code)
		case fault.Code != c.code || offered(fault.Hint) != c.offer:
			t.Errorf("ParsePattern(%q) = %s, %s\n\twant %s, offering %q", c.text, fault.Code, fault.Hint, c.code, c.offer)
		}
	}
}

// A wildcard inside a label admits strangers, so the hint offers what is near:
// the subdomain wildcard, or the origin function.
func TestParsePatternOffersTheSubdomainWildcard(t *testing.T) {
	for text, offer := range map[string]string{
		"https://pr-*.example.com":      `"https://*.example.com"`,
		"https://*-app.example.com":     `"https://*.example.com"`,
		"https://a*b.example.com:8443":  `"https://*.example.com:8443"`,
		"https://*.*.example.com":       `"https://*.example.com"`,
		"https://*example.com":          `"https://*.example.com"`,
		"https://a.*.example.com":       "origin function",
		"https://pr-*.github.io":        "origin function",
		"https://*.com.*":               "origin function",
		"https://app.*":                 "origin function",
		"https://*.*":                   "origin function",
		`^https://.*\.example\.com$`:    "origin function",
		"https://pr-[0-9]+.example.com": "origin function",
	} {
		_, fault := ParsePattern(text)
		if fault == nil || !strings.Contains(fault.Hint, offer) {
			t.Errorf("ParsePattern(%q) = %v, want a hint with %s", text, fault, offer)
		}
	}
}

func TestParsePatternTakesSeveralApart(t *testing.T) {
	for _, text := range []string{
		"https://a.example,https://b.example", "https://a.example , https://b.example", "https://a.example https://b.example",
		"https://a.example;https://b.example;", "https://a.example\nhttps://b.example",
	} {
		_, fault := ParsePattern(text)
		if fault == nil || fault.Code != FaultSeveral || !strings.HasSuffix(fault.Hint, `"https://a.example", "https://b.example"`) {
			t.Errorf("ParsePattern(%q) = %v, want %s that ends in both origins", text, fault, FaultSeveral)
		}
	}
}

var offerAtEnd = regexp.MustCompile(`write ("(?:[^"\\]|\\.)*")$`)

// offered returns the value that a hint ends in, or "".
func offered(hint string) string {
	match := offerAtEnd.FindStringSubmatch(hint)
	if match == nil {
		return ""
	}
	value, err := strconv.Unquote(match[1])
	if err != nil {
		return "unreadable: " + match[1]
	}
	return value
}
