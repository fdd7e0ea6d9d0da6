package shadow_test

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/internal/routers"
	"github.com/concors/concors/examples/production/shadow"
)

const app = adaptertest.App

// The candidate has the names that are thought to be in use in the place of "*".
var (
	inForce = concors.Config{
		AllowOrigins: []string{"https://*.example.com"}, AllowMethods: []string{"*"}, AllowHeaders: []string{"*"},
		Paths: map[string]concors.Config{"/partners/": {AllowOrigins: []string{"https://*.partner.example"}}, "/off/": {}},
	}
	tightened = concors.Config{
		AllowOrigins: []string{app}, AllowMethods: []string{"PUT"}, AllowHeaders: []string{"Authorization"},
		Paths: map[string]concors.Config{"/partners/": {AllowOrigins: []string{"https://one.partner.example"}}, "/off/": {}},
	}
)

func tenants(_ context.Context, o concors.Origin, _ concors.Request) bool {
	return strings.HasSuffix(o.Host, ".tenant.example")
}

func tenantsWithBug(ctx context.Context, o concors.Origin, r concors.Request) bool {
	if o.Host == "odd.tenant.example" {
		panic("the candidate has a bug")
	}
	return tenants(ctx, o, r)
}

// Each request has the difference that is logged, by hand, or none.
var traffic = []struct{ message, differs string }{
	{get("/", app), ""},
	{get("/", "https://forgotten.example.com"), `allowed origin-not-allowed "https://forgotten.example.com" "GET" "/"`},
	{get("/", "https://evil.example"), ""},
	{get("/partners/x", "https://one.partner.example"), ""},
	{get("/partners/x", "https://two.partner.example"), `allowed origin-not-allowed "https://two.partner.example" "GET" "/partners/x"`},
	{get("/off/x", app), ""},
	{get("/x//y", app), ""},
	{get("/", "https://one.tenant.example"), ""},
	{get("/", "https://odd.tenant.example"), `allowed panic "https://odd.tenant.example" "GET" "/"`},
	{preflight("/a", app, "PUT", "x-new"), `allowed header-not-allowed "https://app.example.com" "OPTIONS" "/a"`},
	{preflight("/b", app, "PATCH", "authorization"), `allowed method-not-allowed "https://app.example.com" "OPTIONS" "/b"`},
	// Allowed by both, but the answer to "*" is another.
	{preflight("/c", app, "PUT", "authorization"), `allowed allowed "https://app.example.com" "OPTIONS" "/c"`},
	{preflight("/d", "null", "PUT", "authorization"), ""},
}

// a trial is a site with a candidate, and what it has reported.
type trial struct {
	policy, candidate *concors.Policy
	lines             *lines
	registry          *prometheus.Registry
}

func newTrial(t *testing.T, burst int) trial {
	t.Helper()
	r := trial{lines: new(lines), registry: prometheus.NewPedanticRegistry()}
	report, err := shadow.NewReport(r.registry, slog.New(slog.NewJSONHandler(r.lines, nil)), 0, burst)
	if err != nil {
		t.Fatal(err)
	}
	r.candidate = adaptertest.NewPolicy(t, tightened, concors.WithOriginFunc(tenantsWithBug))
	r.policy = adaptertest.NewPolicy(t, inForce, concors.WithOriginFunc(tenants),
		concors.WithObserver(r.candidate.Shadow(report.Differs)))
	return r
}

func TestShadow(t *testing.T) {
	alone := adaptertest.NewPolicy(t, inForce, concors.WithOriginFunc(tenants))
	after := adaptertest.NewPolicy(t, tightened, concors.WithOriginFunc(tenants))
	for _, router := range routers.Names() {
		t.Run(router, func(t *testing.T) {
			r := newTrial(t, 100)
			base := routers.Site{Policy: r.policy}.Serve(t, router)
			sameAnswers(t, base, routers.Site{Policy: alone}.Serve(t, router))
			var want []string
			for _, c := range traffic {
				if c.differs != "" {
					want = append(want, c.differs)
				}
			}
			if got := r.lines.take(t); !slices.Equal(got, want) {
				t.Errorf("logged\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			counted := map[string]float64{
				"allowed origin-not-allowed ":           1,
				"allowed origin-not-allowed /partners/": 1,
				"allowed panic ":                        1,
				"allowed header-not-allowed ":           1,
				"allowed method-not-allowed ":           1,
				"allowed allowed ":                      1,
			}
			if got := counters(t, r.registry); !maps.Equal(got, counted) {
				t.Errorf("counted %v, want %v", got, counted)
			}

			// Promoted, the candidate differs only by its own function.
			if err := r.policy.Reload(r.candidate.Config()); err != nil {
				t.Fatal(err)
			}
			sameAnswers(t, base, routers.Site{Policy: after}.Serve(t, router))
			if got := r.lines.take(t); len(got) != 1 || !strings.HasPrefix(got[0], "allowed panic ") {
				t.Errorf("after the promotion logged %q", got)
			}
		})
	}
}

// sameAnswers sends the traffic to both sites, which must answer alike to the
// byte.
func sameAnswers(t *testing.T, base, alone string) {
	t.Helper()
	for _, c := range traffic {
		if got, want := send(t, base, c.message), send(t, alone, c.message); got != want {
			t.Errorf("%sis answered\n%swithout a candidate\n%s", c.message, got, want)
		}
	}
}

func TestBurstIsOneAtLeast(t *testing.T) {
	for _, burst := range []int{0, -1} {
		r := newTrial(t, burst)
		r.policy.Decide(t.Context(), concors.Request{Method: "GET", Path: "/", Origin: []string{"https://n.example.com"}})
		if got := r.lines.take(t); len(got) != 1 {
			t.Errorf("with a burst of %d logged %q, want a line", burst, got)
		}
	}
}

// TestFlood has a flood that is counted and hides nothing else from the log.
func TestFlood(t *testing.T) {
	r := newTrial(t, 2)
	for i := range 1000 {
		origin := fmt.Sprintf("https://n%d.example.com", i)
		r.policy.Decide(t.Context(), concors.Request{Method: "GET", Path: "/", Origin: []string{origin}})
	}
	r.policy.Decide(t.Context(), concors.Request{
		Method: "OPTIONS", Path: "/\x1b" + strings.Repeat("a", 300), Origin: []string{app}, RequestMethod: []string{"PATCH"},
	})
	want := []string{
		`allowed origin-not-allowed "https://n0.example.com" "GET" "/"`,
		`allowed origin-not-allowed "https://n1.example.com" "GET" "/"`,
		`allowed method-not-allowed "https://app.example.com" "OPTIONS" "/\x1b` + strings.Repeat("a", 198) + `"`,
	}
	if got := r.lines.take(t); !slices.Equal(got, want) {
		t.Errorf("logged\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got, want := counters(t, r.registry), (map[string]float64{"allowed origin-not-allowed ": 1000, "allowed method-not-allowed ": 1}); !maps.Equal(got, want) {
		t.Errorf("counted %v, want %v", got, want)
	}
}
