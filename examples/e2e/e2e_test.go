//go:build e2e

package e2e

import "testing"

func TestChromium(t *testing.T) {
	f := newFront(t)
	b := startChromium(t, f)
	s := newStage(t, b, f)
	t.Run("answers", s.playAnswers)
	t.Run("caches", s.playCaches)
	t.Run("redirects", s.playRedirects)
	t.Run("pages", s.playPages)
	t.Run("screenshot", func(t *testing.T) { s.playScreenshot(t, b) })
	t.Run("cases", func(t *testing.T) { s.playCases(t, 600) })
}
