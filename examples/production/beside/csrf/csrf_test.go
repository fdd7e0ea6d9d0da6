package csrf_test

import (
	"io"
	"net/http"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"

	"github.com/concors/concors/conformance/adaptertest"
	"github.com/concors/concors/conformance/browser"
	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/beside/csrf"
	"github.com/concors/concors/examples/production/internal/routers"
)

const (
	app     = adaptertest.App
	partner = "https://partner.example.net" // may read, without cookies
	foreign = "https://other.example.org"
)

func config() concors.Config {
	return concors.Config{
		AllowOrigins: []string{app}, AllowMethods: []string{"PUT"}, AllowCredentials: true,
		ExposeHeaders: []string{"X-Handler"},
	}
}

// apps answer 200 with X-Handler on /items, by each router's own order.
func apps(policy *concors.Policy, guard *csrf.Guard) routers.Apps {
	gin.SetMode(gin.ReleaseMode)
	save := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Handler", "ran")
		io.WriteString(w, "saved\n")
	})
	c, g, e, f := csrf.Chi(policy, guard), csrf.Gin(policy, guard), csrf.Echo(policy, guard), csrf.Fiber(policy, guard)
	c.Handle("/items", save)
	g.Any("/items", gin.WrapH(save))
	e.Any("/items", echo.WrapHandler(save))
	f.All("/items", func(c *fiber.Ctx) error {
		c.Set("X-Handler", "ran")
		return c.SendString("saved\n")
	})
	return routers.Apps{Stdlib: csrf.Stdlib(policy, guard, save), Chi: c, Gin: g, Echo: e, Fiber: f}
}

func guarded(t *testing.T, cfg concors.Config) (*concors.Policy, *csrf.Guard, routers.Apps) {
	t.Helper()
	guard, err := csrf.NewGuard(cfg)
	if err != nil {
		t.Fatal(err)
	}
	policy := adaptertest.NewPolicy(t, cfg)
	return policy, guard, apps(policy, guard)
}

// send sends a request as a browser does for a page of origin, cookies included,
// with its Sec-Fetch-Site; without one if site is empty, as older browsers do.
func send(t *testing.T, method, base, origin, site string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, base+"/items", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Cookie", "session=1")
	for name, value := range map[string]string{"Origin": origin, "Sec-Fetch-Site": site} {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return res
}

func wantStatus(t *testing.T, what string, res *http.Response, status int) {
	t.Helper()
	ran := res.Header.Get("X-Handler") != ""
	if res.StatusCode != status || ran != (status == http.StatusOK) {
		t.Errorf("%s: status %d, handler ran: %t; want %d", what, res.StatusCode, ran, status)
	}
}

func TestForgedRequestsAreRefused(t *testing.T) {
	_, _, all := guarded(t, config())
	all.OnEach(t, func(t *testing.T, base string) {
		for _, site := range []string{"cross-site", "same-site", ""} {
			wantStatus(t, "POST of the app, "+site, send(t, "POST", base, app, site), 200)
			wantStatus(t, "forged POST, "+site, send(t, "POST", base, foreign, site), 403)
			wantStatus(t, "forged POST without a name, "+site, send(t, "POST", base, "null", site), 403)
			wantStatus(t, "GET, which must change nothing, "+site, send(t, "GET", base, foreign, site), 200)
		}
		wantStatus(t, "POST of a page of our own", send(t, "POST", base, base, "same-origin"), 200)
		wantStatus(t, "POST of a program", send(t, "POST", base, "", ""), 200)
	})
}

// A page sees what it should: a preflight is answered before the guard stands in
// the way, and the app that the guard does not know can read its 403.
func TestPolicyComesFirst(t *testing.T) {
	cfg := config()
	_, guard, all := guarded(t, cfg)
	all.OnEach(t, func(t *testing.T, base string) {
		b, err := browser.Dial(base)
		if err != nil {
			t.Fatal(err)
		}
		put := browser.Fetch{Page: app, URL: "/items", Method: "PUT", Credentials: browser.Include}
		r, err := b.Fetch(t.Context(), put)
		if err != nil {
			t.Fatal(err)
		}
		if !r.Allowed() || r.Preflights != 1 || r.Status != 200 {
			t.Errorf("trusted: %v", r)
		}
		if err := guard.Reload(concors.Config{AllowOrigins: []string{foreign}, AllowCredentials: true}); err != nil {
			t.Fatal(err)
		}
		defer guard.Reload(cfg)
		if r, err = b.Fetch(t.Context(), put); err != nil {
			t.Fatal(err)
		}
		if !r.Allowed() || r.Status != 403 {
			t.Errorf("not trusted: %v, want a 403 that the page can read", r)
		}
	})
}

// A page that may read without cookies, or by a pattern, may not send with them.
func TestReadersAreNotTrusted(t *testing.T) {
	for name, cfg := range map[string]concors.Config{
		"no credentials": {AllowOrigins: []string{app, partner}},
		"everybody":      {AllowOrigins: []string{"*"}},
		"a pattern":      {AllowOrigins: []string{"https://*.example.net"}, AllowCredentials: true},
	} {
		_, _, all := guarded(t, cfg)
		all.OnEach(t, func(t *testing.T, base string) {
			wantStatus(t, name, send(t, "POST", base, partner, "cross-site"), 403)
		})
	}
}

func TestReloadTakesTrustAway(t *testing.T) {
	policy, guard, all := guarded(t, config())
	all.OnEach(t, func(t *testing.T, base string) {
		wantStatus(t, "before", send(t, "POST", base, app, "cross-site"), 200)
		next := concors.Config{AllowOrigins: []string{foreign}, AllowCredentials: true}
		reload(t, policy, guard, next)
		defer reload(t, policy, guard, config())
		wantStatus(t, "after, the app", send(t, "POST", base, app, "cross-site"), 403)
		wantStatus(t, "after, the new page", send(t, "POST", base, foreign, "cross-site"), 200)
	})
}

func reload(t *testing.T, policy *concors.Policy, guard *csrf.Guard, cfg concors.Config) {
	t.Helper()
	if err := policy.Reload(cfg); err != nil {
		t.Fatal(err)
	}
	if err := guard.Reload(cfg); err != nil {
		t.Fatal(err)
	}
}
