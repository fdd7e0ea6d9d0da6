package traps

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-contrib/gzip"
	"github.com/gin-gonic/gin"

	"github.com/concors/concors/conformance/adaptertest"
	corsgin "github.com/concors/concors/gin"
)

// zipped is a gin server with the middlewares, recovery outside them, and a few
// answers.
func zipped(t *testing.T, middlewares ...gin.HandlerFunc) *httptest.Server {
	t.Helper()
	r := gin.New()
	r.Use(gin.RecoveryWithWriter(io.Discard))
	r.Use(middlewares...)
	r.GET("/", func(c *gin.Context) { c.String(http.StatusOK, strings.Repeat("ok\n", 100)) })
	r.GET("/conflict", func(c *gin.Context) { c.String(http.StatusConflict, "no\n") })
	r.GET("/status", func(c *gin.Context) { c.Status(http.StatusConflict) })
	r.GET("/json", func(c *gin.Context) { c.AbortWithStatusJSON(http.StatusBadGateway, gin.H{"error": "no"}) })
	r.GET("/panic", func(*gin.Context) { panic("asked for") })
	r.GET("/status-panic", func(c *gin.Context) {
		c.Status(http.StatusConflict)
		panic("asked for")
	})
	r.GET("/encoded", func(c *gin.Context) {
		c.Header("Content-Encoding", "br")
		c.String(http.StatusOK, "ok as br\n")
	})
	r.GET("/archive", func(c *gin.Context) { c.Data(http.StatusOK, "application/gzip", []byte("\x1f\x8b and so on")) })
	return adaptertest.Serve(t, r)
}

var wantsGzip = []string{"Accept-Encoding", "gzip"}

// README gin: gin-contrib/gzip before CORS marks preflights as compressed
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

// README gin: gin-contrib/gzip deletes `Vary`, in either order
func TestGzipDeletesVary(t *testing.T) {
	cors, zip := corsgin.Middleware(adaptertest.AppPolicy(t)), gzip.Gzip(gzip.DefaultCompression)
	for name, server := range map[string]*httptest.Server{"after": zipped(t, cors, zip), "before": zipped(t, zip, cors)} {
		for path, status := range map[string]int{
			"/conflict": 409, "/status": 409, "/status-panic": 500, "/encoded": 200, "/archive": 200,
		} {
			res := adaptertest.Fetch(t, server, "GET", path, wantsGzip...)
			if res.StatusCode != status || adaptertest.Varies(res.Header, "Origin") {
				t.Errorf("trap, gzip %s, %s: status %d, Vary %q; want %d, without Origin: is keepVary needed still?",
					name, path, res.StatusCode, res.Header["Vary"], status)
			}
		}
	}

	server := zipped(t, cors, keepVary, zip)
	for path, status := range map[string]int{
		"/": 200, "/conflict": 409, "/status": 409, "/json": 502, "/none": 404,
		"/panic": 500, "/status-panic": 500, "/encoded": 200, "/archive": 200,
	} {
		adaptertest.WantReadable(t, path, adaptertest.Fetch(t, server, "GET", path, wantsGzip...), status)
		unzipped := adaptertest.Fetch(t, server, "GET", path, "Accept-Encoding", "identity")
		adaptertest.WantReadable(t, path+" unzipped", unzipped, status)
	}
	adaptertest.WantReadable(t, "preflight", preflight(t, server, "/", wantsGzip...), http.StatusNoContent)
	if res := adaptertest.Fetch(t, server, "GET", "/", wantsGzip...); !adaptertest.Varies(res.Header, "Accept-Encoding") {
		t.Errorf("GET: Vary %q, want Accept-Encoding in it", res.Header["Vary"])
	}
}

// A handler's own Content-Encoding is no matter of keepVary.
//
// README gin: Gzip deletes that `Content-Encoding` as well
func TestGzipDeletesTheEncodingOfTheHandler(t *testing.T) {
	cors := corsgin.Middleware(adaptertest.AppPolicy(t))
	wrong := zipped(t, cors, keepVary, gzip.Gzip(gzip.DefaultCompression))
	res := adaptertest.Fetch(t, wrong, "GET", "/encoded", wantsGzip...)
	if got := res.Header["Content-Encoding"]; got != nil {
		t.Errorf("trap: Content-Encoding %q, want none: is the exclusion needed still?", got)
	}
	right := zipped(t, cors, gzip.Gzip(gzip.DefaultCompression, gzip.WithExcludedPaths([]string{"/encoded"})))
	res = adaptertest.Fetch(t, right, "GET", "/encoded", wantsGzip...)
	adaptertest.WantReadable(t, "excluded", res, http.StatusOK)
	if got := res.Header.Get("Content-Encoding"); got != "br" {
		t.Errorf("excluded: Content-Encoding %q, want br", got)
	}
}

// keepVary goes between CORS and gzip, which deletes Vary from errors and from
// what is encoded already.
func keepVary(c *gin.Context) {
	w := &varyWriter{c.Writer, c.Writer.Header()["Vary"]}
	c.Writer = w
	defer w.restore() // after a panic too
	c.Next()
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
