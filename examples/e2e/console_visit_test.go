//go:build e2e

package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
)

const pagesOrigin = "https://app.example.com"

func visitWithChromium(t *testing.T, f *front, c *console) {
	b := startChromium(t, f)
	b.said.listen(func(event any) {
		switch e := event.(type) {
		case *cdplog.EventEntryAdded:
			c.hear(e.Entry.Text)
		case *runtime.EventConsoleAPICalled:
			var text string
			if len(e.Args) > 0 && json.Unmarshal(e.Args[0].Value, &text) == nil {
				c.hear(text)
			}
		}
	})
	for _, page := range c.pages() {
		b.navigate(t, pagesOrigin+page)
		c.await(t, page)
	}
}

func visitWithFirefox(t *testing.T, f *front, c *console) {
	b := startFirefox(t, f)
	b.said.listen(c.hear)
	for _, page := range c.pages() {
		b.navigate(t, pagesOrigin+page)
		c.await(t, page)
	}
}

// visitWithWebKit opens the pages in tabs of the browser itself: under a driver
// it does not print its console.
func visitWithWebKit(t *testing.T, f *front, c *console) {
	browser := miniBrowser(t)
	home := filepath.Join(t.TempDir(), "home")
	if err := os.Mkdir(home, 0o700); err != nil {
		t.Fatal(err)
	}
	args := []string{"-oL", browser, "--proxy=socks5://" + newSOCKS(t, f), "--ignore-tls-errors", "--enable-write-console-messages-to-stdout=true"}
	for _, page := range c.pages() {
		args = append(args, pagesOrigin+page)
	}
	g := startGroup(t, webkitEnv(t, home), nil, installed(t, "stdbuf", "coreutils"), args...)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("MiniBrowser prints:\n%s", g.text())
		}
	})
	go g.follow(func(line string) {
		if _, text, ok := strings.Cut(line, "CONSOLE "); ok {
			c.hear(text)
		}
	})
	for _, page := range c.pages() {
		c.await(t, page)
	}
}

// miniBrowser is where the browser is that the driver starts. It is in no PATH,
// and each distribution has a place of its own for it.
func miniBrowser(t *testing.T) string {
	t.Helper()
	for _, place := range []string{"/usr/lib/*/", "/usr/libexec/", "/usr/lib/", "/usr/lib64/"} {
		for _, library := range []string{"webkit2gtk-4.*", "webkitgtk-6.*"} {
			if found, err := filepath.Glob(place + library + "/MiniBrowser"); err == nil && len(found) > 0 {
				return found[0]
			}
		}
	}
	missing(t, "no MiniBrowser of WebKitGTK", "webkit2gtk-driver") // what that requires has it
	return ""
}
