package corsecho_test

import (
	"io"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

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

func TestPreSeesWhatUseSees(t *testing.T) {
	cors := corsecho.Middleware(appPolicy(t))
	for name, e := range map[string]*echo.Echo{
		"Pre": instance(chain{cors}, nil, "/items"), "Use": instance(nil, chain{cors}, "/items"),
	} {
		wantReadable(t, name+", preflight", preflight(e, "/items"), http.StatusNoContent)
		wantReadable(t, name+", preflight of no route", preflight(e, "/none"), http.StatusNoContent)
		wantReadable(t, name+", PUT", ask(e, "PUT", "/items"), http.StatusOK)
		wantReadable(t, name+", 404", ask(e, "PUT", "/none"), http.StatusNotFound)
		wantReadable(t, name+", 405", ask(e, "POST", "/items"), http.StatusMethodNotAllowed)
	}
}

func TestRewritesComeBefore(t *testing.T) {
	cors := corsecho.Middleware(areaPolicy(t))
	rewrite := middleware.Rewrite(map[string]string{"/in/*": "/out/$1"})
	late := instance(chain{cors, rewrite}, nil, "/out/items")
	wantReadable(t, "trap: decided by the path that was", ask(late, "PUT", "/in/items"), http.StatusOK)
	used := instance(nil, chain{rewrite, cors}, "/in/items")
	wantUnreadable(t, "trap: rewritten after routing", ask(used, "PUT", "/in/items"), http.StatusOK)

	for name, e := range map[string]*echo.Echo{
		"Pre and Use": instance(chain{rewrite}, chain{cors}, "/out/items"),
		"Pre twice":   instance(chain{rewrite, cors}, nil, "/out/items"),
	} {
		wantUnreadable(t, name+", preflight", preflight(e, "/in/items"), http.StatusForbidden)
		wantUnreadable(t, name+", PUT", ask(e, "PUT", "/in/items"), http.StatusOK)
	}
}

func TestRedirectsComeAfter(t *testing.T) {
	cors := corsecho.Middleware(appPolicy(t))
	for path, redirect := range map[string]func(middleware.TrailingSlashConfig) echo.MiddlewareFunc{
		"/items/": middleware.RemoveTrailingSlashWithConfig, "/items": middleware.AddTrailingSlashWithConfig,
	} {
		slash := redirect(middleware.TrailingSlashConfig{RedirectCode: http.StatusPermanentRedirect})
		wrong := instance(chain{slash}, chain{cors})
		wantUnreadable(t, "trap, redirect", ask(wrong, "PUT", path), http.StatusPermanentRedirect)
		wantUnreadable(t, "trap, preflight", preflight(wrong, path), http.StatusPermanentRedirect)
		right := instance(chain{cors, slash}, nil)
		wantReadable(t, "redirect", ask(right, "PUT", path), http.StatusPermanentRedirect)
		wantReadable(t, "preflight", preflight(right, path), http.StatusNoContent)
	}
}

// Without a redirect the slash decides nothing: a key covers both spellings.
func TestSlashesRewrittenInPlace(t *testing.T) {
	cors := corsecho.Middleware(areaPolicy(t))
	for _, slash := range (chain{middleware.RemoveTrailingSlash(), middleware.AddTrailingSlash()}) {
		for _, pre := range []chain{{cors, slash}, {slash, cors}} {
			e := instance(pre, nil, "/in", "/in/", "/in/items", "/in/items/")
			for _, path := range []string{"/in", "/in/", "/in/items", "/in/items/"} {
				wantReadable(t, "preflight "+path, preflight(e, path), http.StatusNoContent)
				wantReadable(t, "PUT "+path, ask(e, "PUT", path), http.StatusOK)
			}
		}
	}
}

func TestTimeoutReplacesVary(t *testing.T) {
	cors := corsecho.Middleware(appPolicy(t))
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
	if res := ask(vary("Accept"), "GET", "/"); varies(res.Header, "Origin") {
		t.Errorf("trap: Vary %q, want it without Origin: is the remedy needed still?", res.Header["Vary"])
	}
	wantReadable(t, "Origin named by the handler", ask(vary("Accept, Origin"), "GET", "/"), http.StatusOK)

	// The handler ends after the answer, so the answer is the 503.
	late := func(use ...echo.MiddlewareFunc) *http.Response {
		answered, ended := make(chan struct{}), make(chan struct{})
		e := instance(nil, use)
		e.GET("/", func(echo.Context) error {
			defer close(ended)
			<-answered
			return nil
		})
		res := ask(e, "GET", "/")
		close(answered)
		<-ended
		return res
	}
	wantUnreadable(t, "trap, timeout before", late(limit(time.Nanosecond), cors), http.StatusServiceUnavailable)
	wantReadable(t, "timeout after", late(cors, limit(time.Nanosecond)), http.StatusServiceUnavailable)
}

func TestContextTimeoutKeepsTheFieldsInEitherOrder(t *testing.T) {
	cors := corsecho.Middleware(appPolicy(t))
	limit := middleware.ContextTimeout(time.Nanosecond)
	for _, use := range []chain{{cors, limit}, {limit, cors}} {
		e := instance(nil, use)
		e.GET("/", func(c echo.Context) error {
			<-c.Request().Context().Done()
			return c.Request().Context().Err()
		})
		wantReadable(t, "503", ask(e, "GET", "/"), http.StatusServiceUnavailable)
	}
}

func TestGzipMergesVary(t *testing.T) {
	cors := corsecho.Middleware(appPolicy(t))
	for _, use := range []chain{{cors, middleware.Gzip()}, {middleware.Gzip(), cors}} {
		e := instance(nil, use, "/")
		res := ask(e, "PUT", "/", "Accept-Encoding", "gzip")
		wantReadable(t, "PUT", res, http.StatusOK)
		if res.Header.Get("Content-Encoding") != "gzip" || !varies(res.Header, "Accept-Encoding") {
			t.Errorf("Content-Encoding %q, Vary %q", res.Header["Content-Encoding"], res.Header["Vary"])
		}
		res = preflight(e, "/", "Accept-Encoding", "gzip")
		wantReadable(t, "preflight", res, http.StatusNoContent)
		if got := res.Header["Content-Encoding"]; got != nil {
			t.Errorf("preflight: Content-Encoding %q, want none", got)
		}
	}
}

func TestLoggersComeBefore(t *testing.T) {
	cors := corsecho.Middleware(appPolicy(t))
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
		preflight(e, "/")
		preflight(e, "/", "Origin", "https://other.example.org")
		if !slices.Equal(logged, test.want) {
			t.Errorf("logger %s: logged %v, want %v", test.name, logged, test.want)
		}
	}
}

func TestAuthComesAfter(t *testing.T) {
	cors := corsecho.Middleware(appPolicy(t))
	auth := middleware.BasicAuth(func(name, password string, _ echo.Context) (bool, error) { return false, nil })
	wantUnreadable(t, "trap", preflight(instance(nil, chain{auth, cors}, "/"), "/"), http.StatusUnauthorized)
	e := instance(nil, chain{cors, auth, middleware.CSRF()}, "/")
	wantReadable(t, "preflight", preflight(e, "/"), http.StatusNoContent)
	wantReadable(t, "401", ask(e, "PUT", "/"), http.StatusUnauthorized)
}

func TestVaryIsAddedNotSet(t *testing.T) {
	set := func(c echo.Context) error {
		c.Response().Header().Set(echo.HeaderVary, "Accept")
		return ok(c)
	}
	if res := ask(root(t, set), "GET", "/"); varies(res.Header, "Origin") {
		t.Errorf("trap: Vary %q, want it without Origin", res.Header["Vary"])
	}
	add := func(c echo.Context) error {
		c.Response().Header().Add(echo.HeaderVary, "Accept")
		return ok(c)
	}
	wantReadable(t, "Add", ask(root(t, add), "GET", "/"), http.StatusOK)
}
