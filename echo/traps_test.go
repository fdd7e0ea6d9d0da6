package corsecho_test

import (
	"io"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/concors/concors/conformance/adaptertest"
	corsecho "github.com/concors/concors/echo"
)

// instance has middleware before routing and after it, and routes for PUT.
func instance(pre, use []echo.MiddlewareFunc, paths ...string) *echo.Echo {
	e := echo.New()
	e.Logger.SetOutput(io.Discard)
	e.Pre(pre...)
	e.Use(use...)
	for _, path := range paths {
		e.PUT(path, ok)
	}
	return e
}

type chain = []echo.MiddlewareFunc

// README echo: `Pre` works as well
func TestPreSeesWhatUseSees(t *testing.T) {
	cors := corsecho.Middleware(adaptertest.AppPolicy(t))
	for name, e := range map[string]*echo.Echo{
		"Pre": instance(chain{cors}, nil, "/items"), "Use": instance(nil, chain{cors}, "/items"),
	} {
		adaptertest.WantReadable(t, name+", preflight", adaptertest.Preflight(e, "/items"), http.StatusNoContent)
		adaptertest.WantReadable(t, name+", preflight of no route", adaptertest.Preflight(e, "/none"), http.StatusNoContent)
		adaptertest.WantReadable(t, name+", PUT", adaptertest.Ask(e, "PUT", "/items"), http.StatusOK)
		adaptertest.WantReadable(t, name+", 404", adaptertest.Ask(e, "PUT", "/none"), http.StatusNotFound)
		adaptertest.WantReadable(t, name+", 405", adaptertest.Ask(e, "POST", "/items"), http.StatusMethodNotAllowed)
	}
}

// README echo: `Rewrite` after CORS: decided by the old path
func TestRewritesComeBefore(t *testing.T) {
	cors := corsecho.Middleware(adaptertest.AreaPolicy(t))
	rewrite := middleware.Rewrite(map[string]string{"/in/*": "/out/$1"})
	late := instance(chain{cors, rewrite}, nil, "/out/items")
	adaptertest.WantReadable(t, "trap: decided by the path that was", adaptertest.Ask(late, "PUT", "/in/items"), http.StatusOK)
	used := instance(nil, chain{rewrite, cors}, "/in/items")
	adaptertest.WantUnreadable(t, "trap: rewritten after routing", adaptertest.Ask(used, "PUT", "/in/items"), http.StatusOK)

	for name, e := range map[string]*echo.Echo{
		"Pre and Use": instance(chain{rewrite}, chain{cors}, "/out/items"),
		"Pre twice":   instance(chain{rewrite, cors}, nil, "/out/items"),
	} {
		adaptertest.WantUnreadable(t, name+", preflight", adaptertest.Preflight(e, "/in/items"), http.StatusForbidden)
		adaptertest.WantUnreadable(t, name+", PUT", adaptertest.Ask(e, "PUT", "/in/items"), http.StatusOK)
	}
}

// README echo: `RemoveTrailingSlash` or `AddTrailingSlash` with a `RedirectCode`
func TestRedirectsComeAfter(t *testing.T) {
	cors := corsecho.Middleware(adaptertest.AppPolicy(t))
	for path, redirect := range map[string]func(middleware.TrailingSlashConfig) echo.MiddlewareFunc{
		"/items/": middleware.RemoveTrailingSlashWithConfig, "/items": middleware.AddTrailingSlashWithConfig,
	} {
		slash := redirect(middleware.TrailingSlashConfig{RedirectCode: http.StatusPermanentRedirect})
		wrong := instance(chain{slash}, chain{cors})
		adaptertest.WantUnreadable(t, "trap, redirect", adaptertest.Ask(wrong, "PUT", path), http.StatusPermanentRedirect)
		adaptertest.WantUnreadable(t, "trap, preflight", adaptertest.Preflight(wrong, path), http.StatusPermanentRedirect)
		right := instance(chain{cors, slash}, nil)
		adaptertest.WantReadable(t, "redirect", adaptertest.Ask(right, "PUT", path), http.StatusPermanentRedirect)
		adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(right, path), http.StatusNoContent)
	}
}

// Without a redirect the slash decides nothing: a key covers both spellings.
//
// README echo: Without a `RedirectCode` any order will do
func TestSlashesRewrittenInPlace(t *testing.T) {
	cors := corsecho.Middleware(adaptertest.AreaPolicy(t))
	for _, slash := range (chain{middleware.RemoveTrailingSlash(), middleware.AddTrailingSlash()}) {
		for _, pre := range []chain{{cors, slash}, {slash, cors}} {
			e := instance(pre, nil, "/in", "/in/", "/in/items", "/in/items/")
			for _, path := range []string{"/in", "/in/", "/in/items", "/in/items/"} {
				adaptertest.WantReadable(t, "preflight "+path, adaptertest.Preflight(e, path), http.StatusNoContent)
				adaptertest.WantReadable(t, "PUT "+path, adaptertest.Ask(e, "PUT", path), http.StatusOK)
			}
		}
	}
}

// README echo: `TimeoutWithConfig` (deprecated): before CORS
func TestTimeoutReplacesVary(t *testing.T) {
	cors := corsecho.Middleware(adaptertest.AppPolicy(t))
	limit := func(d time.Duration) echo.MiddlewareFunc {
		//lint:ignore SA1019 who still has it must know
		return middleware.TimeoutWithConfig(middleware.TimeoutConfig{Timeout: d})
	}
	vary := func(value string) *echo.Echo {
		e := instance(nil, chain{cors, limit(time.Hour)})
		e.GET("/", func(c echo.Context) error {
			c.Response().Header().Add(echo.HeaderVary, value)
			return c.NoContent(http.StatusOK)
		})
		return e
	}
	if res := adaptertest.Ask(vary("Accept"), "GET", "/"); adaptertest.Varies(res.Header, "Origin") {
		t.Errorf("trap: Vary %q, want it without Origin: is the remedy needed still?", res.Header["Vary"])
	}
	adaptertest.WantReadable(t, "Origin named by the handler", adaptertest.Ask(vary("Accept, Origin"), "GET", "/"), http.StatusOK)

	// The handler ends after the answer, so the answer is the 503.
	late := func(use ...echo.MiddlewareFunc) *http.Response {
		answered, ended := make(chan struct{}), make(chan struct{})
		e := instance(nil, use)
		e.GET("/", func(echo.Context) error {
			defer close(ended)
			<-answered
			return nil
		})
		res := adaptertest.Ask(e, "GET", "/")
		close(answered)
		<-ended
		return res
	}
	adaptertest.WantUnreadable(t, "trap, timeout before", late(limit(time.Nanosecond), cors), http.StatusServiceUnavailable)
	adaptertest.WantReadable(t, "timeout after", late(cors, limit(time.Nanosecond)), http.StatusServiceUnavailable)
}

// README echo: `Recover`, `Gzip` and `ContextTimeout` may stand on either side
func TestContextTimeoutKeepsTheFieldsInEitherOrder(t *testing.T) {
	cors := corsecho.Middleware(adaptertest.AppPolicy(t))
	limit := middleware.ContextTimeout(time.Nanosecond)
	for _, use := range []chain{{cors, limit}, {limit, cors}} {
		e := instance(nil, use)
		e.GET("/", func(c echo.Context) error {
			<-c.Request().Context().Done()
			return c.Request().Context().Err()
		})
		adaptertest.WantReadable(t, "503", adaptertest.Ask(e, "GET", "/"), http.StatusServiceUnavailable)
	}
}

// README echo: `Recover`, `Gzip` and `ContextTimeout` may stand on either side
func TestGzipMergesVary(t *testing.T) {
	cors := corsecho.Middleware(adaptertest.AppPolicy(t))
	for _, use := range []chain{{cors, middleware.Gzip()}, {middleware.Gzip(), cors}} {
		e := instance(nil, use, "/")
		res := adaptertest.Ask(e, "PUT", "/", "Accept-Encoding", "gzip")
		adaptertest.WantReadable(t, "PUT", res, http.StatusOK)
		if res.Header.Get("Content-Encoding") != "gzip" || !adaptertest.Varies(res.Header, "Accept-Encoding") {
			t.Errorf("Content-Encoding %q, Vary %q", res.Header["Content-Encoding"], res.Header["Vary"])
		}
		res = adaptertest.Preflight(e, "/", "Accept-Encoding", "gzip")
		adaptertest.WantReadable(t, "preflight", res, http.StatusNoContent)
		if got := res.Header["Content-Encoding"]; got != nil {
			t.Errorf("preflight: Content-Encoding %q, want none", got)
		}
		if !adaptertest.Varies(res.Header, "Origin") {
			t.Errorf("preflight: Vary %q, want Origin in it", res.Header["Vary"])
		}
	}
}

// README echo: A logger after CORS sees no preflight
func TestLoggersComeBefore(t *testing.T) {
	cors := corsecho.Middleware(adaptertest.AppPolicy(t))
	var logged []int
	logger := middleware.RequestLoggerWithConfig(middleware.RequestLoggerConfig{
		LogStatus: true,
		LogValuesFunc: func(_ echo.Context, v middleware.RequestLoggerValues) error {
			logged = append(logged, v.Status)
			return nil
		},
	})
	for _, test := range []struct {
		name     string
		pre, use chain
		want     []int
	}{
		{"before", nil, chain{logger, cors}, []int{204, 403}},
		{"before, in Pre", chain{logger, cors}, nil, []int{204, 403}},
		{"trap: after", nil, chain{cors, logger}, nil},
		{"trap: in Use beside Pre", chain{cors}, chain{logger}, nil},
	} {
		logged = nil
		e := instance(test.pre, test.use, "/")
		adaptertest.Preflight(e, "/")
		adaptertest.Preflight(e, "/", "Origin", "https://other.example.org")
		if !slices.Equal(logged, test.want) {
			t.Errorf("logger %s: logged %v, want %v", test.name, logged, test.want)
		}
	}
}

// README echo: authentication before it refuses every preflight
func TestAuthComesAfter(t *testing.T) {
	cors := corsecho.Middleware(adaptertest.AppPolicy(t))
	auth := middleware.BasicAuth(func(name, password string, _ echo.Context) (bool, error) { return false, nil })
	wrong := instance(nil, chain{auth, cors}, "/")
	adaptertest.WantUnreadable(t, "trap", adaptertest.Preflight(wrong, "/"), http.StatusUnauthorized)
	e := instance(nil, chain{cors, auth, middleware.CSRF()}, "/")
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(e, "/"), http.StatusNoContent)
	adaptertest.WantReadable(t, "401", adaptertest.Ask(e, "PUT", "/"), http.StatusUnauthorized)
}

// README echo: `KeyAuth` before CORS answers the preflight with 400
func TestKeysAndTokensAreAskedForAfter(t *testing.T) {
	cors := corsecho.Middleware(adaptertest.AppPolicy(t))
	key := middleware.KeyAuth(func(string, echo.Context) (bool, error) { return false, nil })
	wrong := instance(nil, chain{key, cors}, "/")
	adaptertest.WantUnreadable(t, "trap, no key", adaptertest.Preflight(wrong, "/"), http.StatusBadRequest)
	wrong = instance(nil, chain{middleware.CSRF(), cors}, "/")
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(wrong, "/"), http.StatusNoContent)
	adaptertest.WantUnreadable(t, "trap, no token", adaptertest.Ask(wrong, "PUT", "/"), http.StatusBadRequest)
	adaptertest.WantUnreadable(t, "trap, another site", adaptertest.Ask(wrong, "PUT", "/", "Sec-Fetch-Site", "cross-site"), http.StatusForbidden)

	right := instance(nil, chain{cors, middleware.CSRF(), key}, "/")
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(right, "/"), http.StatusNoContent)
	adaptertest.WantReadable(t, "no token", adaptertest.Ask(right, "PUT", "/"), http.StatusBadRequest)
	adaptertest.WantReadable(t, "another site", adaptertest.Ask(right, "PUT", "/", "Sec-Fetch-Site", "cross-site"), http.StatusForbidden)
}

// README echo: `c.Response().Header().Set("Vary", …)` deletes `Origin`
func TestVaryIsAddedNotSet(t *testing.T) {
	set := func(c echo.Context) error {
		c.Response().Header().Set(echo.HeaderVary, "Accept")
		return ok(c)
	}
	if res := adaptertest.Ask(root(t, set), "GET", "/"); adaptertest.Varies(res.Header, "Origin") {
		t.Errorf("trap: Vary %q, want it without Origin", res.Header["Vary"])
	}
	add := func(c echo.Context) error {
		c.Response().Header().Add(echo.HeaderVary, "Accept")
		return ok(c)
	}
	adaptertest.WantReadable(t, "Add", adaptertest.Ask(root(t, add), "GET", "/"), http.StatusOK)
}
