package schema_test

import (
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

// What each judge says of a file, by hand.
const (
	all     = iota // all three take it
	form           // the schema and NewPolicy refuse what ParseConfig takes
	none           // all refuse it
	unknown        // the schema alone takes what NewPolicy refuses
	text           // the schema alone takes what ParseConfig refuses
	program        // NewPolicy takes it with an origin function alone
)

// The longest that there are.
var (
	label      = strings.Repeat("x", 63)
	longHost   = label + "." + label + "." + label + "." + label[2:]
	longScheme = strings.Repeat("x", 512-len("://localhost"))
)

var files = []struct {
	judged int
	text   string
}{
	{all, `{"allowOrigins": ["https://app.example.com"]}`},
	{all, `{"allowOrigins": ["*"], "allowMethods": ["*"], "allowHeaders": ["*"], "exposeHeaders": ["*"]}`},
	{all, `{"allowOrigins": ["https://a.example"], "maxAge": -1, "preflightStatus": 0, "paths": {}}`},
	{all, `{"paths": {"/": {"allowOrigins": ["*"]}, "/a/": {}, "/a": {}, "/x.y/z~_-": {"paths": {}}}}`},
	{program, `{}`},
	{program, `{"allowOrigins": [], "allowCredentials": true}`},
	{program, `{"paths": {"/a/": {"maxAge": 5}}}`},

	// What a file is.
	{none, `[]`},
	{none, `null`},
	{none, `"*"`},
	{none, ``},
	{none, `{"allowOrigins": ["*"]`},
	{none, `{"allowOrigins": ["*"]} {}`},
	{none, `{"allowOrigins": ["*"],}`},
	{none, "{\"allowOrigins\": [\"*\"]} // open"},
	{none, "\ufeff" + `{"allowOrigins": ["*"]}`},
	{text, `{"allowOrigins": ["https://a.example"], "allowOrigins": ["https://a.example"]}`},
	{text, `{"allowOrigins": ["*"], "paths": {"/a": {}, "/a": {}}}`},

	// Keys.
	{none, `{"$schema": "policy.schema.json", "allowOrigins": ["*"]}`},
	{none, `{"alloworigins": ["*"]}`},
	{none, `{"AllowOrigins": ["*"]}`},
	{none, `{"allow_origins": ["*"]}`},
	{none, `{"allowOrigins": ["*"], "origins": []}`},
	{none, `{"allowOrigins": ["*"], "allowPrivateNetwork": true}`},
	{none, `{"paths": {"/a/": {"alloworigins": ["*"]}}}`},

	// Types.
	{none, `{"allowOrigins": "*"}`},
	{none, `{"allowOrigins": null}`},
	{none, `{"allowOrigins": ["*", null]}`},
	{none, `{"allowOrigins": [["*"]]}`},
	{none, `{"allowOrigins": ["*"], "allowMethods": "PUT"}`},
	{none, `{"allowOrigins": ["*"], "allowCredentials": "false"}`},
	{none, `{"allowOrigins": ["*"], "allowCredentials": 0}`},
	{none, `{"allowOrigins": ["*"], "maxAge": "600"}`},
	{none, `{"allowOrigins": ["*"], "maxAge": 0.5}`},
	{none, `{"allowOrigins": ["*"], "maxAge": -9223372036854775809}`},
	{none, `{"allowOrigins": ["*"], "maxAge": true}`},
	{none, `{"allowOrigins": ["*"], "preflightStatus": null}`},
	{text, `{"allowOrigins": ["*"], "maxAge": 6e2}`},
	{text, `{"allowOrigins": ["*"], "maxAge": 600.0}`},
	{none, `{"paths": []}`},
	{none, `{"paths": null}`},
	{none, `{"paths": {"/a/": null}}`},
	{none, `{"paths": {"/a/": ["*"]}}`},
	{none, `{"paths": {"/a/": {"paths": {"/b/": {}}}}}`},
	{none, `{"paths": {"/a/": {"paths": []}}}`},

	// Origins.
	{form, `{"allowOrigins": ["https://app.example.com/"]}`},
	{form, `{"allowOrigins": ["https://App.example.com"]}`},
	{form, `{"allowOrigins": ["https://app.example.com:443"]}`},
	{form, `{"allowOrigins": ["http://[::1]:80"]}`},
	{form, `{"allowOrigins": ["http://*.example.com:80"]}`},
	{form, `{"allowOrigins": ["https://app.example.com:0"]}`},
	{form, `{"allowOrigins": ["https://app.example.com:65536"]}`},
	{form, `{"allowOrigins": ["app.example.com"]}`},
	{form, `{"allowOrigins": [""]}`},
	{form, `{"allowOrigins": [" https://app.example.com"]}`},
	{form, `{"allowOrigins": ["https://app.example.com\n"]}`},
	{form, `{"allowOrigins": ["https://a.example,https://b.example"]}`},
	{form, `{"allowOrigins": ["https://user@app.example.com"]}`},
	{form, `{"allowOrigins": ["https://bücher.example"]}`},
	{form, `{"allowOrigins": ["https://*.*.example.com"]}`},
	{form, `{"allowOrigins": ["https://pr-*.example.com"]}`},
	{form, `{"allowOrigins": ["*://app.example.com"]}`},
	{form, `{"allowOrigins": ["https://.*\\.example\\.com"]}`},
	{form, `{"allowOrigins": ["https://*.1.2.3.4"]}`},
	{form, `{"allowOrigins": ["https://010.0.0.1"]}`},
	{form, `{"allowOrigins": ["https://1.2.3"]}`},
	{form, `{"allowOrigins": ["https://a.0x1"]}`},
	{form, `{"allowOrigins": ["file://"]}`},
	{form, `{"allowOrigins": ["wss://app.example.com"]}`},
	{form, `{"allowOrigins": ["*", "https://app.example.com"]}`},
	{form, `{"allowOrigins": ["https://a.example", "https://a.example"]}`},
	{all, `{"allowOrigins": ["https://*.example.com", "https://*.example.com:*", "http://localhost:*", "https://*:8443", "moz-extension://*"]}`},
	{all, `{"allowOrigins": ["https://10.0.0.1", "https://[::1]:8443", "capacitor://localhost", "http://app.example.com:8080", "https://a_b.example.com"]}`},
	{all, `{"allowOrigins": ["https://0x7f.example", "https://1.2.3.4.example", "http://app.example.com:443", "https://[::443]"]}`},
	{all, `{"allowOrigins": ["https://app.example.com:65535", "https://app.example.com:*"]}`},
	{all, `{"allowOrigins": ["https://` + label + `.example", "https://` + longHost + `", "` + longScheme + `://localhost:*"]}`},
	{form, `{"allowOrigins": ["https://x` + label + `.example"]}`},
	{form, `{"allowOrigins": ["https://x` + longHost + `"]}`},
	{form, `{"allowOrigins": ["https://*.` + longHost[1:] + `"]}`},
	{form, `{"allowOrigins": ["x` + longScheme + `://localhost:*"]}`},
	{unknown, `{"allowOrigins": ["x` + longScheme + `://localhost"]}`},
	{unknown, `{"allowOrigins": ["https://*.github.io"]}`},
	{all, `{"allowOrigins": ["https://*.github.io"], "dangerouslyAllowPublicSuffixes": true}`},
	{unknown, `{"allowOrigins": ["https://[0::1]"]}`},

	// What is not safe.
	{form, `{"allowOrigins": ["null"]}`},
	{form, `{"allowOrigins": ["null"], "dangerouslyAllowNullOrigin": false}`},
	{all, `{"allowOrigins": ["null"], "dangerouslyAllowNullOrigin": true}`},
	{form, `{"allowOrigins": ["null"], "dangerouslyAllowNullOrigin": true, "allowCredentials": true}`},
	{form, `{"allowOrigins": ["*"], "allowCredentials": true}`},
	{form, `{"allowOrigins": ["https://*:8443"], "allowCredentials": true}`},
	{form, `{"allowOrigins": ["http://app.example.com"], "allowCredentials": true}`},
	{form, `{"allowOrigins": ["http://127.example"], "allowCredentials": true}`},
	{all, `{"allowOrigins": ["http://app.example.com"], "allowCredentials": true, "dangerouslyAllowInsecureOrigins": true}`},
	{all, `{"allowOrigins": ["http://localhost:*", "http://*.localhost", "http://127.0.0.2", "http://[::1]:3000"], "allowCredentials": true}`},
	{form, `{"allowOrigins": ["https://a.example"], "exposeHeaders": ["*"], "allowCredentials": true}`},
	{form, `{"paths": {"/a/": {"allowOrigins": ["*"], "allowCredentials": true}}}`},
	{all, `{"allowOrigins": ["https://a.example"], "allowCredentials": true, "paths": {"/a/": {"allowOrigins": ["*"]}}}`},

	// Methods and header names.
	{form, `{"allowOrigins": ["*"], "allowMethods": ["put"]}`},
	{form, `{"allowOrigins": ["*"], "allowMethods": ["TRACE"]}`},
	{form, `{"allowOrigins": ["*"], "allowMethods": ["Connect"]}`},
	{form, `{"allowOrigins": ["*"], "allowMethods": ["PUT, DELETE"]}`},
	{form, `{"allowOrigins": ["*"], "allowMethods": [""]}`},
	{form, `{"allowOrigins": ["*"], "allowMethods": ["PUT", "PUT"]}`},
	{form, `{"allowOrigins": ["*"], "allowMethods": ["*", "PUT"]}`},
	{all, `{"allowOrigins": ["*"], "allowMethods": ["PUT", "patch", "PURGE", "GET", "PUTS"]}`},
	{form, `{"allowOrigins": ["*"], "allowHeaders": ["Origin"]}`},
	{form, `{"allowOrigins": ["*"], "allowHeaders": ["cookie"]}`},
	{form, `{"allowOrigins": ["*"], "allowHeaders": ["Sec-Fetch-Mode"]}`},
	{form, `{"allowOrigins": ["*"], "allowHeaders": ["Access-Control-Allow-Origin"]}`},
	{form, `{"allowOrigins": ["*"], "allowHeaders": ["X-A: b"]}`},
	{form, `{"allowOrigins": ["*"], "allowHeaders": ["*", "Authorization"]}`},
	{unknown, `{"allowOrigins": ["*"], "allowHeaders": ["X-A", "x-a"]}`},
	{all, `{"allowOrigins": ["*"], "allowHeaders": ["Authorization", "X-Origin", "Origins", "Section"]}`},
	{form, `{"allowOrigins": ["*"], "exposeHeaders": ["set-cookie2"]}`},
	{form, `{"allowOrigins": ["*"], "exposeHeaders": ["X A"]}`},
	{all, `{"allowOrigins": ["*"], "exposeHeaders": ["ETag", "Date", "Set-Cookie3"]}`},

	// Numbers and paths.
	{all, `{"allowOrigins": ["*"], "maxAge": 86400, "preflightStatus": 299}`},
	{all, `{"allowOrigins": ["*"], "maxAge": -9223372036854775808, "preflightStatus": 200}`},
	{form, `{"allowOrigins": ["*"], "maxAge": 86401}`},
	{form, `{"allowOrigins": ["*"], "preflightStatus": 199}`},
	{form, `{"allowOrigins": ["*"], "preflightStatus": 300}`},
	{form, `{"paths": {"": {}}}`},
	{form, `{"paths": {"api": {}}}`},
	{form, `{"paths": {"/api/*": {}}}`},
	{form, `{"paths": {"/items/:id": {}}}`},
	{form, `{"paths": {"/items/{id}": {}}}`},
	{form, `{"paths": {"//": {}}}`},
	{form, `{"paths": {"/a//b": {}}}`},
	{form, `{"paths": {"/a/../b": {}}}`},
	{form, `{"paths": {"/.": {}}}`},
	{form, `{"paths": {"/a%20b": {}}}`},
	{form, `{"paths": {"/é": {}}}`},
	{form, `{"paths": {"/a?b": {}}}`},
	{all, `{"paths": {"/...": {}, "/.well-known/": {}, "/a..": {}}}`},
	{unknown, `{"paths": {"/a": {}, "/A": {}}}`},
}

func TestFiles(t *testing.T) {
	for _, f := range files {
		cfg, parsed := concors.ParseConfig([]byte(f.text))
		built := parsed
		if parsed == nil {
			_, built = concors.NewPolicy(cfg)
		}
		judges := []struct {
			name  string
			err   error
			takes bool
		}{
			{"the schema", validate(t, f.text), f.judged == all || f.judged == unknown || f.judged == text || f.judged == program},
			{"ParseConfig", parsed, f.judged != none && f.judged != text},
			{"NewPolicy", built, f.judged == all},
		}
		for _, judge := range judges {
			if (judge.err == nil) != judge.takes {
				t.Errorf("%s: %s says %v, want taken = %t", f.text, judge.name, judge.err, judge.takes)
			}
		}
		if f.judged == program && build(cfg) != nil {
			t.Errorf("%s: with an origin function: %v", f.text, build(cfg))
		}
		compare(t, f.text)
	}
}
