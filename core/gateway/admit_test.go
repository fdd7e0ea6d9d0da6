package gateway_test

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/core/gateway"
)

// patterns are of every kind.
var patterns = []string{
	"https://app.example.com", "http://app.example.com:8080", "http://[::1]:8080", "http://127.0.0.1",
	"https://*.example.com", "https://*.example.com:8443", "https://*.example.com:*", "app+x.y-z://*.example.com",
	"http://localhost:*", "http://[::1]:*", "app+x.y-z://host:*", "https://app.example.com:*",
	"https://*", "http://*:8080", "https://*:*", "app+x.y-z://*",
	"https://*." + deep(7, 27) + "example.com", // 207 bytes: one label fits
	"https://*." + deep(2, 59) + "example.com",
	"*", "null",
}

// deep returns n labels of so many bytes, each with a dot behind it.
func deep(n, bytes int) string { return strings.Repeat(strings.Repeat("a", bytes)+".", n) }

// corpus is what may come in an Origin field, of browsers and of others.
func corpus() (list []string) {
	hosts := []string{
		"example.com", "app.example.com", "a.b.example.com", "x_y.example.com", "-.example.com", "example.com.evil.test",
		"evilexample.com", "app.example.com.", ".example.com", "a..example.com", "App.example.com", "a`b.example.com",
		"app.example.com@evil.test", "evil.test/.example.com", "evil.test#.example.com", "appXexampleXcom", "a*.example.com", "*",
		"localhost", "x.localhost", "host", "127.0.0.1", "127.0.0.01", "256.1.1.1", "1.2.3", "a.1", "a.0x1", "a.1x", "a.b-c", "0x7f", "1",
		"[::1]", "[::1%25]", "[0::1]", "[2001:db8::1]", "::1", "", " app.example.com", "app.example.com ", "app.example.com\n", "bücher.example.com",
	}
	for _, n := range []int{1, 2, 3, 4, 6, 7, 8} {
		for _, bytes := range []int{1, 31, 32, 63, 64} {
			hosts = append(hosts, deep(n, bytes)+"example.com", deep(n, bytes)+"com")
		}
		hosts = append(hosts, deep(n, 31)+deep(2, 59)+"example.com")
	}
	// 253 bytes and 255, in labels as long as can be.
	hosts = append(hosts, deep(3, 63)+strings.Repeat("a", 61), deep(3, 63)+strings.Repeat("a", 63))
	for bytes := 43; bytes <= 47; bytes++ { // around 253 bytes in all
		hosts = append(hosts, deep(2, bytes-42)+deep(7, 27)+"example.com", deep(1, bytes)+deep(7, 27)+"example.com", deep(2, 63)+deep(1, bytes)+deep(1, 63)+"example.com")
	}
	for i, host := range hosts {
		if i > 40 && i%16 != 0 { // the long ones do not need each port
			list = append(list, "https://"+host, "http://"+host+":8080", "app+x.y-z://"+host)
			continue
		}
		for _, scheme := range []string{"https", "http", "app+x.y-z", "HTTPS", "appxx.y-z", "xhttps"} {
			for _, port := range []string{"", ":80", ":443", ":8080", ":8443", ":1", ":08443", ":65535", ":65536", ":0", ":", ":8443x", ":*"} {
				list = append(list, scheme+"://"+host+port)
			}
		}
	}
	return append(list, "*", "null", "", "https://", "https:app.example.com", "https://app.example.com, https://app.example.com", ".*")
}

func configOf(pattern string) concors.Config {
	return concors.Config{
		AllowOrigins: []string{pattern}, DangerouslyAllowNullOrigin: true, DangerouslyAllowPublicSuffixes: true,
	}
}

func mustPolicy(t testing.TB, cfg concors.Config, options ...concors.Option) *concors.Policy {
	t.Helper()
	p, err := concors.NewPolicy(cfg, options...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func admits(p *concors.Policy, origin string) bool {
	return p.Decide(context.Background(), concors.Request{Method: "GET", Path: "/", Origin: []string{origin}}).Reason() == concors.ReasonAllowed
}

// compare holds a target to a policy of one pattern: it admits nothing besides,
// and what it does not is told by a loss of that entry.
func compare(t *testing.T, pattern string, losses []gateway.Loss, origins []string, target func(string) bool) (told bool, missed int) {
	t.Helper()
	p := mustPolicy(t, configOf(pattern))
	for _, l := range losses {
		told = told || l.Field == "allowOrigins[0]" && (l.Effect == gateway.LeftOut || l.Effect == gateway.Narrowed)
	}
	admitted := 0
	for _, origin := range origins {
		allowed := admits(p, origin)
		switch got := target(origin); {
		case got && !allowed:
			t.Errorf("%s: the target admits %q, the policy does not", pattern, origin)
		case !got && allowed:
			if missed++; !told {
				t.Errorf("%s: the target refuses %q, and no loss says so", pattern, origin)
			}
		case got:
			admitted++
		}
	}
	if admitted+missed == 0 {
		t.Errorf("%s: no origin of the corpus matches", pattern)
	}
	return told, missed
}

// Envoy takes a matcher that matches "*" as one for every origin, and compares
// the field as it is. White space around it the policy trims, and Envoy's codec
// too.
func TestEnvoyAdmitsWhatThePolicyDoes(t *testing.T) {
	origins := corpus()
	for _, pattern := range patterns {
		policy, losses := envoyPolicy(t, configOf(pattern))
		var matches []func(string) bool
		for _, m := range policy.Origins {
			match := func(s string) bool { return s == m.Exact }
			if m.Regex.Regex != "" {
				match = regexp.MustCompile(`\A(?:` + m.Regex.Regex + `)\z`).MatchString
			}
			matches = append(matches, match)
		}
		told, missed := compare(t, pattern, losses, origins, func(origin string) bool {
			origin = strings.Trim(origin, " ")
			for _, match := range matches {
				if origin != "" && (match("*") || match(origin)) {
					return true
				}
			}
			return origin == "" && pattern == "*" // no field, to Envoy
		})
		if told && missed == 0 {
			t.Errorf("%s: a loss is told, and none is there", pattern)
		}
	}
}

// Gateways read a wildcard as labels, or as any text. Compared are origins that
// browsers send: of well-formed ones alone is an origin function asked.
func TestFilterAdmitsNoMoreThanThePolicy(t *testing.T) {
	wellFormed := mustPolicy(t, concors.Config{},
		concors.WithOriginFunc(func(context.Context, concors.Origin, concors.Request) bool { return true }))
	origins := []string{"null"}
	for _, origin := range corpus() {
		if admits(wellFormed, origin) && origin == strings.TrimSpace(origin) {
			origins = append(origins, origin)
		}
	}
	for _, pattern := range patterns {
		rules, losses := rulesOf(t, configOf(pattern))
		var match []*regexp.Regexp
		for _, reading := range []string{`[^:/?#]*`, `.*`} {
			if rules[0].Filters == nil {
				match = append(match, regexp.MustCompile(`\A\z`)) // the corpus has no empty origin
				continue
			}
			filter := decode[struct {
				CORS struct{ AllowOrigins []string }
			}](t, rules[0].Filters[0])
			entry := filter.CORS.AllowOrigins[0]
			expr := strings.ReplaceAll(regexp.QuoteMeta(entry), `\*`, reading)
			if entry == "*" {
				expr = `.*`
			}
			match = append(match, regexp.MustCompile(`\A`+expr+`\z`))
		}
		told, narrow := compare(t, pattern, losses, origins, match[0].MatchString)
		_, wide := compare(t, pattern, losses, origins, match[1].MatchString)
		if told && narrow+wide == 0 {
			t.Errorf("%s: a loss is told, and none is there", pattern)
		}
	}
}

// How deep a name may be is what the loss says: three labels, or six of at most
// 31 bytes.
func TestEnvoyDepth(t *testing.T) {
	policy, _ := envoyPolicy(t, configOf("https://*.example.com"))
	match := regexp.MustCompile(`\A(?:` + policy.Origins[0].Regex.Regex + `)\z`).MatchString
	for names, want := range map[string]bool{
		deep(3, 63): true, deep(4, 32): false, deep(6, 31): true, deep(7, 1): false, deep(1, 64): false, "": false,
	} {
		if got := match("https://" + names + "example.com"); got != want {
			t.Errorf("https://%sexample.com is admitted: %t, want %t", names, got, want)
		}
	}
}

// Ports have a language of their own: all are tried where it turns, and some
// between.
func TestEnvoyPorts(t *testing.T) {
	for _, scheme := range []string{"http", "https", "app"} {
		pattern := scheme + "://host:*"
		policy, _ := envoyPolicy(t, configOf(pattern))
		match := regexp.MustCompile(`\A(?:` + policy.Origins[0].Regex.Regex + `)\z`).MatchString
		p := mustPolicy(t, configOf(pattern))
		for port := range 70000 {
			if port > 1200 && port < 65400 && port%101 != 0 || port > 66000 && port%101 != 0 {
				continue
			}
			if origin := fmt.Sprintf("%s://host:%d", scheme, port); match(origin) != admits(p, origin) {
				t.Errorf("%s matches %s: %t, want %t", pattern, origin, match(origin), admits(p, origin))
			}
		}
	}
}

// A filter that was written is read back as a policy that decides alike.
func TestFilterReadsBack(t *testing.T) {
	for _, pattern := range patterns {
		rules, losses := rulesOf(t, configOf(pattern))
		if rules[0].Filters == nil {
			continue
		}
		cfg, err := gateway.ParseFilter(rules[0].Filters[0])
		if err != nil {
			t.Errorf("%s: %v in %s", pattern, err, rules[0].Filters[0])
			continue
		}
		cfg.DangerouslyAllowPublicSuffixes = true
		before, after := mustPolicy(t, configOf(pattern)), mustPolicy(t, cfg)
		for _, origin := range corpus() {
			if a, b := admits(before, origin), admits(after, origin); a != b {
				text, _ := json.Marshal(losses)
				t.Errorf("%s: %q is allowed: %t, read back %t (%s)", pattern, origin, a, b, text)
			}
		}
	}
}
