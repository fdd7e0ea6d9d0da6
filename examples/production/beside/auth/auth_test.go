package auth_test

import (
	"io"
	"net/http"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"

	corschi "github.com/concors/concors/chi"
	"github.com/concors/concors/conformance/adaptertest"
	"github.com/concors/concors/conformance/browser"
	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
	"github.com/concors/concors/examples/production/beside/auth"
	"github.com/concors/concors/examples/production/internal/routers"
	corsfiber "github.com/concors/concors/fiber"
	corsgin "github.com/concors/concors/gin"
	corshttp "github.com/concors/concors/stdlib"
)

var save = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "saved\n") })

func good(authorization string) bool { return authorization == "Bearer good" }

// routed adds PUT /items to the routers.
func routed(stdlib http.Handler, c *chi.Mux, g *gin.Engine, e *echo.Echo, f *fiber.App) routers.Apps {
	c.Put("/items", save)
	g.PUT("/items", gin.WrapH(save))
	e.PUT("/items", echo.WrapHandler(save))
	f.Put("/items", func(c *fiber.Ctx) error { return c.SendString("saved\n") })
	return routers.Apps{Stdlib: stdlib, Chi: c, Gin: g, Echo: e, Fiber: f}
}

func right(policy *concors.Policy) routers.Apps {
	gin.SetMode(gin.ReleaseMode)
	return routed(auth.Stdlib(policy, good, save), auth.Chi(policy, good), auth.Gin(policy, good),
		auth.Echo(policy, good), auth.Fiber(policy, good))
}

// wrong has authentication in front; it lets OPTIONS pass if passOptions is set,
// as people mend it.
func wrong(policy *concors.Policy, passOptions bool) routers.Apps {
	gin.SetMode(gin.ReleaseMode)
	check := auth.Check(good)
	required := func(next http.Handler) http.Handler {
		checked := check.Required(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if passOptions && r.Method == http.MethodOptions {
				next.ServeHTTP(w, r)
				return
			}
			checked.ServeHTTP(w, r)
		})
	}
	c, g, e := chi.NewRouter(), gin.New(), echo.New()
	f := fiber.New(fiber.Config{DisableStartupMessage: true})
	c.Use(required, corschi.Middleware(policy))
	g.Use(func(c *gin.Context) {
		if !passOptions || c.Request.Method != http.MethodOptions {
			check.OnGin(c)
		}
	}, corsgin.Middleware(policy))
	e.Use(echo.WrapMiddleware(required), corsecho.Middleware(policy))
	f.Use(func(c *fiber.Ctx) error {
		if passOptions && c.Method() == http.MethodOptions {
			return c.Next()
		}
		return check.OnFiber(c)
	}, corsfiber.Middleware(policy))
	return routed(required(corshttp.Middleware(policy)(save)), c, g, e, f)
}

// put has the page save with a token.
func put(t *testing.T, base, token string) *browser.Result {
	t.Helper()
	b, err := browser.Dial(base)
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Fetch(t.Context(), browser.Fetch{
		Page: adaptertest.App, URL: "/items", Method: http.MethodPut,
		Header: http.Header{"Authorization": {"Bearer " + token}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestPolicyInFront(t *testing.T) {
	right(adaptertest.NewPolicy(t, auth.Config(adaptertest.App))).OnEach(t, func(t *testing.T, base string) {
		if r := put(t, base, "good"); !r.Allowed() || r.Status != 200 || r.Preflights != 1 {
			t.Errorf("good token: %v", r)
		}
		r := put(t, base, "old")
		if !r.Allowed() || r.Status != 401 || r.Header.Get("WWW-Authenticate") != "Bearer" {
			t.Errorf("old token: %v, WWW-Authenticate %q; want a 401 that the page can read", r, r.Header["Www-Authenticate"])
		}
	})
}

func TestAuthenticationInFrontRefusesThePreflight(t *testing.T) {
	wrong(adaptertest.NewPolicy(t, auth.Config(adaptertest.App)), false).OnEach(t, func(t *testing.T, base string) {
		r := put(t, base, "good")
		if r.Allowed() || !r.Failure.Preflight || r.Exchanges[0].Status != 401 {
			t.Errorf("trap: %v, want the preflight refused with 401", r)
		}
	})
}

// To let OPTIONS pass mends the preflight, and the 401 stays unreadable.
func TestPassingOptionsIsHalfARemedy(t *testing.T) {
	wrong(adaptertest.NewPolicy(t, auth.Config(adaptertest.App)), true).OnEach(t, func(t *testing.T, base string) {
		if r := put(t, base, "good"); !r.Allowed() || r.Status != 200 {
			t.Errorf("good token: %v", r)
		}
		r := put(t, base, "old")
		if r.Allowed() || r.Failure.Step != browser.StepAllowOriginMissing || r.Exchanges[1].Status != 401 {
			t.Errorf("trap, old token: %v, want a 401 without fields", r)
		}
	})
}
