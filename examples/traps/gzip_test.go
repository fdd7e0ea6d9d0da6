package traps

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-contrib/gzip"
	"github.com/gin-gonic/gin"

	"github.com/concors/concors/conformance/adaptertest"
	corsgin "github.com/concors/concors/gin"
)

// zipped is a gin server with the middlewares and a few answers.
func zipped(t *testing.T, middlewares ...gin.HandlerFunc) *httptest.Server {
	t.Helper()
	r := gin.New()
	r.Use(middlewares...)
	r.GET("/", func(c *gin.Context) { c.String(http.StatusOK, strings.Repeat("ok\n", 100)) })
	r.GET("/conflict", func(c *gin.Context) { c.String(http.StatusConflict, "no\n") })
	r.GET("/status", func(c *gin.Context) { c.Status(http.StatusConflict) })
	r.GET("/json", func(c *gin.Context) { c.AbortWithStatusJSON(http.StatusBadGateway, gin.H{"error": "no"}) })
	return adaptertest.Serve(t, r)
}

var wantsGzip = []string{"Accept-Encoding", "gzip"}

func TestGzipComesAfter(t *testing.T) {
	cors := corsgin.Middleware(adaptertest.AppPolicy(t))
	before := zipped(t, gzip.Gzip(gzip.DefaultCompression), cors)
	if res := preflight(t, before, "/", wantsGzip...); res.Header.Get("Content-Encoding") != "gzip" {
		t.Errorf("trap: Content-Encoding %q of a preflight, want gzip: is the remedy needed still?", res.Header["Content-Encoding"])
	}
	after := zipped(t, cors, gzip.Gzip(gzip.DefaultCompression))
	res := preflight(t, after, "/", wantsGzip...)
	adaptertest.WantReadable(t, "preflight", res, http.StatusNoContent)
	if got, content := res.Header["Content-Encoding"], body(t, res); got != nil || content != "" {
		t.Errorf("preflight: Content-Encoding %q, body %q; want none", got, content)
	}
	res = adaptertest.Fetch(t, after, "GET", "/", wantsGzip...)
	adaptertest.WantReadable(t, "GET", res, http.StatusOK)
	if res.Header.Get("Content-Encoding") != "gzip" || !adaptertest.Varies(res.Header, "Accept-Encoding") {
		t.Errorf("GET: Content-Encoding %q, Vary %q", res.Header["Content-Encoding"], res.Header["Vary"])
	}
}

func TestGzipDeletesVaryFromErrors(t *testing.T) {
	cors, zip := corsgin.Middleware(adaptertest.AppPolicy(t)), gzip.Gzip(gzip.DefaultCompression)
	for name, server := range map[string]*httptest.Server{"after": zipped(t, cors, zip), "before": zipped(t, zip, cors)} {
		if res := adaptertest.Fetch(t, server, "GET", "/conflict", wantsGzip...); adaptertest.Varies(res.Header, "Origin") {
			t.Errorf("trap, gzip %s: Vary %q, want it without Origin: is keepVary needed still?", name, res.Header["Vary"])
		}
	}

	server := zipped(t, cors, keepVary, zip)
	for path, status := range map[string]int{"/": 200, "/conflict": 409, "/status": 409, "/json": 502, "/none": 404} {
		adaptertest.WantReadable(t, path, adaptertest.Fetch(t, server, "GET", path, wantsGzip...), status)
		unzipped := adaptertest.Fetch(t, server, "GET", path, "Accept-Encoding", "identity")
		adaptertest.WantReadable(t, path+" unzipped", unzipped, status)
	}
	adaptertest.WantReadable(t, "preflight", preflight(t, server, "/", wantsGzip...), http.StatusNoContent)
	if res := adaptertest.Fetch(t, server, "GET", "/", wantsGzip...); !adaptertest.Varies(res.Header, "Accept-Encoding") {
		t.Errorf("GET: Vary %q, want Accept-Encoding in it", res.Header["Vary"])
	}
}

// keepVary goes between CORS and gzip, which deletes Vary from errors.
func keepVary(c *gin.Context) {
	w := &varyWriter{c.Writer, c.Writer.Header()["Vary"]}
	c.Writer = w
	c.Next()
	w.restore()
}

type varyWriter struct {
	gin.ResponseWriter
	vary []string
}

func (w *varyWriter) restore() {
	if h := w.Header(); len(h["Vary"]) == 0 {
		h["Vary"] = w.vary
	}
}

func (w *varyWriter) Write(p []byte) (int, error) {
	w.restore()
	return w.ResponseWriter.Write(p)
}
