package traps

import (
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/concors/concors/conformance/adaptertest"
	corsecho "github.com/concors/concors/echo"
	corsgin "github.com/concors/concors/gin"
	corshttp "github.com/concors/concors/stdlib"
)

// proxies are reverse proxies to target behind the middleware.
func proxies(
	t *testing.T, target *url.URL, transport http.RoundTripper, modify func(*http.Response) error,
) map[string]http.Handler {
	t.Helper()
	policy := adaptertest.AppPolicy(t)
	g := gin.New()
	g.Use(corsgin.Middleware(policy))
	g.NoRoute(gin.WrapH(&httputil.ReverseProxy{
		Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(target) },
		Transport:      transport,
		ModifyResponse: modify,
	}))
	e := echo.New()
	e.Use(corsecho.Middleware(policy), middleware.ProxyWithConfig(middleware.ProxyConfig{
		Balancer:       middleware.NewRoundRobinBalancer([]*middleware.ProxyTarget{{URL: target}}),
		Transport:      transport,
		ModifyResponse: modify,
	}))
	return map[string]http.Handler{"gin": g, "echo": e}
}

// README gin: a reverse proxy adds the upstream's `Access-Control-Allow-Origin` to ours
// README echo: `middleware.Proxy` adds the upstream's `Access-Control-Allow-Origin` to ours
func TestStripUpstreamInGinAndEcho(t *testing.T) {
	upstream := adaptertest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		w.Header().Set("Vary", "Accept-Encoding")
		io.WriteString(w, "from upstream\n")
	}))
	target := urlOf(t, upstream)
	for name, proxy := range proxies(t, target, nil, nil) {
		res := adaptertest.Fetch(t, adaptertest.Serve(t, proxy), "GET", "/")
		if got := res.Header["Access-Control-Allow-Origin"]; len(got) != 2 {
			t.Errorf("%s, trap: allowed origins %q, want two: is StripUpstream needed still?", name, got)
		}
	}
	for name, proxy := range proxies(t, target, nil, corshttp.StripUpstream) {
		res := adaptertest.Fetch(t, adaptertest.Serve(t, proxy), "GET", "/")
		adaptertest.WantReadable(t, name, res, http.StatusOK)
		content := body(t, res)
		if content != "from upstream\n" || !adaptertest.Varies(res.Header, "Accept-Encoding") ||
			res.Header["Access-Control-Allow-Credentials"] != nil {
			t.Errorf("%s: body %q, fields %q", name, content, res.Header)
		}
	}
}
