package judge_test

import (
	"strings"
	"testing"
)

func TestPossibleOrigins(t *testing.T) {
	for origin, want := range map[string]bool{
		app:                           true,
		"null":                        true,
		"http://localhost:3000":       true,
		"https://a`b,c.example.com":   true, // browsers keep such characters
		"https://app.example.com.":    true,
		"https://app.example.com:80":  true,
		"http://192.0.2.1":            true,
		"http://[::1]:8080":           true,
		"http://[2001:db8::1]":        true,
		"http://[::ffff:c000:201]":    true,
		"capacitor://localhost":       true,
		"moz-extension://0f-1a":       true,
		"":                            false,
		"NULL":                        false,
		"app.example.com":             false,
		"HTTPS://app.example.com":     false,
		"https://App.example.com":     false,
		"https://app.example.com/":    false,
		"https://app.example.com:443": false,
		"http://app.example.com:80":   false,
		"https://app.example.com:":    false,
		"https://app.example.com:08":  false,
		"https://app.example.com:0":   false,
		"http://localhost:65536":      false,
		"http://localhost:80x":        false,
		"https://x@app.example.com":   false,
		"https://app.example.com?x":   false,
		"https://app .example.com":    false,
		"https://caf\u00e9.example":   false,
		"https://.example.com":        false,
		"https://a..example.com":      false,
		"http://192.0.2":              false,
		"http://0x7f.1":               false,
		"http://[::FFFF]":             false,
		"http://[::1":                 false,
		"http://[0:0:0:0:0:0:0:1]":    false,
		"http://[::ffff:192.0.2.1]":   false,
		"http://[fe80::1%25eth0]":     false,
		"capacitor://":                false,
		"capacitor://a/b":             false,
		"https://" + strings.Repeat("a", 64) + ".example":     false,
		"https://" + strings.Repeat("a.", 130) + "example":    false,
		"https://a.example, https://b.example":                false,
		"https://" + strings.Repeat("a.", 123) + "example":    true,
		"https://" + strings.Repeat("a", 63) + ".example":     true,
		"https://a.example https://b.example":                 false,
		"https://app.example.com\u00a0":                       false,
		"https://app.example.com#f":                           false,
		"https://app.example.com\\@evil.test":                 false,
		"https://app.example.com%2eevil.test":                 false,
		"https://[app.example.com]":                           false,
		"https://app.example.com|":                            false,
		"1https://app.example.com":                            false,
		"chrome-extension://aaaabbbbccccddddaaaabbbbccccdddd": true,
	} {
		q := parse(t, wire("GET / HTTP/1.1", "Host: api.example.com", "Origin: "+origin))
		if got := q.Possible(); got != want {
			t.Errorf("Possible(Origin: %q) = %t, want %t", origin, got, want)
		}
	}
}

func TestPossibleRequests(t *testing.T) {
	for _, test := range []struct {
		name  string
		lines []string
		want  bool
	}{
		{"no Origin", nil, true},
		{"OPTIONS that is no preflight", []string{"Origin: " + app}, true},
		{"two Origins", []string{"Origin: " + app, "Origin: " + app}, false},
		{"a preflight", []string{"Origin: " + app, "Access-Control-Request-Method: PUT"}, true},
		{"for patch", []string{"Origin: " + app, "Access-Control-Request-Method: patch"}, true},
		{"for put", []string{"Origin: " + app, "Access-Control-Request-Method: put"}, false},
		{"for CONNECT", []string{"Origin: " + app, "Access-Control-Request-Method: CONNECT"}, false},
		{"for track", []string{"Origin: " + app, "Access-Control-Request-Method: track"}, false},
		{"for nothing", []string{"Origin: " + app, "Access-Control-Request-Method:"}, false},
		{"for two methods", []string{"Origin: " + app, "Access-Control-Request-Method: PUT, PUT"}, false},
		{"in two lines", []string{"Origin: " + app, "Access-Control-Request-Method: PUT", "access-control-request-method: PUT"}, false},
		{"for headers", []string{"Origin: " + app, "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: authorization,x-a"}, true},
		{"through a proxy", []string{"Origin: " + app, "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: authorization , ,", "Access-Control-Request-Headers: x-a"}, true},
		{"for safelisted headers", []string{"Origin: " + app, "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: accept,content-type,range"}, true},
		{"in upper case", []string{"Origin: " + app, "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: X-A"}, false},
		{"unsorted", []string{"Origin: " + app, "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: x-b,x-a"}, false},
		{"repeated", []string{"Origin: " + app, "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: x-a,x-a"}, false},
		{"for Origin", []string{"Origin: " + app, "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: origin"}, false},
		{"for no token", []string{"Origin: " + app, "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: x a"}, false},
	} {
		q := parse(t, wire(append([]string{"OPTIONS / HTTP/1.1", "Host: api.example.com"}, test.lines...)...))
		if got := q.Possible(); got != test.want {
			t.Errorf("%s: Possible = %t, want %t", test.name, got, test.want)
		}
	}
}
