//go:build e2e

package e2e

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// axNode is what assistive technology is told of an element.
type axNode struct {
	role, name string
	level      int // of a heading
}

// tree returns what Chromium tells assistive technology of the page.
func (d demo) tree(t *testing.T) (nodes []axNode) {
	t.Helper()
	full, err := chromedp.Call(d.b.tab, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		t.Fatal(err)
	}
	decode := func(v *accessibility.Value, to any) {
		if v == nil {
			return
		}
		if err := json.Unmarshal(v.Value, to); err != nil {
			t.Fatalf("%v in %s", err, v.Value)
		}
	}
	for _, n := range full.Nodes {
		if n.Ignored {
			continue
		}
		var node axNode
		decode(n.Role, &node.role)
		decode(n.Name, &node.name)
		for _, p := range n.Properties {
			if p.Name == "level" {
				decode(p.Value, &node.level)
			}
		}
		nodes = append(nodes, node)
	}
	return nodes
}

// controls are the roles of what a person operates.
var controls = []string{"button", "link", "textbox", "combobox", "listbox", "MenuListPopup", "DisclosureTriangle", "disclosureTriangle"}

// Every control has a name of its own, headings go down one level at a time,
// and there are the landmarks and live regions that the page promises.
func TestDemoPageTree(t *testing.T) {
	d := newDemo(t)
	d.media(t, 360, "light", "no-preference")
	d.visit(t, d.startPage(t, "stdlib"))
	d.unfold(t)
	nodes := d.tree(t)
	roles, level := map[string]int{}, 0
	buttons := map[string]bool{}
	for _, n := range nodes {
		roles[n.role]++
		if slices.Contains(controls, n.role) && n.role != "MenuListPopup" && n.name == "" {
			t.Errorf("a %s has no name", n.role)
		}
		if n.role == "button" {
			if buttons[n.name] {
				t.Errorf("two buttons have the name %q", n.name)
			}
			buttons[n.name] = true
		}
		if n.role == "heading" {
			if n.level > level+1 || n.level == 0 || n.name == "" {
				t.Errorf("the heading %q of level %d stands below one of level %d", n.name, n.level, level)
			}
			level = n.level
		}
	}
	// 4 buttons, one for each of 8 requests; 9 cards, and 3 sections that have a heading.
	want := map[string]int{"banner": 1, "main": 1, "contentinfo": 1, "navigation": 1, "region": 3, "status": 3, "alert": 1, "button": 12, "textbox": 4, "article": 1}
	for _, role := range slices.Sorted(maps.Keys(want)) {
		if roles[role] != want[role] {
			t.Errorf("%d elements have the role %s, want %d", roles[role], role, want[role])
		}
	}
	if t.Failed() {
		t.Logf("%v", roles)
	}
}

// stop is where the focus is.
type stop struct {
	Index   int // among what can have it, in the order of the document
	Name    string
	Outline bool // it can be seen there
	Inside  bool // the window
}

const stopScript = `(async () => {
	const e = document.activeElement;
	const all = [...document.querySelectorAll("a, button, input, select, textarea, summary")].filter(e => e.checkVisibility());
	const style = getComputedStyle(e), box = e.getBoundingClientRect();
	return JSON.stringify({
		index: all.indexOf(e), name: e.tagName + "#" + e.id,
		outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
		inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
	});
})()`

// press presses a key as a person does.
func (d demo) press(t *testing.T, key, code, text string, number int64) {
	t.Helper()
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
		params := input.DispatchKeyEventParams{Type: kind, Key: key, Code: code, WindowsVirtualKeyCode: number}
		if kind == input.DispatchKeyEventTypeKeyDown {
			params.Text = text
		}
		if _, err := chromedp.Call(d.b.tab, input.DispatchKeyEvent, params); err != nil {
			t.Fatal(err)
		}
	}
}

func (d demo) next(t *testing.T) (got stop) {
	t.Helper()
	d.press(t, "Tab", "Tab", "", 9)
	d.ask(t, stopScript, nil, &got)
	return got
}

// The Tab key goes through the page in the order of its text, and one sees
// where it is; nothing holds it.
func TestDemoPageKeyboard(t *testing.T) {
	d := newDemo(t)
	d.media(t, 1280, "light", "reduce")
	d.visit(t, d.startPage(t, "stdlib"))
	d.shown(t, "null")
	count := 0
	d.ask(t, `Promise.resolve(String([...document.querySelectorAll("a, button, input, select, textarea, summary")].filter(e => e.checkVisibility()).length))`, nil, &count)
	for i := range count {
		if got := d.next(t); got.Index != i || !got.Outline || !got.Inside {
			t.Fatalf("stop %d of %d is %+v", i, count, got)
		}
	}
	if count < 30 { // 8 requests, each with a button and details, beside the forms
		t.Errorf("%d stops, want at least 30", count)
	}
	d.visit(t, d.eval(t, "Promise.resolve(location.origin)"))
	d.shown(t, "null")
	d.next(t)
	d.press(t, "Enter", "Enter", "\r", 13) // skip to the results
	if at := d.eval(t, "Promise.resolve(document.activeElement.id)"); at != "results-title" {
		t.Errorf("the skip link leads to %q", at)
	}
}

// Whoever sends a request again by key stays at its button, and sees more of it.
func TestDemoPageKeepsFocus(t *testing.T) {
	d := newDemo(t)
	d.visit(t, d.startPage(t, "stdlib"))
	d.shown(t, "null")
	d.eval(t, `(async () => { document.querySelector("#results button").focus(); return ""; })()`)
	d.press(t, "Enter", "Enter", "\r", 13)
	var got struct {
		Focus, Said string
		Open        int
	}
	d.ask(t, `(async () => {
		while (document.getElementById("said").textContent === "") await new Promise(r => setTimeout(r, 10));
		return JSON.stringify({
			focus: document.activeElement.getAttribute("aria-label"), said: document.getElementById("said").textContent,
			open: document.querySelectorAll("#results > li:first-child > details.wire[open]").length,
		});
	})()`, nil, &got)
	if got.Focus != "Send again: A simple request" || got.Said != "A simple request: "+reads || got.Open != 1 {
		t.Errorf("the page shows %+v", got)
	}
}
