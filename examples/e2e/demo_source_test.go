//go:build e2e

package e2e

import (
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/concors/concors/examples/internal/program"
)

// The page follows a file that is read again, over an edit of its own.
func TestDemoPageFollowsTheFile(t *testing.T) {
	d := newDemo(t)
	file := program.PolicyFile(t, `{"allowOrigins": ["http://localhost:*"]}`)
	origin, p := d.launchPage(t, "stdlib", "-policy", file)
	d.visit(t, origin)
	d.shown(t, "null")
	first := d.settle(t, `status.textContent = "-";`, nil)
	if said := d.eval(t, `Promise.resolve(document.getElementById("policy-file").textContent)`); !strings.Contains(said, filepath.Base(file)) || !strings.Contains(said, "SIGHUP") {
		t.Errorf("the page says of the file: %q", said)
	}
	edited := d.apply(t, `{"allowOrigins": ["http://localhost:*"], "allowHeaders": ["X-Not-Allowed"]}`)
	if d.card(t, notListed).Outcome != reads || edited.Fingerprint == first.Fingerprint {
		t.Errorf("after an edit the page shows %+v", edited)
	}
	program.WritePolicy(t, file, `{"allowOrigins": ["http://localhost:*"], "maxAge": 7}`)
	p.Reload(t, "policy reloaded")
	got := d.settle(t, `document.getElementById("again").click();`, nil)
	if got.Status != "The policy in force was changed elsewhere." || !strings.Contains(got.Text, `"maxAge": 7`) || strings.Contains(got.Text, "X-Not-Allowed") {
		t.Errorf("after a reload the page shows %+v", got)
	}
	if c := d.card(t, notListed); c.Outcome != blockedOut {
		t.Errorf("after a reload the page shows %+v", c)
	}
	program.WritePolicy(t, file, `{"allowOrigins": ["http://localhost:*"], "maxAge": 8}`)
	p.Reload(t, "policy reloaded")
	d.own(t, nil)
	if got := d.settle(t, `status.textContent = "-";`, nil); !strings.Contains(got.Text, `"maxAge": 8`) {
		t.Errorf("beside a request under a policy that was read again the page shows %s", got.Text)
	}
}

// Under a name that merely points to the port, the page can be read, but is told
// neither the policy nor what others asked (DNS rebinding).
func TestDemoPageUnderAnotherName(t *testing.T) {
	d := newDemo(t)
	origin := d.startPage(t, "stdlib")
	u, err := url.Parse(origin)
	if err != nil {
		t.Fatal(err)
	}
	d.front.route("rebound.example", net.JoinHostPort("127.0.0.1", u.Port()))
	d.visit(t, "http://rebound.example")
	d.shown(t, "null")
	got := d.settle(t, `document.getElementById("again").click();`, nil)
	if want := "The policy cannot be seen here: open the page as " + origin; strings.TrimSpace(got.Status) != want || got.Text != "" || got.Fingerprint != "…" {
		t.Errorf("the page shows %+v, want %s", got, want)
	}
	if c := d.card(t, 0); c.Outcome != blockedOut || len(c.Exchanges) > 0 {
		t.Errorf("the page shows %+v", c)
	}
	refused := d.apply(t, `{"allowOrigins": ["*"]}`)
	if len(refused.Faults) != 1 || !strings.Contains(refused.Faults[0], "open the page as "+origin) {
		t.Errorf("after an edit the page shows %+v", refused)
	}
	d.visit(t, origin)
	if summary := d.shown(t, "null").Summary; summary != "8 of 8 outcomes are as expected" {
		t.Errorf("the page sums up: %s", summary)
	}
}
