package corsgin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/concors/concors/conformance/adaptertest"
	corsgin "github.com/concors/concors/gin"
)

// README gin: groups and routes hide the preflight (404)
func TestGroupsHideThePreflight(t *testing.T) {
	cors := corsgin.Middleware(adaptertest.AppPolicy(t))
	grouped := gin.New()
	grouped.Group("/api", cors).PUT("/items", ok)
	grouped.PUT("/route", cors, ok)
	adaptertest.WantUnreadable(t, "trap, group", adaptertest.Preflight(grouped, "/api/items"), http.StatusNotFound)
	adaptertest.WantUnreadable(t, "trap, route", adaptertest.Preflight(grouped, "/route"), http.StatusNotFound)

	r := gin.New()
	r.Use(cors)
	r.Group("/api").PUT("/items", ok)
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(r, "/api/items"), http.StatusNoContent)
	adaptertest.WantReadable(t, "PUT", adaptertest.Ask(r, "PUT", "/api/items"), http.StatusOK)
}

// README gin: Or `g.OPTIONS("/*any", func(*gin.Context) {})` in the group
func TestACatchAllOptionsRouteLetsThePreflightIn(t *testing.T) {
	r := gin.New()
	g := r.Group("/api", corsgin.Middleware(adaptertest.AppPolicy(t)))
	g.OPTIONS("/*any", func(*gin.Context) {})
	g.PUT("/items", ok)
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(r, "/api/items"), http.StatusNoContent)
	adaptertest.WantReadable(t, "PUT", adaptertest.Ask(r, "PUT", "/api/items"), http.StatusOK)

	plain, group := adaptertest.Ask(r, "OPTIONS", "/api/none"), adaptertest.Preflight(r, "/api")
	adaptertest.WantReadable(t, "side effect: OPTIONS that is no preflight", plain, http.StatusOK)
	adaptertest.WantUnreadable(t, "side effect: OPTIONS on the group itself", group, http.StatusTemporaryRedirect)
	adaptertest.WantPanic(t, "side effect: another OPTIONS route", "conflicts", func() { g.OPTIONS("/items", ok) })
}

// README gin: `Use` after a route leaves that route out
func TestUseAfterARouteLeavesThatRouteOut(t *testing.T) {
	cors := corsgin.Middleware(adaptertest.AppPolicy(t))
	late := gin.New()
	late.PUT("/items", ok)
	late.Use(cors)
	adaptertest.WantReadable(t, "the preflight passes", adaptertest.Preflight(late, "/items"), http.StatusNoContent)
	adaptertest.WantUnreadable(t, "trap: the request itself", adaptertest.Ask(late, "PUT", "/items"), http.StatusOK)

	r := gin.New()
	r.Use(cors)
	r.PUT("/items", ok)
	adaptertest.WantReadable(t, "PUT", adaptertest.Ask(r, "PUT", "/items"), http.StatusOK)
}

// README gin: Keep the one middleware and scope the policy by path
func TestAreasArePolicyNotMounting(t *testing.T) {
	r := gin.New()
	r.Use(corsgin.Middleware(adaptertest.AreaPolicy(t)))
	r.Group("/in").PUT("/items", ok)
	r.PUT("/out", ok)
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(r, "/in/items"), http.StatusNoContent)
	adaptertest.WantReadable(t, "PUT", adaptertest.Ask(r, "PUT", "/in/items"), http.StatusOK)
	adaptertest.WantUnreadable(t, "preflight elsewhere", adaptertest.Preflight(r, "/out"), http.StatusForbidden)
	adaptertest.WantUnreadable(t, "PUT elsewhere", adaptertest.Ask(r, "PUT", "/out"), http.StatusOK)
}

// README gin: `RedirectTrailingSlash`, which is on, and `RedirectFixedPath`
func TestRedirectsPassTheMiddlewareBy(t *testing.T) {
	r := gin.New()
	r.RedirectFixedPath = true
	r.Use(corsgin.Middleware(adaptertest.AppPolicy(t)))
	r.GET("/items", ok)
	r.OPTIONS("/items", ok)
	adaptertest.WantUnreadable(t, "trap, slash", adaptertest.Ask(r, "GET", "/items/"), http.StatusMovedPermanently)
	adaptertest.WantUnreadable(t, "trap, slash, preflight", adaptertest.Preflight(r, "/items/"), http.StatusTemporaryRedirect)
	r.PUT("/thing", ok)
	adaptertest.WantReadable(t, "preflight where no OPTIONS route is", adaptertest.Preflight(r, "/thing/"), http.StatusNoContent)
	adaptertest.WantUnreadable(t, "trap, slash, behind a preflight", adaptertest.Ask(r, "PUT", "/thing/"), http.StatusTemporaryRedirect)
	adaptertest.WantUnreadable(t, "trap, fixed path", adaptertest.Ask(r, "GET", "/ITEMS"), http.StatusMovedPermanently)

	r.RedirectTrailingSlash, r.RedirectFixedPath = false, false
	adaptertest.WantReadable(t, "slash", adaptertest.Ask(r, "GET", "/items/"), http.StatusNotFound)
	adaptertest.WantReadable(t, "slash, preflight", adaptertest.Preflight(r, "/items/"), http.StatusNoContent)
	adaptertest.WantReadable(t, "fixed path", adaptertest.Ask(r, "GET", "/ITEMS"), http.StatusNotFound)
}

// README gin: `HandleMethodNotAllowed` may be on or off
func TestMethodNotAllowedKeepsTheFields(t *testing.T) {
	r := root(t, ok)
	r.HandleMethodNotAllowed = true
	adaptertest.WantReadable(t, "405", adaptertest.Ask(r, "PUT", "/a"), http.StatusMethodNotAllowed)
	adaptertest.WantReadable(t, "OPTIONS that is no preflight", adaptertest.Ask(r, "OPTIONS", "/a"), http.StatusMethodNotAllowed)
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(r, "/a"), http.StatusNoContent)
}

// README gin: `c.Abort()` alone, in a middleware of yours
func TestAbortAloneIsNoAnswer(t *testing.T) {
	stop := func(end func(*gin.Context)) http.Handler {
		r := gin.New()
		r.Use(corsgin.Middleware(adaptertest.AppPolicy(t)), end)
		r.GET("/", ok)
		return r
	}
	alone := stop(func(c *gin.Context) { c.Abort() })
	adaptertest.WantReadable(t, "trap", adaptertest.Ask(alone, "GET", "/"), http.StatusOK)
	adaptertest.WantReadable(t, "trap, no route", adaptertest.Ask(alone, "GET", "/none"), http.StatusNotFound)
	answered := stop(func(c *gin.Context) { c.AbortWithStatus(429) })
	adaptertest.WantReadable(t, "with a status", adaptertest.Ask(answered, "GET", "/none"), 429)
}

// Rewriting inside a handler runs the middleware a second time, after the
// preflight was answered by the first path.
//
// README gin: rewriting the path and `HandleContext` run the middleware again
func TestRewritesComeBeforeTheEngine(t *testing.T) {
	engine := func() *gin.Engine {
		r := gin.New()
		r.Use(corsgin.Middleware(adaptertest.AreaPolicy(t)))
		r.PUT("/out", ok)
		return r
	}
	r := engine()
	r.PUT("/in/old", func(c *gin.Context) {
		c.Request.URL.Path = "/out"
		r.HandleContext(c)
	})
	adaptertest.WantReadable(t, "trap, preflight", adaptertest.Preflight(r, "/in/old"), http.StatusNoContent)
	adaptertest.WantUnreadable(t, "trap, HandleContext", adaptertest.Ask(r, "PUT", "/in/old"), http.StatusOK)

	inner := engine()
	rewritten := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/in/old" {
			r.URL.Path, r.URL.RawPath = "/out", ""
		}
		inner.ServeHTTP(w, r)
	})
	adaptertest.WantUnreadable(t, "preflight", adaptertest.Preflight(rewritten, "/in/old"), http.StatusForbidden)
	adaptertest.WantUnreadable(t, "PUT", adaptertest.Ask(rewritten, "PUT", "/in/old"), http.StatusOK)
}

// Whatever gin routes by, a path that could be read as another area is denied.
//
// README gin: one that could be read as another area is denied
func TestOddPathsAreDenied(t *testing.T) {
	for name, set := range map[string]func(*gin.Engine){
		"default":          func(*gin.Engine) {},
		"RemoveExtraSlash": func(r *gin.Engine) { r.RemoveExtraSlash = true },
		"UseRawPath":       func(r *gin.Engine) { r.UseRawPath = true },
		"UseEscapedPath":   func(r *gin.Engine) { r.UseEscapedPath = true },
	} {
		r := gin.New()
		set(r)
		r.Use(corsgin.Middleware(adaptertest.AreaPolicy(t)))
		r.PUT("/in/items", ok)
		for _, path := range []string{"//in/items", "/in//items", "/in%2Fitems", "/%69n/items", "/x/../in/items"} {
			adaptertest.WantUnreadable(t, name+" "+path, adaptertest.Preflight(r, path), http.StatusForbidden)
		}
		adaptertest.WantReadable(t, name, adaptertest.Preflight(r, "/in/items"), http.StatusNoContent)
	}
}

// README gin: `c.Header("Vary", …)` sets, and so deletes `Origin`
func TestVaryIsAddedNotSet(t *testing.T) {
	set := func(c *gin.Context) { c.Header("Vary", "Accept") }
	if res := adaptertest.Ask(root(t, set), "GET", "/"); adaptertest.Varies(res.Header, "Origin") {
		t.Errorf("trap: Vary %q, want it without Origin", res.Header["Vary"])
	}
	add := func(c *gin.Context) { c.Writer.Header().Add("Vary", "Accept") }
	adaptertest.WantReadable(t, "Add", adaptertest.Ask(root(t, add), "GET", "/"), http.StatusOK)
}

// README gin: `http.TimeoutHandler` round the engine: its 503 has no CORS fields
func TestATimeoutRoundTheEngineAnswersAlone(t *testing.T) {
	answered := make(chan struct{})
	defer close(answered)
	engine := root(t, func(*gin.Context) { <-answered })
	late := http.TimeoutHandler(engine, time.Nanosecond, "too late")
	adaptertest.WantUnreadable(t, "trap", adaptertest.Ask(late, "GET", "/"), http.StatusServiceUnavailable)
}

// README gin: A logger after CORS sees no preflight
func TestLoggersComeBeforeAndAuthAfter(t *testing.T) {
	cors := corsgin.Middleware(adaptertest.AppPolicy(t))
	logged := func(order func(logger gin.HandlerFunc) gin.HandlersChain) string {
		var lines strings.Builder
		r := gin.New()
		r.Use(order(gin.LoggerWithWriter(&lines))...)
		r.PUT("/", ok)
		adaptertest.Preflight(r, "/")
		return lines.String()
	}
	before := logged(func(logger gin.HandlerFunc) gin.HandlersChain { return gin.HandlersChain{logger, cors} })
	after := logged(func(logger gin.HandlerFunc) gin.HandlersChain { return gin.HandlersChain{cors, logger} })
	if !strings.Contains(before, " 204 ") || after != "" {
		t.Errorf("a logger before: %q, want the 204; one after: %q, want nothing", before, after)
	}

	auth := gin.BasicAuth(gin.Accounts{"a": "b"})
	wrong := gin.New()
	wrong.Use(auth, cors)
	adaptertest.WantUnreadable(t, "trap", adaptertest.Preflight(wrong, "/"), http.StatusUnauthorized)
	r := gin.New()
	r.Use(cors, auth)
	r.PUT("/", ok)
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(r, "/"), http.StatusNoContent)
	adaptertest.WantReadable(t, "401", adaptertest.Ask(r, "PUT", "/"), http.StatusUnauthorized)
}
