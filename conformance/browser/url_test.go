package browser

import (
	"net/url"
	"testing"
)

var base = &url.URL{Scheme: "https", Host: "b.example", Path: "/d/e", RawQuery: "f"}

var urls = []struct {
	base *url.URL
	raw  string
	want string // "" is an error
}{
	{nil, "http://a.example", "http://a.example/"},
	{nil, "HTTP://A.Example:80/x?y#z", "http://a.example/x?y"},
	{nil, "https://a.example:0443", "https://a.example/"},
	{nil, "https://a.example:80/", "https://a.example:80/"},
	{nil, "http://a.example:/", "http://a.example/"},
	{nil, "http://a.example./", "http://a.example./"},
	{nil, " http://a.example/\t", "http://a.example/"},
	{nil, `http:\\a.example\b\..\c?\`, `http://a.example/c?\`},
	{nil, "https:////a.example/b", "https://a.example/b"},
	{nil, "http://a.example/?q=a b\"'<>\u00fc", "http://a.example/?q=a%20b%22%27%3C%3E%C3%BC"},
	{nil, "http://a.example/a%2Fb/./c", "http://a.example/a%2Fb/c"},
	{nil, "http://127.0.0.1/", "http://127.0.0.1/"},
	{nil, "http://[2001:DB8:0:0:0:0:0:1]/", "http://[2001:db8::1]/"},
	{nil, "http://[::ffff:1.2.3.4]/", "http://[::ffff:102:304]/"},
	{nil, "http://u:p@a.example/", "http://u:p@a.example/"},
	{nil, "http://xn--bcher-kva.example/", "http://xn--bcher-kva.example/"},
	{nil, "http://a_b.example/", "http://a_b.example/"},
	{base, "", "https://b.example/d/e?f"},
	{base, "#g", "https://b.example/d/e?f"},
	{base, "g", "https://b.example/d/g"},
	{base, "?", "https://b.example/d/e?"},
	{base, "../../..", "https://b.example/"},
	{base, "//a.example", "https://a.example/"},
	{base, `\\a.example`, "https://a.example/"},
	{base, `/\a.example`, "https://a.example/"},
	{base, "///a.example", "https://a.example/"},
	{base, "http://a.example", "http://a.example/"},
	{base, "g?//\\x", "https://b.example/d/g?//\\x"},

	{nil, "", ""}, {nil, "/a", ""}, {nil, "a.example", ""}, {nil, "//a.example", ""}, {nil, "http:", ""}, {nil, "http://", ""},
	{nil, "http:a.example", ""}, {nil, "http://a b/", ""}, {nil, "http://a%41/", ""}, {nil, "http://b\u00fccher.example/", ""},
	{nil, "http://a.example:x/", ""}, {nil, "http://a.example:65536/", ""}, {nil, "http://a..b/", "http://a..b/"}, {nil, "http://./", ""},
	{nil, "http://1.2.3/", ""}, {nil, "http://1.2.3.04/", ""}, {nil, "http://a.0x7f/", ""}, {nil, "http://0x/", ""}, {nil, "http://1.2.3.4./", ""},
	{nil, "http://[::1%25eth0]/", ""}, {nil, "http://[a]/", ""}, {nil, "http://a|b/", ""}, {nil, "http://a\x00b/", ""},
	{nil, "ftp://a.example/", ""}, {base, "javascript:x", ""}, {base, "data:,x", ""}, {base, "http:", ""},

	{base, "https:g", "https://b.example/d/g"}, {base, "https:/g", "https://b.example/g"}, {base, "https:", "https://b.example/d/e?f"},
	{base, "https:javascript:x", "https://b.example/d/javascript:x"},
	{base, "1:2", "https://b.example/d/1:2"}, {base, ":2", "https://b.example/d/:2"}, {nil, "1:2", ""}, {base, "g#%zz", "https://b.example/d/g"},
	{base, "/x/%2e%2e/a", "https://b.example/a"}, {base, "/x/.%2E/a", "https://b.example/a"}, {base, "%2E./a", "https://b.example/a"},
	{base, "/x/%2e/a?%2e", "https://b.example/x/a?%2e"}, {base, "/x/%2e%2ea", "https://b.example/x/%2e%2ea"},
	{nil, `https://a.example/b\%2e%2e`, "https://a.example/"},
	{base, "//", ""}, {base, "///", ""}, {base, `/\`, ""}, {base, "//?x", ""}, {base, "//#f", ""}, {base, "//@/x", ""}, {base, "https://", ""},
	{base, "/100%", ""}, {base, "/a%zz", ""}, // the URL standard takes them, net/url does not
}

func TestParseURL(t *testing.T) {
	for _, c := range urls {
		u, err := parseURL(c.base, c.raw)
		if err != nil {
			if c.want != "" {
				t.Errorf("%q: %v, want %s", c.raw, err, c.want)
			}
			continue
		}
		if u.String() != c.want {
			t.Errorf("%q is %s, want %q", c.raw, u, c.want)
			continue
		}
		if again, err := parseURL(nil, u.String()); err != nil || again.String() != u.String() {
			t.Errorf("%q is %s, but that is %v, %v", c.raw, u, again, err)
		}
	}
}

func TestIsOrigin(t *testing.T) {
	for page, want := range map[string]bool{
		"null": true, "https://a.example": true, "http://localhost:3000": true, "http://[::1]:80": false, "http://[::1]": true,
		"capacitor://localhost": true, "chrome-extension://abcdef": true, "http://127.0.0.1": true,
		"": false, "*": false, "Null": false, "a.example": false, "https://a.example/": false, "https://A.example": false,
		"HTTPS://a.example": false, "https://a.example:443": false, "https://u@a.example": false, "https://a.example?": false,
		"https://a.example#": false, "https://a.example ": false, " https://a.example": false, "file://": false, "file://a": false,
		"capacitor://a/b": false, "capacitor://": false, "capacitor://a@b": false, "capacitor://a\r\nb": false, "https://a.example\r\n": false,
		"https://1.2.3": false, `https:\\a.example`: false, "https:///a.example": false, "data:,x": false, "blob:https://a.example": false,
	} {
		if got := isOrigin(page); got != want {
			t.Errorf("isOrigin(%q) = %v, want %v", page, got, want)
		}
	}
}

func TestIsTrustworthy(t *testing.T) {
	for raw, want := range map[string]bool{
		"https://a.example": true, "http://a.example": false, "http://localhost": true, "http://localhost:80": true, "http://localhost.": true,
		"http://a.b.localhost": true, "http://xlocalhost": false, "http://localhost.example": false, "http://127.0.0.1": true,
		"http://127.255.0.9:8080": true, "http://128.0.0.1": false, "http://[::1]": true, "http://[::2]": false, "http://[::ffff:127.0.0.1]": false,
		"http://0.0.0.0": false, "http://10.0.0.1": false,
	} {
		u, err := parseURL(nil, raw)
		if err != nil {
			t.Fatal(err)
		}
		if got := isTrustworthy(u); got != want {
			t.Errorf("isTrustworthy(%s) = %v, want %v", raw, got, want)
		}
	}
}
