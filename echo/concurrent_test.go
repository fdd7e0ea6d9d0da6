package corsecho_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/labstack/echo/v4"

	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
)

// Each answer is wholly the one or wholly the other policy's, whatever handlers
// and outer middleware do to the header slices of the answers around it.
func TestConcurrentAnswersShareNothing(t *testing.T) {
	configs := [2]concors.Config{{
		AllowOrigins: []string{"https://*.example.com"}, AllowMethods: []string{"PUT"}, AllowHeaders: []string{"X-A"},
		ExposeHeaders: []string{"X-B"}, AllowCredentials: true, MaxAge: 1,
	}, {
		AllowOrigins: []string{"https://*.example.com"}, AllowMethods: []string{"DELETE"}, AllowHeaders: []string{"X-C"},
		ExposeHeaders: []string{"X-D"}, AllowCredentials: true, MaxAge: 2,
	}}
	policy := newPolicy(t, configs[0])
	handler := echo.New()
	handler.Use(outer, corsecho.Middleware(policy))
	handler.GET("/", func(c echo.Context) error {
		err := c.NoContent(http.StatusOK)
		overwrite(c.Response().Header())
		return err
	})

	done := make(chan struct{})
	var clients, reloads sync.WaitGroup
	reloads.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-done:
				return
			default:
			}
			if err := policy.Reload(configs[i%2]); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for n := range 100 {
		clients.Go(func() {
			origin := fmt.Sprintf("https://page%d.example.com", n)
			for range 20 {
				wantOneOf(t, handler, actual(origin), configs)
				wantOneOf(t, handler, check(origin), configs)
			}
		})
	}
	clients.Wait()
	close(done)
	reloads.Wait()
}

// outer is a middleware that overwrites what an answer was made of.
func outer(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		overwrite(c.Response().Header())
		return err
	}
}

func overwrite(h http.Header) {
	for name, values := range h {
		values = values[:cap(values)]
		for i := range values {
			values[i] = "overwritten"
		}
		h[name] = append(values, "appended")
	}
}

func actual(origin string) *http.Request {
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Origin", origin)
	return r
}

// check is a preflight for what every policy allows.
func check(origin string) *http.Request {
	r := httptest.NewRequest("OPTIONS", "/", nil)
	r.Header.Set("Origin", origin)
	r.Header.Set("Access-Control-Request-Method", "GET")
	return r
}

func wantOneOf(t *testing.T, h http.Handler, r *http.Request, configs [2]concors.Config) {
	t.Helper()
	sent := r.Header.Clone()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	got := w.Result().Header
	if !slices.ContainsFunc(configs[:], func(cfg concors.Config) bool {
		return maps.EqualFunc(got, fieldsFor(cfg, r), slices.Equal)
	}) {
		t.Errorf("%s from %s: %q, which is no policy's answer", r.Method, sent["Origin"], got)
	}
	if !maps.EqualFunc(r.Header, sent, slices.Equal) {
		t.Errorf("%s: the request's fields are %q, want them as sent: %q", r.Method, r.Header, sent)
	}
}

// fieldsFor is what the contract wants of a policy of explicit lists.
func fieldsFor(cfg concors.Config, r *http.Request) http.Header {
	h := http.Header{
		"Access-Control-Allow-Origin":      r.Header["Origin"],
		"Access-Control-Allow-Credentials": {"true"},
	}
	if r.Method != http.MethodOptions {
		h["Access-Control-Expose-Headers"] = cfg.ExposeHeaders
		h["Vary"] = []string{"Origin"}
		return h
	}
	h["Access-Control-Allow-Methods"] = []string{strings.Join(cfg.AllowMethods, ", ")}
	h["Access-Control-Allow-Headers"] = []string{strings.Join(cfg.AllowHeaders, ", ")}
	h["Access-Control-Max-Age"] = []string{fmt.Sprint(cfg.MaxAge)}
	h["Vary"] = []string{"Origin, Access-Control-Request-Method, Access-Control-Request-Headers"}
	return h
}
