//go:build e2e

package e2e

import (
	"bufio"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/concors/concors/conformance/browser"
)

func TestWebKit(t *testing.T) {
	f := newFront(t)
	b := startWebKit(t, f)
	s := newStage(t, b, f)
	t.Run("answers", s.playAnswers)
	t.Run("caches", s.playCaches)
	t.Run("redirects", s.playRedirects)
	t.Run("pages", s.playPages)
	t.Run("demo page", func(t *testing.T) { demo{s, nil}.play(t, "fiber") })
	t.Run("cases", func(t *testing.T) { s.playCases(t, 550) })
}

// webkit drives the small browser that comes with WebKitGTK.
type webkit struct{ *webdriver }

// startWebKit starts a browser that reaches the front wherever it goes, and
// ends it when the test ends. The proxy and the trust in any certificate are
// its own options: those of WebDriver do not hold for what a page fetches.
func startWebKit(t *testing.T, f *front) *webkit {
	t.Helper()
	driver := installed(t, "WebKitWebDriver", "webkit2gtk-driver")
	home := filepath.Join(t.TempDir(), "home")
	if err := os.Mkdir(home, 0o700); err != nil {
		t.Fatal(err)
	}
	addr := freeAddr(t)
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	g := startGroup(t, webkitEnv(t, home), nil, driver, "--host="+host, "--port="+port)
	args := []string{"--automation", "--proxy=socks5://" + newSOCKS(t, f), "--ignore-tls-errors"}
	b := &webkit{newSession(t, g, addr, object{"webkitgtk:browserOptions": object{"args": args}})}
	b.call(t, "/timeouts", object{"script": patience.Milliseconds(), "pageLoad": patience.Milliseconds()}, nil)
	return b
}

// webkitEnv is the environment of a browser that shows itself to nobody.
func webkitEnv(t *testing.T, home string) []string {
	t.Helper()
	return []string{
		"HOME=" + home, "XDG_RUNTIME_DIR=" + home, "DISPLAY=" + startDisplay(t),
		"DBUS_SESSION_BUS_ADDRESS=disabled:", "NO_AT_BRIDGE=1", // what these start has no end
		"WEBKIT_DISABLE_DMABUF_RENDERER=1", "WEBKIT_DISABLE_COMPOSITING_MODE=1",
	}
}

// startDisplay starts a display that nobody sees, and returns its name.
func startDisplay(t *testing.T) string {
	t.Helper()
	program := installed(t, "Xvfb", "xvfb")
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	g := startGroup(t, nil, []*os.File{write}, program, "-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset")
	write.Close()
	if err := read.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("no display: %v\n%s", err, g.text())
	}
	return ":" + strings.TrimSpace(number)
}

func (b *webkit) navigate(t testing.TB, url string) {
	t.Helper()
	b.call(t, "/url", object{"url": url}, nil)
}

func (b *webkit) eval(t testing.TB, expression string) string {
	t.Helper()
	var out struct{ Value, Error string }
	script := "const done = arguments[0];" + expression + ".then(value => done({value}), error => done({error: String(error)}))"
	b.call(t, "/execute/async", object{"script": script, "args": []any{}}, &out)
	if out.Error != "" {
		t.Fatalf("the script fails: %s", out.Error)
	}
	return out.Value
}

// reasons has none: WebKit has a console, but the driver does not give it.
func (b *webkit) reasons(t testing.TB, ids []string) map[string]reason { return nil }

func (b *webkit) disagrees(f *browser.Failure, said reason) string { return "" }

// barred are the ports of origins of the cases at which WebKit looks for no
// server (Fetch, Port blocking).
var barred = []string{"1"}

// needless is an escape of a character that stands for itself (RFC 3986, section
// 2.3). Such escapes stay in a URL (URL, path state), but libsoup undoes them.
var needless = regexp.MustCompile(`%(2[DdEe]|3[0-9]|[46][1-9A-Fa-f]|5[0-9AaFf]|7[0-9AaEe])`)

func (b *webkit) unreachable(origin, target string) string {
	if u, err := url.Parse(origin); err == nil && slices.Contains(barred, u.Port()) {
		return "WebKit opens no page at the port"
	}
	if needless.MatchString(target) {
		return "WebKitGTK does not send the target as it is"
	}
	return ""
}

func (b *webkit) keepsStars() bool { return true }
