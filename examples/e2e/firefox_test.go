//go:build e2e

package e2e

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func TestFirefox(t *testing.T) {
	f := newFront(t)
	b := startFirefox(t, f)
	s := newStage(t, b, f)
	t.Run("answers", s.playAnswers)
	t.Run("caches", s.playCaches)
	t.Run("redirects", s.playRedirects)
	t.Run("pages", s.playPages)
	t.Run("demo page", func(t *testing.T) { demo{s, nil}.play(t, "fiber") })
	t.Run("cases", func(t *testing.T) { s.playCases(t, 550) })
}

// firefox drives Firefox over WebDriver BiDi.
type firefox struct {
	*bidi
	said *complaints
	tab  string // its browsing context
}

// startFirefox starts a browser that reaches the front wherever it goes, and
// ends it when the test ends.
func startFirefox(t *testing.T, f *front) *firefox {
	t.Helper()
	home := t.TempDir()
	profile := filepath.Join(home, "profile")
	if err := os.Mkdir(profile, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(preferences(t, newSOCKS(t, f))), 0o600); err != nil {
		t.Fatal(err)
	}
	g := startGroup(t, []string{"HOME=" + home, "XDG_RUNTIME_DIR=" + home, "MOZ_CRASHREPORTER_DISABLE=1"}, nil,
		installed(t, "firefox-esr", "firefox-esr"), "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0", "about:blank")
	const ready = "WebDriver BiDi listening on "
	_, url, _ := strings.Cut(g.line(t, ready), ready)
	b := &firefox{said: newComplaints()}
	b.bidi = dialBiDi(t, url+"/session", b.said.hear)
	// The front's certificate is made up, for any host.
	b.call(t, "session.new", object{"capabilities": object{"alwaysMatch": object{"acceptInsecureCerts": true}}}, nil)
	b.call(t, "session.subscribe", object{"events": []string{"log.entryAdded"}}, nil)
	var tree struct{ Contexts []struct{ Context string } }
	b.call(t, "browsingContext.getTree", object{}, &tree)
	if len(tree.Contexts) != 1 {
		t.Fatalf("Firefox has %d tabs, want 1", len(tree.Contexts))
	}
	b.tab = tree.Contexts[0].Context
	return b
}

// preferences returns a user.js. It need not keep Firefox from updates and the
// like: whatever it looks for in the network, it finds the front.
func preferences(t *testing.T, socks string) string {
	t.Helper()
	host, port, err := net.SplitHostPort(socks)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for name, value := range map[string]string{
		"network.proxy.type":                      "1", // as set here
		"network.proxy.socks":                     strconv.Quote(host),
		"network.proxy.socks_port":                port,
		"network.proxy.socks_version":             "5",
		"network.proxy.socks5_remote_dns":         "true",
		"network.proxy.allow_hijacking_localhost": "true", // addresses, too
		"network.proxy.no_proxies_on":             `""`,
		"network.security.ports.banned.override":  `"1"`,   // that of an origin of the cases
		"dom.security.https_first":                "false", // http://app.example.com means that
	} {
		fmt.Fprintf(&b, "user_pref(%q, %s);\n", name, value)
	}
	return b.String()
}

func (b *firefox) navigate(t testing.TB, url string) {
	t.Helper()
	b.call(t, "browsingContext.navigate", object{"context": b.tab, "url": url, "wait": "complete"}, nil)
}

func (b *firefox) eval(t testing.TB, expression string) string {
	t.Helper()
	var out struct {
		Type             string
		Result           struct{ Value string }
		ExceptionDetails struct{ Text string }
	}
	b.call(t, "script.evaluate", object{"target": object{"context": b.tab}, "expression": expression, "awaitPromise": true}, &out)
	if out.Type != "success" {
		t.Fatalf("the script fails: %s", out.ExceptionDetails.Text)
	}
	return out.Result.Value
}

// firefoxHost is what Firefox looks for. To the URL standard a name may have
// other characters, too.
var firefoxHost = regexp.MustCompile(`^https?://(\[[0-9a-f:]+\]|[-\w.$+]+)(:\d+)?$`)

func (b *firefox) unreachable(origin, _ string) string {
	if origin != "null" && !firefoxHost.MatchString(origin) {
		return "Firefox looks for no host with such characters"
	}
	return ""
}

// keepsStars: the preflight cache takes a star for a method or a name.
func (b *firefox) keepsStars() bool { return false }
