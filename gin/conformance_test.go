package corsgin_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/concors/concors/conformance"
	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corsgin "github.com/concors/concors/gin"
	corshttp "github.com/concors/concors/stdlib"
)

func TestMain(m *testing.M) {
	gin.SetMode(gin.ReleaseMode)
	os.Exit(m.Run())
}

func TestConformance(t *testing.T) {
	upstream, err := url.Parse(adaptertest.Serve(t, http.HandlerFunc(conformance.Upstream)).URL)
	if err != nil {
		t.Fatal(err)
	}
	conformance.Run(t, func(t *testing.T, policies []*concors.Policy) string {
		r := gin.New()
		r.RedirectTrailingSlash = false
		r.HandleMethodNotAllowed = true
		r.Use(gin.RecoveryWithWriter(io.Discard))
		for _, policy := range policies {
			r.Use(corsgin.Middleware(policy))
		}
		routes(r)
		r.Any("/upstream", gin.WrapH(&httputil.ReverseProxy{
			Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(upstream) },
			ModifyResponse: corshttp.StripUpstream,
		}))
		server := httptest.NewServer(r)
		t.Cleanup(server.Close)
		return server.Listener.Addr().String()
	})
}

// routes has no catch-all: gin takes none beside other routes.
func routes(r *gin.Engine) {
	r.Any("/error", ran(func(c *gin.Context) { c.AbortWithStatus(http.StatusInternalServerError) }))
	r.Any("/panic", ran(func(*gin.Context) { panic("asked for by a case") }))
	r.Any("/stream", ran(func(c *gin.Context) {
		for range 3 {
			c.Writer.WriteString("piece\n")
			c.Writer.Flush()
		}
	}))
	r.Any("/vary", ran(func(c *gin.Context) {
		c.Writer.Header().Add("Vary", "Accept-Encoding")
		ok(c)
	}))
	r.Any("/private", ran(func(c *gin.Context) {
		if c.GetHeader("Authorization") == "" {
			c.AbortWithStatus(http.StatusUnauthorized)
			return
		}
		ok(c)
	}))
	r.Any("/notmodified", ran(func(c *gin.Context) { c.Status(http.StatusNotModified) }))
	r.Any("/redirect", ran(func(c *gin.Context) { c.Redirect(http.StatusFound, "/elsewhere") }))
	r.OPTIONS("/options", ran(func(c *gin.Context) { c.String(http.StatusOK, "own") }))
	r.Match([]string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}, "/options", ran(ok))
	r.GET("/getonly", ran(ok))
	r.NoMethod(ran(func(*gin.Context) {})) // gin then answers 405 itself
	r.NoRoute(ran(func(c *gin.Context) {
		if c.Request.URL.Path != "/missing" { // there gin answers 404 itself
			ok(c)
		}
	}))
}

func ran(next gin.HandlerFunc) gin.HandlerFunc {
	return func(c *gin.Context) {
		c.Writer.Header().Set("Handler-Ran", "yes")
		next(c)
	}
}

// ok is a handler that has nothing to do with CORS.
func ok(c *gin.Context) { c.String(http.StatusOK, "ok\n") }
