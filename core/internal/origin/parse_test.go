package origin

import (
	"strings"
	"testing"
)

var (
	label63 = strings.Repeat("a", 63)
	host253 = strings.Join([]string{label63, label63, label63, label63[:61]}, ".")
	host254 = strings.Join([]string{label63, label63, label63, label63[:62]}, ".")
)

var wellFormed = []struct {
	text string
	want Origin
}{
	{"https://example.com", Origin{Scheme: "https", Host: "example.com"}},
	{"http://example.com", Origin{Scheme: "http", Host: "example.com"}},
	{"https://example.com:8443", Origin{Scheme: "https", Host: "example.com", Port: 8443}},
	{"https://example.com:80", Origin{Scheme: "https", Host: "example.com", Port: 80}},
	{"http://example.com:443", Origin{Scheme: "http", Host: "example.com", Port: 443}},
	{"https://example.com:1", Origin{Scheme: "https", Host: "example.com", Port: 1}},
	{"https://example.com:65535", Origin{Scheme: "https", Host: "example.com", Port: 65535}},

	{"a://b", Origin{Scheme: "a", Host: "b"}},
	{"a1+.-z://b", Origin{Scheme: "a1+.-z", Host: "b"}},
	{"capacitor://localhost", Origin{Scheme: "capacitor", Host: "localhost"}},
	{"chrome-extension://abcdefghijklmnop", Origin{Scheme: "chrome-extension", Host: "abcdefghijklmnop"}},
	{"app://x:80", Origin{Scheme: "app", Host: "x", Port: 80}},
	{"app://x:443", Origin{Scheme: "app", Host: "x", Port: 443}},

	{"https://xn--bcher-kva.example", Origin{Scheme: "https", Host: "xn--bcher-kva.example"}},
	{"https://a_b.example", Origin{Scheme: "https", Host: "a_b.example"}},
	{"https://_dmarc.-x-.example", Origin{Scheme: "https", Host: "_dmarc.-x-.example"}},
	{"https://1.2.3.a", Origin{Scheme: "https", Host: "1.2.3.a"}},
	{"https://1.2.3.-4", Origin{Scheme: "https", Host: "1.2.3.-4"}},
	{"https://0x1.example", Origin{Scheme: "https", Host: "0x1.example"}},
	{"https://1.example", Origin{Scheme: "https", Host: "1.example"}},
	{"https://a.1b", Origin{Scheme: "https", Host: "a.1b"}},
	{"https://" + label63, Origin{Scheme: "https", Host: label63}},
	{"https://" + host253, Origin{Scheme: "https", Host: host253}},
	{"https://" + host253 + ":65535", Origin{Scheme: "https", Host: host253, Port: 65535}},

	{"http://127.0.0.1", Origin{Scheme: "http", Host: "127.0.0.1", IP: true}},
	{"http://127.0.0.1:3000", Origin{Scheme: "http", Host: "127.0.0.1", Port: 3000, IP: true}},
	{"https://0.0.0.0", Origin{Scheme: "https", Host: "0.0.0.0", IP: true}},
	{"https://255.255.255.255", Origin{Scheme: "https", Host: "255.255.255.255", IP: true}},
	{"https://[::1]", Origin{Scheme: "https", Host: "[::1]", IP: true}},
	{"https://[::]:8443", Origin{Scheme: "https", Host: "[::]", Port: 8443, IP: true}},
	{"http://[2001:db8::1]:3000", Origin{Scheme: "http", Host: "[2001:db8::1]", Port: 3000, IP: true}},
	{"https://[1:2:3:4:5:6:7:8]", Origin{Scheme: "https", Host: "[1:2:3:4:5:6:7:8]", IP: true}},
	{"https://[1:0:3:4:5:6:7:8]", Origin{Scheme: "https", Host: "[1:0:3:4:5:6:7:8]", IP: true}},
	{"https://[::ffff:c0a8:1]", Origin{Scheme: "https", Host: "[::ffff:c0a8:1]", IP: true}},
	{"https://[::ffff:0:0]", Origin{Scheme: "https", Host: "[::ffff:0:0]", IP: true}},
	{"https://[::102:304]", Origin{Scheme: "https", Host: "[::102:304]", IP: true}},
	{"https://[1:0:0:2::3]", Origin{Scheme: "https", Host: "[1:0:0:2::3]", IP: true}},
	{"https://[1::2:0:0:3]", Origin{Scheme: "https", Host: "[1::2:0:0:3]", IP: true}},
}

func TestParse(t *testing.T) {
	for _, c := range wellFormed {
		got, ok := Parse(c.text)
		if !ok || got != c.want {
			t.Errorf("Parse(%q) = %+v, %v, want %+v", c.text, got, ok, c.want)
		}
		if got.String() != c.text {
			t.Errorf("Parse(%q) is written back as %q", c.text, got.String())
		}
	}
}

var malformed = []string{
	"", "*", "null", "Null", "NULL", "example.com", "//example.com", "://example.com",
	"https", "https:", "https:/", "https://", "https:example.com", "https:/example.com", "https:///example.com",

	// Schemes.
	"HTTPS://example.com", "Https://example.com", "1http://example.com", "+a://b", "-a://b", ".a://b",
	"ht tp://example.com", "h_t://example.com", "https ://example.com", "é://example.com", "h%74tp://example.com",

	// More than scheme, host and port.
	"https://example.com/", "https://example.com/a", "https://example.com?", "https://example.com?a",
	"https://example.com#", "https://example.com#a", `https://example.com\`, "https://u@example.com",
	"https://u:p@example.com", "https://@example.com", "https://example.com@evil.test",
	"https://a.example https://b.example", "https://a.example,https://b.example",

	// White space and control bytes, which are no part of an origin.
	" https://example.com", "https://example.com ", "\thttps://example.com", "https://example.com\t",
	"https://exa mple.com", "https://example.com\n", "https://example.com\r", "https://example.com\x00", "\ufeffhttps://example.com",

	// Labels.
	"https://Example.com", "https://example.COM", "https://.example.com", "https://example..com", "https://example.com.",
	"https://.", "https://..", "https://" + label63 + "a.example", "https://" + host254, "https://a`b.example.com", "https://a'b.example.com",
	"https://a%62.example", "https://a*.example", "https://*.example.com", "https://*", "https://bücher.example",
	"https://a!b.example", "https://a~b.example", "https://a+b.example", "https://a=b.example", "https://a;b.example",
	"https://\u0430pple.example", "https://a\u3002example", "https://\xff.example", "https://a\u200b.example",

	// Hosts whose last label looks like a number are IPv4 addresses or nothing.
	"https://1", "https://1.2.3", "https://1.2.3.4.5", "https://example.1", "https://a.b.c.4", "https://256.1.1.1", "https://1.1.1.256",
	"https://01.2.3.4", "https://1.2.3.04", "https://1.2.3.00", "https://0127.0.0.1", "https://1.2.3.4.", "https://1.2..4",
	"https://1.2.3.1000", "https://4294967295", "https://99999999999",
	"https://0x7f.1", "https://0x7f000001", "https://1.2.3.0x4", "https://example.0x", "https://example.0xg", "https://0x",
	"https://.1.2.3.4", "https://1.2.3.4.5.6.7.8",

	// IPv6.
	"https://[]", "https://[", "https://]", "https://[::1", "https://::1", "https://::1]", "https://[::1]]", "https://[[::1]]",
	"https://[::1]a", "https://a[::1]", "https://[::1].example", "https://[::1]8443", "https://[:::1]", "https://[1::2::3]",
	"https://[1:2:3:4:5:6:7]", "https://[1:2:3:4:5:6:7:8:9]", "https://[12345::]", "https://[::g]",
	"https://[::A]", "https://[2001:DB8::1]", "https://[0::1]", "https://[0:0:0:0:0:0:0:1]", "https://[::01]", "https://[2001:0db8::1]",
	"https://[1::3:4:5:6:7:8]", "https://[::2:3:4:5:6:7:8]", "https://[1:2:3:4:5:6:7::]", "https://[1:0:0:2:0:0:0:3]", "https://[1::2:0:0:0:3]",
	"https://[1:0:0:2::0:3]", "https://[1:0:0:3:4::8]", "https://[::1%eth0]", "https://[::1%25eth0]", "https://[fe80::1%251]", "https://[::1%]",
	"https://[::ffff:192.168.0.1]", "https://[::192.168.0.1]", "https://[::ffff:c0a8:0001]", "https://[127.0.0.1]", "https://[example.com]",
	"https://[v1.a]", "https://[ ::1]", "https://[::1/64]",

	// Ports.
	"https://example.com:", "https://example.com:0", "https://example.com:00", "https://example.com:08443", "https://example.com:65536",
	"https://example.com:99999", "https://example.com:100000", "https://example.com:18446744073709551617", "https://example.com:-1",
	"https://example.com:+1", "https://example.com:1a", "https://example.com: 1", "https://example.com:1 ", "https://example.com:*",
	"https://example.com:443", "http://example.com:80", "https://[::1]:443", "http://127.0.0.1:80", "https://[::1]:",
	"https://example.com:1:2", "https://example.com:٣", "https://:8443", "https://example.com:8443/",
}

func TestParseRefuses(t *testing.T) {
	for _, text := range malformed {
		if got, ok := Parse(text); ok || got != (Origin{}) {
			t.Errorf("Parse(%q) = %+v, %v, want the zero Origin, false", text, got, ok)
		}
	}
}

func TestParseRefusesLongText(t *testing.T) {
	for _, text := range []string{
		"https://" + strings.Repeat("a.", 1<<20) + "example",
		"https://" + strings.Repeat("a", 1<<20),
		strings.Repeat("a", 1<<20) + "://",
		"https://example.com:" + strings.Repeat("1", 1<<20),
		"https://[" + strings.Repeat(":", 1<<20) + "]",
	} {
		if got, ok := Parse(text); ok {
			t.Errorf("Parse(%.30q…) = %+v", text, got)
		}
	}
}

func TestIsLoopback(t *testing.T) {
	for _, host := range []string{"localhost", "a.localhost", "a.b.localhost", "127.0.0.1", "127.255.255.255", "127.0.0.0", "[::1]"} {
		if !IsLoopback(host) {
			t.Errorf("IsLoopback(%q) = false", host)
		}
	}
	for _, host := range []string{
		"", "localhost.example.com", "alocalhost", "localhost.", "127.example.com", "127.0.0.1.example.com", "128.0.0.1", "126.255.255.255",
		"0.0.0.0", "10.0.0.1", "[::2]", "[::]", "::1", "[::ffff:7f00:1]", "example.com", "127.0.0", "127.0.0.256",
	} {
		if IsLoopback(host) {
			t.Errorf("IsLoopback(%q) = true", host)
		}
	}
}
