//go:build e2e

package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// looks is how a page looks to a browser, measured element by element.
type looks struct {
	Back     float64  // luminance of the page's background, 0 black to 1 white
	Texts    int      // how many were measured
	Faint    []string // texts with a contrast below 4.5, controls whose edge has less than 3
	Outside  []string // elements that reach beyond the window
	Scrolls  bool     // sideways
	Moving   int      // elements with a transition or an animation
	Animated bool     // scrolling is
}

// looksScript measures contrast as WCAG 2.2 defines it (relative luminance,
// contrast ratio), against the nearest background that is not transparent.
const looksScript = `(async () => {
	for (const a of document.getAnimations()) a.finish(); // colours fade from one theme to the other
	const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
	const parts = color => color.match(/[\d.]+/g).map(Number);
	const luminance = color => { const [r, g, b] = parts(color).map(channel); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
	const ratio = (a, b) => { const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y); return (high + 0.05) / (low + 0.05); };
	const clear = color => parts(color)[3] === 0;
	const back = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!clear(c)) return c; } return "rgb(255, 255, 255)"; };
	const shown = e => e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !e.closest(".unseen, .skip:not(:focus), datalist, noscript");
	const name = (e, more) => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + (e.className ? "." + e.className : "") + " " + more;
	const out = {faint: [], outside: [], texts: 0, moving: 0};
	const measure = (e, text) => {
		const style = getComputedStyle(e), got = ratio(style.color, back(e));
		out.texts++;
		if (got < 4.5 || style.opacity !== "1" || (parts(style.color)[3] ?? 1) !== 1) out.faint.push(name(e, got.toFixed(2) + ": " + text.trim().slice(0, 30)));
	};
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const node = walker.currentNode;
		if (node.data.trim() && shown(node.parentElement)) measure(node.parentElement, node.data);
	}
	for (const e of document.querySelectorAll("input, select, textarea, button")) {
		measure(e, e.value ?? "");
		const style = getComputedStyle(e), edges = [style.borderTopColor, style.backgroundColor].map(c => ratio(c, back(e.parentElement)));
		if (Math.max(...edges) < 3) out.faint.push(name(e, "edge " + edges));
	}
	for (const e of document.querySelectorAll("body *")) {
		const style = getComputedStyle(e);
		if (style.transitionDuration.split(", ").some(d => d !== "0s") || style.animationName !== "none") out.moving++;
		if (shown(e) && (e.getBoundingClientRect().right > innerWidth + 0.5 || e.getBoundingClientRect().left < -0.5)) out.outside.push(name(e, ""));
	}
	out.scrolls = document.documentElement.scrollWidth > innerWidth;
	out.animated = getComputedStyle(document.documentElement).scrollBehavior !== "auto";
	out.back = luminance(getComputedStyle(document.body).backgroundColor);
	return JSON.stringify(out);
})()`

// unfold has the page show all that it can: both kinds of faults, a request of
// the form's, and every detail.
func (d demo) unfold(t *testing.T) {
	t.Helper()
	d.shown(t, "null")
	d.apply(t, `{"allowOrigins": ["https://an-origin-with-a-name-that-is-longer-than-a-phone-is-wide.example.com/", "`+longest+`"]}`)
	d.own(t, map[string]string{"headers": "X-" + longest + ": " + longest})
	d.eval(t, `(async () => { for (const e of document.querySelectorAll("details")) e.open = true; return ""; })()`)
}

// longest is a word that breaks nowhere by itself.
const longest = "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggg"

// media sets what the page learns of a person's wishes, and the window's width.
func (d demo) media(t *testing.T, width int64, scheme, motion string) {
	t.Helper()
	run(t, d.b, chromedp.EmulateViewport(width, 800))
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: motion}}
	if _, err := chromedp.Call(d.b.tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		t.Fatal(err)
	}
}

func TestDemoPageLooks(t *testing.T) {
	d := newDemo(t)
	d.visit(t, d.startPage(t, "stdlib"))
	d.unfold(t)
	for _, width := range []int64{320, 360, 800, 1280} {
		for _, scheme := range []string{"light", "dark"} {
			for _, motion := range []string{"no-preference", "reduce"} {
				t.Run(fmt.Sprintf("%d-%s-%s", width, scheme, motion), func(t *testing.T) {
					d.media(t, width, scheme, motion)
					var got looks
					d.ask(t, looksScript, nil, &got)
					if dark := got.Back < 0.1; dark != (scheme == "dark") || got.Back > 0.1 && got.Back < 0.8 {
						t.Errorf("the background has the luminance %.2f", got.Back)
					}
					if len(got.Faint) > 0 || got.Texts < 300 {
						t.Errorf("of %d texts, hard to see are %q", got.Texts, got.Faint)
					}
					if got.Scrolls || len(got.Outside) > 0 {
						t.Errorf("the page scrolls sideways: %t, beyond the window are %q", got.Scrolls, got.Outside)
					}
					if moves := got.Moving > 0; moves != (motion != "reduce") || got.Animated {
						t.Errorf("%d elements move, scrolling is animated: %t", got.Moving, got.Animated)
					}
				})
			}
		}
	}
}
