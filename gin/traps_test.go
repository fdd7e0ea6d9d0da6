package corsgin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	corsgin "github.com/concors/concors/gin"
)

func TestGroupsHideThePreflight(t *testing.T) {
	cors := corsgin.Middleware(appPolicy(t))
	grouped := gin.New()
	grouped.Group("/api", cors).PUT("/items", ok)
	grouped.PUT("/route", cors, ok)
	wantUnreadable(t, "trap, group", preflight(grouped, "/api/items"), http.StatusNotFound)
	wantUnreadable(t, "trap, route", preflight(grouped, "/route"), http.StatusNotFound)

	r := gin.New()
	r.Use(cors)
	r.Group("/api").PUT("/items", ok)
	wantReadable(t, "preflight", preflight(r, "/api/items"), http.StatusNoContent)
	wantReadable(t, "PUT", ask(r, "PUT", "/api/items"), http.StatusOK)
}

func TestACatchAllOptionsRouteLetsThePreflightIn(t *testing.T) {
	r := gin.New()
	g := r.Group("/api", corsgin.Middleware(appPolicy(t)))
	g.OPTIONS("/*any", func(*gin.Context) {})
	g.PUT("/items", ok)
	wantReadable(t, "preflight", preflight(r, "/api/items"), http.StatusNoContent)
	wantReadable(t, "PUT", ask(r, "PUT", "/api/items"), http.StatusOK)

	wantReadable(t, "side effect: OPTIONS that is no preflight", ask(r, "OPTIONS", "/api/none"), http.StatusOK)
	wantUnreadable(t, "side effect: OPTIONS on the group itself", preflight(r, "/api"), http.StatusTemporaryRedirect)
	wantPanic(t, "side effect: another OPTIONS route", "conflicts", func() { g.OPTIONS("/items", ok) })
}

func TestUseAfterARouteLeavesThatRouteOut(t *testing.T) {
	cors := corsgin.Middleware(appPolicy(t))
	late := gin.New()
	late.PUT("/items", ok)
	late.Use(cors)
	wantReadable(t, "the preflight passes", preflight(late, "/items"), http.StatusNoContent)
	wantUnreadable(t, "trap: the request itself", ask(late, "PUT", "/items"), http.StatusOK)

	r := gin.New()
	r.Use(cors)
	r.PUT("/items", ok)
	wantReadable(t, "PUT", ask(r, "PUT", "/items"), http.StatusOK)
}

func TestAreasArePolicyNotMounting(t *testing.T) {
	r := gin.New()
	r.Use(corsgin.Middleware(areaPolicy(t)))
	r.Group("/in").PUT("/items", ok)
	r.PUT("/out", ok)
	wantReadable(t, "preflight", preflight(r, "/in/items"), http.StatusNoContent)
	wantReadable(t, "PUT", ask(r, "PUT", "/in/items"), http.StatusOK)
	wantUnreadable(t, "preflight elsewhere", preflight(r, "/out"), http.StatusForbidden)
	wantUnreadable(t, "PUT elsewhere", ask(r, "PUT", "/out"), http.StatusOK)
}

func TestRedirectsPassTheMiddlewareBy(t *testing.T) {
	r := gin.New()
	r.RedirectFixedPath = true
	r.Use(corsgin.Middleware(appPolicy(t)))
	r.GET("/items", ok)
	r.OPTIONS("/items", ok)
	wantUnreadable(t, "trap, slash", ask(r, "GET", "/items/"), http.StatusMovedPermanently)
	wantUnreadable(t, "trap, slash, preflight", preflight(r, "/items/"), http.StatusTemporaryRedirect)
	wantUnreadable(t, "trap, fixed path", ask(r, "GET", "/ITEMS"), http.StatusMovedPermanently)

	r.RedirectTrailingSlash, r.RedirectFixedPath = false, false
	wantReadable(t, "slash", ask(r, "GET", "/items/"), http.StatusNotFound)
	wantReadable(t, "slash, preflight", preflight(r, "/items/"), http.StatusNoContent)
	wantReadable(t, "fixed path", ask(r, "GET", "/ITEMS"), http.StatusNotFound)
}

func TestMethodNotAllowedKeepsTheFields(t *testing.T) {
	r := root(t, ok)
	r.HandleMethodNotAllowed = true
	wantReadable(t, "405", ask(r, "PUT", "/a"), http.StatusMethodNotAllowed)
	wantReadable(t, "OPTIONS that is no preflight", ask(r, "OPTIONS", "/a"), http.StatusMethodNotAllowed)
	wantReadable(t, "preflight", preflight(r, "/a"), http.StatusNoContent)
}

func TestAbortAloneIsNoAnswer(t *testing.T) {
	stop := func(end func(*gin.Context)) http.Handler {
		r := gin.New()
		r.Use(corsgin.Middleware(appPolicy(t)), end)
		r.GET("/", ok)
		return r
	}
	alone := stop(func(c *gin.Context) { c.Abort() })
	wantReadable(t, "trap", ask(alone, "GET", "/"), http.StatusOK)
	wantReadable(t, "trap, no route", ask(alone, "GET", "/none"), http.StatusNotFound)
	wantReadable(t, "with a status", ask(stop(func(c *gin.Context) { c.AbortWithStatus(429) }), "GET", "/none"), 429)
}

// Rewriting inside a handler runs the middleware a second time, after the
// preflight was answered by the first path.
func TestRewritesComeBeforeTheEngine(t *testing.T) {
	engine := func() *gin.Engine {
		r := gin.New()
		r.Use(corsgin.Middleware(areaPolicy(t)))
		r.PUT("/out", ok)
		return r
	}
	r := engine()
	r.PUT("/in/old", func(c *gin.Context) {
		c.Request.URL.Path = "/out"
		r.HandleContext(c)
	})
	wantReadable(t, "trap, preflight", preflight(r, "/in/old"), http.StatusNoContent)
	wantUnreadable(t, "trap, HandleContext", ask(r, "PUT", "/in/old"), http.StatusOK)

	inner := engine()
	rewritten := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/in/old" {
			r.URL.Path, r.URL.RawPath = "/out", ""
		}
		inner.ServeHTTP(w, r)
	})
	wantUnreadable(t, "preflight", preflight(rewritten, "/in/old"), http.StatusForbidden)
	wantUnreadable(t, "PUT", ask(rewritten, "PUT", "/in/old"), http.StatusOK)
}

// Whatever gin routes by, a path that could be read as another area is denied.
func TestOddPathsAreDenied(t *testing.T) {
	for name, set := range map[string]func(*gin.Engine){
		"default":          func(*gin.Engine) {},
		"RemoveExtraSlash": func(r *gin.Engine) { r.RemoveExtraSlash = true },
		"UseRawPath":       func(r *gin.Engine) { r.UseRawPath = true },
		"UseEscapedPath":   func(r *gin.Engine) { r.UseEscapedPath = true },
	} {
		r := gin.New()
		set(r)
		r.Use(corsgin.Middleware(areaPolicy(t)))
		r.PUT("/in/items", ok)
		for _, path := range []string{"//in/items", "/in//items", "/in%2Fitems", "/%69n/items", "/x/../in/items"} {
			wantUnreadable(t, name+" "+path, preflight(r, path), http.StatusForbidden)
		}
		wantReadable(t, name, preflight(r, "/in/items"), http.StatusNoContent)
	}
}

func TestVaryIsAddedNotSet(t *testing.T) {
	set := func(c *gin.Context) { c.Header("Vary", "Accept") }
	if res := ask(root(t, set), "GET", "/"); varies(res.Header, "Origin") {
		t.Errorf("trap: Vary %q, want it without Origin", res.Header["Vary"])
	}
	add := func(c *gin.Context) { c.Writer.Header().Add("Vary", "Accept") }
	wantReadable(t, "Add", ask(root(t, add), "GET", "/"), http.StatusOK)
}

func TestATimeoutRoundTheEngineAnswersAlone(t *testing.T) {
	answered := make(chan struct{})
	defer close(answered)
	engine := root(t, func(*gin.Context) { <-answered })
	late := http.TimeoutHandler(engine, time.Nanosecond, "too late")
	wantUnreadable(t, "trap", ask(late, "GET", "/"), http.StatusServiceUnavailable)
}

func TestLoggersComeBeforeAndAuthAfter(t *testing.T) {
	cors := corsgin.Middleware(appPolicy(t))
	logged := func(order func(logger gin.HandlerFunc) gin.HandlersChain) string {
		var lines strings.Builder
		r := gin.New()
		r.Use(order(gin.LoggerWithWriter(&lines))...)
		r.PUT("/", ok)
		preflight(r, "/")
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
	wantUnreadable(t, "trap", preflight(wrong, "/"), http.StatusUnauthorized)
	r := gin.New()
	r.Use(cors, auth)
	r.PUT("/", ok)
	wantReadable(t, "preflight", preflight(r, "/"), http.StatusNoContent)
	wantReadable(t, "401", ask(r, "PUT", "/"), http.StatusUnauthorized)
}
