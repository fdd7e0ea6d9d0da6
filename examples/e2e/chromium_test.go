//go:build e2e

package e2e

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// patience ends a test that waits for something that never comes. It is no
// measure: what is waited for comes within moments.
const patience = time.Minute

// chromium drives Chromium over the DevTools protocol.
type chromium struct {
	tab  context.Context
	said *blocked
}

// startChromium starts a browser that finds the front wherever it looks, and
// ends it when the test ends.
func startChromium(t *testing.T, f *front) *chromium {
	t.Helper()
	home := t.TempDir()
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(installed(t, "chromium", "chromium")),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.UserDataDir(home), chromedp.Env("HOME=" + home),
		chromedp.IgnoreCertErrors,
		chromedp.Flag("host-resolver-rules", "MAP * "+f.addr), // addresses and localhost included
		chromedp.Flag("explicitly-allowed-ports", "1"),        // that of an origin of the cases
		chromedp.Flag("disable-features", "HttpsUpgrades"),    // http://app.example.com means that
	}
	for _, flag := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	// A test that runs out of time ends its browser, too.
	ctx, cancel := context.Background(), context.CancelFunc(func() {})
	if deadline, ok := t.Deadline(); ok {
		ctx, cancel = context.WithDeadline(ctx, deadline.Add(-5*time.Second))
	}
	allocator, stop := chromedp.NewExecAllocator(ctx, options...)
	b := &chromium{said: newBlocked()}
	var closeTab context.CancelFunc
	b.tab, closeTab = chromedp.NewContext(allocator, chromedp.WithListener(b.said.hear))
	t.Cleanup(func() {
		if err := chromedp.Cancel(b.tab); err != nil {
			t.Errorf("Chromium does not end well: %v", err)
		}
		closeTab()
		stop()
		cancel()
	})
	if err := chromedp.Do(b.tab); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	if _, err := chromedp.Call(b.tab, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(b.tab, cdplog.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *chromium) navigate(t testing.TB, url string) {
	t.Helper()
	run(t, b, chromedp.Navigate(url))
}

func (b *chromium) eval(t testing.TB, expression string) string {
	t.Helper()
	return run(t, b, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise))
}

func (b *chromium) unreachable(origin, target string) string { return "" }

func (b *chromium) keepsStars() bool { return true }

// run does something in the tab, within our patience.
func run[T any](t testing.TB, b *chromium, action chromedp.Action[T]) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.tab, patience)
	defer cancel()
	result, err := chromedp.Run(ctx, action)
	if err != nil {
		t.Fatal(err)
	}
	return result
}
