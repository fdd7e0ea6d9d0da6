package corschi_test

import (
	"io"
	"log"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	corschi "github.com/concors/concors/chi"
)

func TestInlineGroupsHideThePreflight(t *testing.T) {
	cors := corschi.Middleware(appPolicy(t))
	inline := chi.NewRouter()
	inline.Group(func(r chi.Router) {
		r.Use(cors)
		r.Put("/api/group", ok)
	})
	inline.With(cors).Put("/api/with", ok)
	wantUnreadable(t, "trap, Group", preflight(inline, "/api/group"), http.StatusMethodNotAllowed)
	wantUnreadable(t, "trap, With", preflight(inline, "/api/with"), http.StatusMethodNotAllowed)

	r := chi.NewRouter()
	r.Use(cors)
	r.Group(func(r chi.Router) { r.Put("/api/group", ok) })
	r.With().Put("/api/with", ok)
	for _, path := range []string{"/api/group", "/api/with"} {
		wantReadable(t, "preflight", preflight(r, path), http.StatusNoContent)
		wantReadable(t, "PUT", ask(r, "PUT", path), http.StatusOK)
	}
}

func TestRouteAndMountSeeThePreflight(t *testing.T) {
	cors := corschi.Middleware(appPolicy(t))
	area := chi.NewRouter()
	area.Use(cors)
	area.Put("/items", ok)
	r := chi.NewRouter()
	r.Mount("/mounted", area)
	r.Route("/routed", func(r chi.Router) {
		r.Use(cors)
		r.Put("/items", ok)
	})
	r.Group(func(r chi.Router) {
		r.Use(cors)
		r.Route("/nested", func(r chi.Router) { r.Put("/items", ok) })
	})
	for _, area := range []string{"/mounted", "/routed", "/nested"} {
		wantReadable(t, area+" preflight", preflight(r, area+"/items"), http.StatusNoContent)
		wantReadable(t, area+" PUT", ask(r, "PUT", area+"/items"), http.StatusOK)
		wantReadable(t, area+" 404", ask(r, "PUT", area+"/nowhere"), http.StatusNotFound)
		wantUnreadable(t, "404 elsewhere", preflight(r, "/nowhere"), http.StatusNotFound)
	}
}

func TestAnOptionsRouteLetsThePreflightIn(t *testing.T) {
	r := chi.NewRouter()
	r.Group(func(r chi.Router) {
		r.Use(corschi.Middleware(appPolicy(t)))
		r.Options("/api/*", ok)
		r.Put("/api/items", ok)
	})
	wantReadable(t, "preflight", preflight(r, "/api/items"), http.StatusNoContent)
	wantUnreadable(t, "side effect: an unknown path", ask(r, "GET", "/api/nowhere"), http.StatusMethodNotAllowed)
}

func TestARouterWithoutRoutesRunsNoMiddleware(t *testing.T) {
	cors := corschi.Middleware(appPolicy(t))
	r := chi.NewRouter()
	r.Use(cors)
	wantUnreadable(t, "trap", preflight(r, "/"), http.StatusNotFound)
	wantReadable(t, "round the router", preflight(cors(r), "/"), http.StatusNoContent)
	r.Get("/health", ok)
	wantReadable(t, "with a route", preflight(r, "/"), http.StatusNoContent)
}

func TestUseAfterARoutePanics(t *testing.T) {
	r := chi.NewRouter()
	r.Get("/", ok)
	wantPanic(t, "Use after Get", "before routes", func() { r.Use(corschi.Middleware(appPolicy(t))) })
}

func TestAreasArePolicyNotMounting(t *testing.T) {
	r := chi.NewRouter()
	r.Use(corschi.Middleware(areaPolicy(t)))
	r.Route("/in", func(r chi.Router) { r.Put("/items", ok) })
	r.Put("/out", ok)
	wantReadable(t, "preflight", preflight(r, "/in/items"), http.StatusNoContent)
	wantReadable(t, "PUT", ask(r, "PUT", "/in/items"), http.StatusOK)
	wantUnreadable(t, "preflight elsewhere", preflight(r, "/out"), http.StatusForbidden)

	area := chi.NewRouter()
	area.Use(corschi.Middleware(areaPolicy(t)))
	area.Put("/items", ok)
	r = chi.NewRouter()
	r.Mount("/in", area)
	wantReadable(t, "keys stay absolute in a mount", preflight(r, "/in/items"), http.StatusNoContent)
}

func TestRedirectSlashesComesAfter(t *testing.T) {
	cors := corschi.Middleware(appPolicy(t))
	redirecting := func(order ...func(http.Handler) http.Handler) http.Handler {
		r := chi.NewRouter()
		r.Use(order...)
		r.Put("/items", ok)
		return r
	}
	wrong := redirecting(middleware.RedirectSlashes, cors)
	wantUnreadable(t, "trap, redirect", ask(wrong, "PUT", "/items/"), http.StatusMovedPermanently)
	wantUnreadable(t, "trap, preflight", preflight(wrong, "/items/"), http.StatusMovedPermanently)
	right := redirecting(cors, middleware.RedirectSlashes)
	wantReadable(t, "redirect", ask(right, "PUT", "/items/"), http.StatusMovedPermanently)
	wantReadable(t, "preflight", preflight(right, "/items/"), http.StatusNoContent)
}

// These middlewares change the path by which chi routes, never the request's
// own, which is what a policy reads; so their order changes no decision.
func TestRoutingPathsAreNotThePathsOfPolicies(t *testing.T) {
	cors := corschi.Middleware(areaPolicy(t))
	for name, routing := range map[string]func(http.Handler) http.Handler{
		"StripSlashes": middleware.StripSlashes, "CleanPath": middleware.CleanPath, "URLFormat": middleware.URLFormat,
	} {
		for _, order := range []chi.Middlewares{{cors, routing}, {routing, cors}} {
			r := chi.NewRouter()
			r.Use(order...)
			r.Put("/in", ok)
			r.Put("/in/items", ok)
			for _, path := range []string{"/in/items", "/in/items/", "/in/items.json"} {
				wantReadable(t, name+" "+path, preflight(r, path), http.StatusNoContent)
			}
			wantUnreadable(t, name+", trap: the key itself with an ending", preflight(r, "/in.json"), http.StatusForbidden)
			wantUnreadable(t, name+", ambiguous", preflight(r, "/in//items"), http.StatusForbidden)
			wantUnreadable(t, name+", ambiguous", preflight(r, "/x/../in/items"), http.StatusForbidden)
		}
	}
}

func TestURLFormatRunsARouteFromOutsideItsKey(t *testing.T) {
	r := chi.NewRouter()
	r.Use(corschi.Middleware(areaPolicy(t)), middleware.URLFormat)
	r.Put("/in", ok)
	r.Put("/in/items", ok)
	wantUnreadable(t, "trap", ask(r, "PUT", "/in.json"), http.StatusOK)
	wantReadable(t, "a route below the key", ask(r, "PUT", "/in/items.json"), http.StatusOK)
}

func TestPathRewriteComesBefore(t *testing.T) {
	cors := corschi.Middleware(areaPolicy(t))
	rewrite := middleware.PathRewrite("/in/", "/out/")
	router := func(order ...func(http.Handler) http.Handler) http.Handler {
		r := chi.NewRouter()
		r.Use(order...)
		r.Put("/out/items", ok)
		return r
	}
	wantReadable(t, "trap: decided by the path that was", ask(router(cors, rewrite), "PUT", "/in/items"), http.StatusOK)
	wantUnreadable(t, "decided by the path that runs", ask(router(rewrite, cors), "PUT", "/in/items"), http.StatusOK)
}

func TestTimeoutKeepsTheFieldsInEitherOrder(t *testing.T) {
	cors := corschi.Middleware(appPolicy(t))
	for _, order := range []chi.Middlewares{{cors, middleware.Timeout(1)}, {middleware.Timeout(1), cors}} {
		r := chi.NewRouter()
		r.Use(order...)
		r.Get("/", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		wantReadable(t, "504", ask(r, "GET", "/"), http.StatusGatewayTimeout)
	}
	r := chi.NewRouter()
	r.Use(cors, func(next http.Handler) http.Handler { return http.TimeoutHandler(next, time.Hour, "") })
	r.Get("/trap", func(w http.ResponseWriter, _ *http.Request) { w.Header().Add("Vary", "Accept") })
	r.Get("/", func(w http.ResponseWriter, _ *http.Request) { w.Header().Add("Vary", "Accept, Origin") })
	if res := ask(r, "GET", "/trap"); varies(res.Header, "Origin") {
		t.Errorf("trap: Vary %q, want it without Origin: is the remedy needed still?", res.Header["Vary"])
	}
	wantReadable(t, "http.TimeoutHandler, Origin named", ask(r, "GET", "/"), http.StatusOK)
}

func TestCompressMergesVary(t *testing.T) {
	cors := corschi.Middleware(appPolicy(t))
	compress := middleware.Compress(5)
	for _, order := range []chi.Middlewares{{cors, compress}, {compress, cors}} {
		r := chi.NewRouter()
		r.Use(order...)
		r.Get("/", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			io.WriteString(w, strings.Repeat("ok\n", 100))
		})
		res := ask(r, "GET", "/", "Accept-Encoding", "gzip")
		wantReadable(t, "GET", res, http.StatusOK)
		if res.Header.Get("Content-Encoding") != "gzip" || !varies(res.Header, "Accept-Encoding") {
			t.Errorf("Content-Encoding %q, Vary %q", res.Header["Content-Encoding"], res.Header["Vary"])
		}
		res = preflight(r, "/", "Accept-Encoding", "gzip")
		wantReadable(t, "preflight", res, http.StatusNoContent)
		if got := res.Header["Content-Encoding"]; got != nil {
			t.Errorf("preflight: Content-Encoding %q, want none", got)
		}
	}
}

func TestLoggersComeBeforeAndAuthAfter(t *testing.T) {
	cors := corschi.Middleware(appPolicy(t))
	auth := middleware.BasicAuth("api", map[string]string{"a": "b"})
	logged := func(order func(logger func(http.Handler) http.Handler) chi.Middlewares) string {
		var lines strings.Builder
		r := chi.NewRouter()
		r.Use(order(middleware.RequestLogger(&middleware.DefaultLogFormatter{
			Logger: log.New(&lines, "", 0), NoColor: true,
		}))...)
		r.Put("/", ok)
		preflight(r, "/")
		return lines.String()
	}
	before := logged(func(logger func(http.Handler) http.Handler) chi.Middlewares { return chi.Middlewares{logger, cors} })
	after := logged(func(logger func(http.Handler) http.Handler) chi.Middlewares { return chi.Middlewares{cors, logger} })
	if !strings.Contains(before, " 204 ") || after != "" {
		t.Errorf("a logger before: %q, want the 204; one after: %q, want nothing", before, after)
	}

	wrong := chi.NewRouter()
	wrong.Use(auth, cors)
	wrong.Put("/", ok)
	wantUnreadable(t, "trap", preflight(wrong, "/"), http.StatusUnauthorized)
	r := chi.NewRouter()
	r.Use(cors, auth)
	r.Put("/", ok)
	wantReadable(t, "preflight", preflight(r, "/"), http.StatusNoContent)
	wantReadable(t, "401", ask(r, "PUT", "/"), http.StatusUnauthorized)
}

func TestVaryIsAddedNotSet(t *testing.T) {
	set := func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Vary", "Accept") }
	if res := ask(root(t, set), "GET", "/"); varies(res.Header, "Origin") {
		t.Errorf("trap: Vary %q, want it without Origin", res.Header["Vary"])
	}
	add := func(w http.ResponseWriter, _ *http.Request) { w.Header().Add("Vary", "Accept") }
	wantReadable(t, "Add", ask(root(t, add), "GET", "/"), http.StatusOK)
}
