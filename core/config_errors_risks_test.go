package concors_test

import (
	"slices"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

const (
	everySite = "cannot be allowed with allowCredentials: every site on the web could read what the server shows to its visitors who are logged in: " +
		"list the origins that you trust, or turn allowCredentials off"
	nullCredentialed = "cannot be allowed with allowCredentials: remove it, or turn allowCredentials off; any site can make a frame with this origin"
)

func insecure(offer string) string {
	return "is not safe with allowCredentials: whoever sits in a visitor's network can speak for it: write \"" + offer + "\", or set dangerouslyAllowInsecureOrigins"
}

// Well-formed entries that let in whom nobody meant.
var riskFaults = []struct {
	entry   string
	problem concors.Problem
	rest    string
}{
	{"*", concors.ProblemAnyCredentialed, everySite},
	{"https://*", concors.ProblemAnyCredentialed, everySite},
	{"https://*:8443", concors.ProblemAnyCredentialed, everySite},
	{"http://*:*", concors.ProblemAnyCredentialed, everySite},
	{"moz-extension://*", concors.ProblemAnyCredentialed, strings.Replace(everySite, "site on the web", "page of this scheme", 1)},
	{"null", concors.ProblemNullCredentialed, nullCredentialed},
	{"http://app.example.com", concors.ProblemInsecureCredentials, insecure("https://app.example.com")},
	{"http://app.example.com:8080", concors.ProblemInsecureCredentials, insecure("https://app.example.com:8080")},
	{"http://app.example.com:443", concors.ProblemInsecureCredentials, insecure("https://app.example.com")},
	{"http://app.example.com:*", concors.ProblemInsecureCredentials, insecure("https://app.example.com:*")},
	{"http://*.example.com", concors.ProblemInsecureCredentials, insecure("https://*.example.com")},
	{"http://10.0.0.1", concors.ProblemInsecureCredentials, insecure("https://10.0.0.1")},
	{"http://[::2]", concors.ProblemInsecureCredentials, insecure("https://[::2]")},
	{"http://localhost.example.com", concors.ProblemInsecureCredentials, insecure("https://localhost.example.com")},
	{"http://app.test", concors.ProblemInsecureCredentials, insecure("https://app.test")},
}

func TestCredentialFaults(t *testing.T) {
	for _, c := range riskFaults {
		cfg := concors.Config{AllowOrigins: []string{c.entry}, AllowCredentials: true, DangerouslyAllowNullOrigin: true}
		checkFaults(t, faultsOf(t, cfg), []fault{{"allowOrigins[0]", c.problem, `"` + c.entry + `" ` + c.rest}})

		cfg.DangerouslyAllowInsecureOrigins, cfg.DangerouslyAllowPublicSuffixes = true, true
		if _, err := concors.NewPolicy(cfg); (err == nil) != (c.problem == concors.ProblemInsecureCredentials) {
			t.Errorf("%q with every switch: %v", c.entry, err)
		}
		mustPolicy(t, concors.Config{AllowOrigins: []string{c.entry}, DangerouslyAllowNullOrigin: true})
	}
}

// Loopback never leaves the machine, and other schemes have their own safety.
func TestCredentialsNeedNoSwitch(t *testing.T) {
	mustPolicy(t, concors.Config{AllowCredentials: true, AllowOrigins: []string{
		"http://localhost", "http://localhost:3000", "http://localhost:*", "http://a.localhost", "http://*.localhost:*", "http://*.a.localhost",
		"http://127.0.0.1", "http://127.1.2.3:8080", "http://127.0.0.1:*", "http://[::1]", "http://[::1]:*",
		"https://app.example.com", "https://*.example.com", "https://10.0.0.1", "capacitor://localhost", "chrome-extension://abc",
	}})
}

func TestPublicSuffixFaults(t *testing.T) {
	suffix := func(entry, base string) string {
		return `"` + entry + `" admits names that may belong to anybody: list the origins, or set dangerouslyAllowPublicSuffixes if all names below ` + base + ` are yours`
	}
	cfg := concors.Config{AllowOrigins: []string{"https://*.github.io", "https://*.co.uk:8443", "http://*.com:*", "https://*.unlisted"}}
	checkFaults(t, faultsOf(t, cfg), []fault{
		{"allowOrigins[0]", concors.ProblemPublicSuffix, suffix("https://*.github.io", "github.io")},
		{"allowOrigins[1]", concors.ProblemPublicSuffix, suffix("https://*.co.uk:8443", "co.uk")},
		{"allowOrigins[2]", concors.ProblemPublicSuffix, suffix("http://*.com:*", "com")},
		{"allowOrigins[3]", concors.ProblemPublicSuffix, suffix("https://*.unlisted", "unlisted")},
	})
	cfg.DangerouslyAllowPublicSuffixes = true
	mustPolicy(t, cfg)
	mustPolicy(t, concors.Config{AllowOrigins: []string{
		"https://*.localhost", "https://*.local", "https://*.internal", "https://*.test", "https://*.example", "https://*.invalid",
		"https://*.example.com", "https://*.tenant.github.io", "https://github.io", "moz-extension://*.com", "https://*",
	}})
	cfg = concors.Config{AllowOrigins: []string{"http://*.com"}, AllowCredentials: true}
	if faults := faultsOf(t, cfg); len(faults) != 2 || faults[0].Problem != concors.ProblemPublicSuffix || faults[1].Problem != concors.ProblemInsecureCredentials {
		t.Errorf("%s", faults)
	}
}

func TestNullNeedsItsSwitch(t *testing.T) {
	on := concors.Config{AllowOrigins: []string{"null"}, DangerouslyAllowNullOrigin: true}
	if p := mustPolicy(t, on); !p.Decide(background, get("null")).Allowed() || p.Decide(background, get("NULL")).Allowed() {
		t.Error("null is listed, and is not allowed as it is")
	}
	unlisted := concors.Config{AllowOrigins: []string{app}, DangerouslyAllowNullOrigin: true}
	if p := mustPolicy(t, unlisted); p.Decide(background, get("null")).Allowed() {
		t.Error("the switch alone lets null in")
	}
}

// Each switch lifts its own fault only, and an inner policy has its own.
func TestSwitchesAreTheirPolicysOwn(t *testing.T) {
	all := concors.Config{
		AllowOrigins:               []string{app},
		DangerouslyAllowNullOrigin: true, DangerouslyAllowInsecureOrigins: true, DangerouslyAllowPublicSuffixes: true,
		Paths: map[string]concors.Config{
			"/a": {AllowOrigins: []string{"null", "https://*.com"}},
			"/b": {AllowOrigins: []string{"http://app.example.com"}, AllowCredentials: true},
		},
	}
	got := faultsOf(t, all)
	var problems []concors.Problem
	for _, f := range got {
		problems = append(problems, f.Problem)
	}
	if want := []concors.Problem{concors.ProblemNullOrigin, concors.ProblemPublicSuffix, concors.ProblemInsecureCredentials}; !slices.Equal(problems, want) {
		t.Errorf("%v, want %v", problems, want)
	}
	for _, cfg := range []concors.Config{
		{AllowOrigins: []string{"null"}, DangerouslyAllowInsecureOrigins: true, DangerouslyAllowPublicSuffixes: true},
		{AllowOrigins: []string{"https://*.com"}, DangerouslyAllowNullOrigin: true, DangerouslyAllowInsecureOrigins: true},
		{AllowOrigins: []string{"http://app.example.com"}, AllowCredentials: true, DangerouslyAllowNullOrigin: true, DangerouslyAllowPublicSuffixes: true},
	} {
		faultsOf(t, cfg)
	}
}
