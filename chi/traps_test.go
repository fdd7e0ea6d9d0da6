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
	"github.com/concors/concors/conformance/adaptertest"
)

// README chi: `Group` and `With` hide the preflight (405)
func TestInlineGroupsHideThePreflight(t *testing.T) {
	cors := corschi.Middleware(adaptertest.AppPolicy(t))
	inline := chi.NewRouter()
	inline.Group(func(r chi.Router) {
		r.Use(cors)
		r.Put("/api/group", ok)
	})
	inline.With(cors).Put("/api/with", ok)
	adaptertest.WantUnreadable(t, "trap, Group", adaptertest.Preflight(inline, "/api/group"), http.StatusMethodNotAllowed)
	adaptertest.WantUnreadable(t, "trap, With", adaptertest.Preflight(inline, "/api/with"), http.StatusMethodNotAllowed)

	r := chi.NewRouter()
	r.Use(cors)
	r.Group(func(r chi.Router) { r.Put("/api/group", ok) })
	r.With().Put("/api/with", ok)
	for _, path := range []string{"/api/group", "/api/with"} {
		adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(r, path), http.StatusNoContent)
		adaptertest.WantReadable(t, "PUT", adaptertest.Ask(r, "PUT", path), http.StatusOK)
	}
}

// README chi: Or `Route` or `Mount`, which see all below their path
func TestRouteAndMountSeeThePreflight(t *testing.T) {
	cors := corschi.Middleware(adaptertest.AppPolicy(t))
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
		adaptertest.WantReadable(t, area+" preflight", adaptertest.Preflight(r, area+"/items"), http.StatusNoContent)
		adaptertest.WantReadable(t, area+" PUT", adaptertest.Ask(r, "PUT", area+"/items"), http.StatusOK)
		adaptertest.WantReadable(t, area+" 404", adaptertest.Ask(r, "PUT", area+"/nowhere"), http.StatusNotFound)
		adaptertest.WantUnreadable(t, "404 elsewhere", adaptertest.Preflight(r, "/nowhere"), http.StatusNotFound)
	}
}

// README chi: Or `r.Options("/api/*", noop)` in the group
func TestAnOptionsRouteLetsThePreflightIn(t *testing.T) {
	r := chi.NewRouter()
	r.Group(func(r chi.Router) {
		r.Use(corschi.Middleware(adaptertest.AppPolicy(t)))
		r.Options("/api/*", ok)
		r.Put("/api/items", ok)
	})
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(r, "/api/items"), http.StatusNoContent)
	unknown := adaptertest.Ask(r, "GET", "/api/nowhere")
	adaptertest.WantUnreadable(t, "side effect: an unknown path", unknown, http.StatusMethodNotAllowed)
}

// README chi: a root without any route runs no middleware
func TestARouterWithoutRoutesRunsNoMiddleware(t *testing.T) {
	cors := corschi.Middleware(adaptertest.AppPolicy(t))
	r := chi.NewRouter()
	r.Use(cors)
	adaptertest.WantUnreadable(t, "trap", adaptertest.Preflight(r, "/"), http.StatusNotFound)
	adaptertest.WantReadable(t, "round the router", adaptertest.Preflight(cors(r), "/"), http.StatusNoContent)
	r.Get("/health", ok)
	adaptertest.WantReadable(t, "with a route", adaptertest.Preflight(r, "/"), http.StatusNoContent)
}

// README chi: `Use` after a route panics
func TestUseAfterARoutePanics(t *testing.T) {
	r := chi.NewRouter()
	r.Get("/", ok)
	adaptertest.WantPanic(t, "Use after Get", "before routes", func() { r.Use(corschi.Middleware(adaptertest.AppPolicy(t))) })
}

// README chi: Keep the one middleware and scope the policy by path
func TestAreasArePolicyNotMounting(t *testing.T) {
	r := chi.NewRouter()
	r.Use(corschi.Middleware(adaptertest.AreaPolicy(t)))
	r.Route("/in", func(r chi.Router) { r.Put("/items", ok) })
	r.Put("/out", ok)
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(r, "/in/items"), http.StatusNoContent)
	adaptertest.WantReadable(t, "PUT", adaptertest.Ask(r, "PUT", "/in/items"), http.StatusOK)
	adaptertest.WantUnreadable(t, "preflight elsewhere", adaptertest.Preflight(r, "/out"), http.StatusForbidden)

	area := chi.NewRouter()
	area.Use(corschi.Middleware(adaptertest.AreaPolicy(t)))
	area.Put("/items", ok)
	r = chi.NewRouter()
	r.Mount("/in", area)
	adaptertest.WantReadable(t, "keys stay absolute in a mount", adaptertest.Preflight(r, "/in/items"), http.StatusNoContent)
}

// README chi: `RedirectSlashes` before CORS
func TestRedirectSlashesComesAfter(t *testing.T) {
	cors := corschi.Middleware(adaptertest.AppPolicy(t))
	redirecting := func(order ...func(http.Handler) http.Handler) http.Handler {
		r := chi.NewRouter()
		r.Use(order...)
		r.Put("/items", ok)
		return r
	}
	wrong := redirecting(middleware.RedirectSlashes, cors)
	adaptertest.WantUnreadable(t, "trap, redirect", adaptertest.Ask(wrong, "PUT", "/items/"), http.StatusMovedPermanently)
	adaptertest.WantUnreadable(t, "trap, preflight", adaptertest.Preflight(wrong, "/items/"), http.StatusMovedPermanently)
	right := redirecting(cors, middleware.RedirectSlashes)
	adaptertest.WantReadable(t, "redirect", adaptertest.Ask(right, "PUT", "/items/"), http.StatusMovedPermanently)
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(right, "/items/"), http.StatusNoContent)
}

// These middlewares change the path by which chi routes, never the request's
// own, which is what a policy reads; so their order changes no decision.
//
// README chi: `URLFormat`, `StripSlashes` and `CleanPath` change the path
func TestRoutingPathsAreNotThePathsOfPolicies(t *testing.T) {
	cors := corschi.Middleware(adaptertest.AreaPolicy(t))
	for name, routing := range map[string]func(http.Handler) http.Handler{
		"StripSlashes": middleware.StripSlashes, "CleanPath": middleware.CleanPath, "URLFormat": middleware.URLFormat,
	} {
		for _, order := range []chi.Middlewares{{cors, routing}, {routing, cors}} {
			r := chi.NewRouter()
			r.Use(order...)
			r.Put("/in", ok)
			r.Put("/in/items", ok)
			for _, path := range []string{"/in/items", "/in/items/", "/in/items.json"} {
				adaptertest.WantReadable(t, name+" "+path, adaptertest.Preflight(r, path), http.StatusNoContent)
			}
			ending := adaptertest.Preflight(r, "/in.json")
			adaptertest.WantUnreadable(t, name+", trap: the key itself with an ending", ending, http.StatusForbidden)
			adaptertest.WantUnreadable(t, name+", ambiguous", adaptertest.Preflight(r, "/in//items"), http.StatusForbidden)
			adaptertest.WantUnreadable(t, name+", ambiguous", adaptertest.Preflight(r, "/x/../in/items"), http.StatusForbidden)
		}
	}
}

// README chi: `URLFormat`, `StripSlashes` and `CleanPath` change the path
func TestURLFormatRunsARouteFromOutsideItsKey(t *testing.T) {
	r := chi.NewRouter()
	r.Use(corschi.Middleware(adaptertest.AreaPolicy(t)), middleware.URLFormat)
	r.Put("/in", ok)
	r.Put("/in/items", ok)
	adaptertest.WantUnreadable(t, "trap", adaptertest.Ask(r, "PUT", "/in.json"), http.StatusOK)
	adaptertest.WantReadable(t, "a route below the key", adaptertest.Ask(r, "PUT", "/in/items.json"), http.StatusOK)
}

// README chi: `PathRewrite` after CORS: decided by the old path
func TestPathRewriteComesBefore(t *testing.T) {
	cors := corschi.Middleware(adaptertest.AreaPolicy(t))
	rewrite := middleware.PathRewrite("/in/", "/out/")
	router := func(order ...func(http.Handler) http.Handler) http.Handler {
		r := chi.NewRouter()
		r.Use(order...)
		r.Put("/out/items", ok)
		return r
	}
	after, before := router(cors, rewrite), router(rewrite, cors)
	adaptertest.WantReadable(t, "trap: decided by the path that was", adaptertest.Ask(after, "PUT", "/in/items"), http.StatusOK)
	adaptertest.WantUnreadable(t, "decided by the path that runs", adaptertest.Ask(before, "PUT", "/in/items"), http.StatusOK)
}

// README chi: `http.TimeoutHandler` as a middleware: a `Vary` of the handler
// README chi: or `middleware.Timeout`, which has no such effect
func TestTimeoutKeepsTheFieldsInEitherOrder(t *testing.T) {
	cors := corschi.Middleware(adaptertest.AppPolicy(t))
	for _, order := range []chi.Middlewares{{cors, middleware.Timeout(1)}, {middleware.Timeout(1), cors}} {
		r := chi.NewRouter()
		r.Use(order...)
		r.Get("/", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		adaptertest.WantReadable(t, "504", adaptertest.Ask(r, "GET", "/"), http.StatusGatewayTimeout)
	}
	r := chi.NewRouter()
	r.Use(cors, func(next http.Handler) http.Handler { return http.TimeoutHandler(next, time.Hour, "") })
	r.Get("/trap", func(w http.ResponseWriter, _ *http.Request) { w.Header().Add("Vary", "Accept") })
	r.Get("/", func(w http.ResponseWriter, _ *http.Request) { w.Header().Add("Vary", "Accept, Origin") })
	if res := adaptertest.Ask(r, "GET", "/trap"); adaptertest.Varies(res.Header, "Origin") {
		t.Errorf("trap: Vary %q, want it without Origin: is the remedy needed still?", res.Header["Vary"])
	}
	adaptertest.WantReadable(t, "http.TimeoutHandler, Origin named", adaptertest.Ask(r, "GET", "/"), http.StatusOK)
}

// README chi: `Recoverer`, `Timeout` and `Compress` may stand on either side
func TestCompressMergesVary(t *testing.T) {
	cors := corschi.Middleware(adaptertest.AppPolicy(t))
	compress := middleware.Compress(5)
	for _, order := range []chi.Middlewares{{cors, compress}, {compress, cors}} {
		r := chi.NewRouter()
		r.Use(order...)
		r.Get("/", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			io.WriteString(w, strings.Repeat("ok\n", 100))
		})
		res := adaptertest.Ask(r, "GET", "/", "Accept-Encoding", "gzip")
		adaptertest.WantReadable(t, "GET", res, http.StatusOK)
		if res.Header.Get("Content-Encoding") != "gzip" || !adaptertest.Varies(res.Header, "Accept-Encoding") {
			t.Errorf("Content-Encoding %q, Vary %q", res.Header["Content-Encoding"], res.Header["Vary"])
		}
		res = adaptertest.Preflight(r, "/", "Accept-Encoding", "gzip")
		adaptertest.WantReadable(t, "preflight", res, http.StatusNoContent)
		if got := res.Header["Content-Encoding"]; got != nil {
			t.Errorf("preflight: Content-Encoding %q, want none", got)
		}
	}
}

// README chi: A logger after CORS sees no preflight
func TestLoggersComeBeforeAndAuthAfter(t *testing.T) {
	cors := corschi.Middleware(adaptertest.AppPolicy(t))
	auth := middleware.BasicAuth("api", map[string]string{"a": "b"})
	logged := func(order func(logger func(http.Handler) http.Handler) chi.Middlewares) string {
		var lines strings.Builder
		r := chi.NewRouter()
		r.Use(order(middleware.RequestLogger(&middleware.DefaultLogFormatter{
			Logger: log.New(&lines, "", 0), NoColor: true,
		}))...)
		r.Put("/", ok)
		adaptertest.Preflight(r, "/")
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
	adaptertest.WantUnreadable(t, "trap", adaptertest.Preflight(wrong, "/"), http.StatusUnauthorized)
	r := chi.NewRouter()
	r.Use(cors, auth)
	r.Put("/", ok)
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(r, "/"), http.StatusNoContent)
	adaptertest.WantReadable(t, "401", adaptertest.Ask(r, "PUT", "/"), http.StatusUnauthorized)
}

// README chi: `w.Header().Set("Vary", …)` deletes `Origin`
func TestVaryIsAddedNotSet(t *testing.T) {
	set := func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Vary", "Accept") }
	if res := adaptertest.Ask(root(t, set), "GET", "/"); adaptertest.Varies(res.Header, "Origin") {
		t.Errorf("trap: Vary %q, want it without Origin", res.Header["Vary"])
	}
	add := func(w http.ResponseWriter, _ *http.Request) { w.Header().Add("Vary", "Accept") }
	adaptertest.WantReadable(t, "Add", adaptertest.Ask(root(t, add), "GET", "/"), http.StatusOK)
}
