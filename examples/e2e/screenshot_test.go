//go:build e2e

package e2e

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
)

// The size of the screenshot, and how many bytes it may have in a repository.
const width, height, mostBytes = 1280, 1080, 250 << 10

// playScreenshot takes a picture of an example's page, with a request of the
// form's that the policy denies. The environment variable
// SCREENSHOT names a file for it, relative to this folder; the example then has
// its usual ports, so that the picture shows what its README says.
func (s *stage) playScreenshot(t *testing.T, b *chromium) {
	file := os.Getenv("SCREENSHOT")
	var args []string
	if file != "" {
		args = []string{"-addr", "127.0.0.1:8080", "-page", "localhost:3000"}
	}
	run(t, b, chromedp.EmulateViewport(width, height))
	s.visit(t, s.startPage(t, "stdlib", args...))
	s.shown(t, "null")
	demo{s, b}.own(t, nil)
	b.eval(t, `(async () => { scrollTo(0, 0); return ""; })()`)
	picture := run(t, b, chromedp.CaptureScreenshot())
	decoded, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	if got := decoded.Bounds(); got != image.Rect(0, 0, width, height) || len(picture) > mostBytes {
		t.Errorf("the picture is %v, %d bytes, want %d by %d and at most %d bytes", got, len(picture), width, height, mostBytes)
	}
	colours := map[any]bool{}
	for y := range height {
		for x := range width {
			colours[decoded.At(x, y)] = true
		}
	}
	if len(colours) < 20 { // smooth text alone has more
		t.Errorf("the picture has %d colours, want text on a page", len(colours))
	}
	if file != "" {
		if err := os.WriteFile(file, picture, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
