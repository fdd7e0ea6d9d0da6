package compress_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/gofiber/fiber/v2"
	fibercompress "github.com/gofiber/fiber/v2/middleware/compress"
	"github.com/klauspost/compress/gzhttp"
	"github.com/labstack/echo/v4"
	echomiddleware "github.com/labstack/echo/v4/middleware"

	corschi "github.com/concors/concors/chi"
	"github.com/concors/concors/conformance/adaptertest"
	"github.com/concors/concors/conformance/browser"
	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
	"github.com/concors/concors/examples/production/beside/compress"
	"github.com/concors/concors/examples/production/internal/routers"
	corsfiber "github.com/concors/concors/fiber"
	corsgin "github.com/concors/concors/gin"
	corshttp "github.com/concors/concors/stdlib"
)

var long = strings.Repeat("a text that is worth it\n", 400)

// answers are what the routers serve: status, and a long text where there is
// a body.
var answers = map[string]int{"/ok": 200, "/conflict": 409, "/broken": 500, "/fresh": 304}

func write(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		w.WriteHeader(status)
		if status != http.StatusNotModified {
			w.Write([]byte(long))
		}
	}
}

func routed(stdlib func(http.Handler) http.Handler, c *chi.Mux, g *gin.Engine, roundGin func(*gin.Engine) http.Handler,
	e *echo.Echo, f *fiber.App) routers.Apps {
	mux := http.NewServeMux()
	for path, status := range answers {
		mux.Handle(path, write(status))
		c.Handle(path, write(status))
		g.Any(path, gin.WrapF(write(status)))
		e.Any(path, echo.WrapHandler(write(status)))
		f.All(path, func(c *fiber.Ctx) error {
			c.Status(status).Type("txt")
			if status == http.StatusNotModified {
				return nil
			}
			return c.SendString(long)
		})
	}
	return routers.Apps{Stdlib: stdlib(mux), Chi: c, Gin: roundGin(g), Echo: e, Fiber: f}
}

// behind has the order of the example.
func behind(policy *concors.Policy) routers.Apps {
	gin.SetMode(gin.ReleaseMode)
	return routed(
		func(h http.Handler) http.Handler { return compress.Stdlib(policy, h) }, compress.Chi(policy),
		gin.New(), func(g *gin.Engine) http.Handler { return compress.Gin(policy, g) },
		compress.Echo(policy), compress.Fiber(policy))
}

// inFront has compression in front of the policy.
func inFront(policy *concors.Policy) routers.Apps {
	gin.SetMode(gin.ReleaseMode)
	c, g, e := chi.NewRouter(), gin.New(), echo.New()
	f := fiber.New(fiber.Config{DisableStartupMessage: true})
	c.Use(middleware.Compress(5), corschi.Middleware(policy))
	g.Use(corsgin.Middleware(policy))
	e.Use(echomiddleware.Gzip(), corsecho.Middleware(policy))
	f.Use(fibercompress.New(), corsfiber.Middleware(policy))
	return routed(
		func(h http.Handler) http.Handler { return gzhttp.GzipHandler(corshttp.Middleware(policy)(h)) }, c,
		g, func(g *gin.Engine) http.Handler { return gzhttp.GzipHandler(g) }, e, f)
}

func TestBothWriteVary(t *testing.T) {
	policy := adaptertest.AppPolicy(t)
	for name, all := range map[string]routers.Apps{"behind": behind(policy), "in front": inFront(policy)} {
		t.Run(name, func(t *testing.T) {
			all.OnEach(t, func(t *testing.T, base string) {
				for path, status := range answers {
					res := ask(t, http.MethodGet, base+path)
					adaptertest.WantReadable(t, path, res, status)
					if status == 304 {
						continue // nothing to compress
					}
					if got := res.Header.Get("Content-Encoding"); got != "gzip" || !adaptertest.Varies(res.Header, "Accept-Encoding") {
						t.Errorf("%s: Content-Encoding %q, Vary %q; want gzip, and Accept-Encoding in Vary", path, got, res.Header["Vary"])
					}
				}
			})
		})
	}
}

// Whoever stands in front, a preflight has no body to compress, and passes.
func TestPreflightsStayEmpty(t *testing.T) {
	policy := adaptertest.AppPolicy(t)
	for name, all := range map[string]routers.Apps{"behind": behind(policy), "in front": inFront(policy)} {
		t.Run(name, func(t *testing.T) {
			all.OnEach(t, func(t *testing.T, base string) {
				res := ask(t, http.MethodOptions, base+"/ok", "Access-Control-Request-Method", "PUT")
				adaptertest.WantReadable(t, "preflight", res, http.StatusNoContent)
				if got := res.Header.Get("Content-Encoding"); got != "" {
					t.Errorf("preflight: Content-Encoding %q, want none", got)
				}
			})
		})
	}
}

func TestPageReadsTheText(t *testing.T) {
	behind(adaptertest.AppPolicy(t)).OnEach(t, func(t *testing.T, base string) {
		b, err := browser.Dial(base)
		if err != nil {
			t.Fatal(err)
		}
		r, err := b.Fetch(t.Context(), browser.Fetch{Page: adaptertest.App, URL: "/conflict", Method: http.MethodPut})
		if err != nil {
			t.Fatal(err)
		}
		if !r.Allowed() || r.Status != 409 || string(r.Body) != long {
			t.Errorf("%v, %d bytes; want 409 and %d bytes", r, len(r.Body), len(long))
		}
	})
}

// ask sends a request of the app, with gzip accepted, and leaves the body as it came.
func ask(t *testing.T, method, url string, fields ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	fields = append(fields, "Origin", adaptertest.App, "Accept-Encoding", "gzip")
	for i := 0; i < len(fields); i += 2 {
		r.Header.Set(fields[i], fields[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return res
}
