package traps

import (
	"net/http"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/concors/concors/conformance/adaptertest"
	corsgin "github.com/concors/concors/gin"
	corshttp "github.com/concors/concors/stdlib"
)

// engine is a gin engine with one handler.
func engine(handler gin.HandlerFunc, middlewares ...gin.HandlerFunc) *gin.Engine {
	r := gin.New()
	r.Use(middlewares...)
	r.GET("/", handler)
	return r
}

// The 503 of a TimeoutHandler round the engine never meets the engine's
// middleware.
//
// README gin: `http.TimeoutHandler` round the engine: its 503 has no CORS fields
func TestTimeoutRoundAGinEngine(t *testing.T) {
	// The handler ends after the answers, so each answer is the 503.
	answered := make(chan struct{})
	late := func(*gin.Context) { <-answered }
	soon := func(h http.Handler) http.Handler { return http.TimeoutHandler(h, time.Nanosecond, "too late") }

	trap := adaptertest.Serve(t, soon(engine(late, corsgin.Middleware(adaptertest.AppPolicy(t)))))
	remedy := adaptertest.Serve(t, corshttp.Middleware(adaptertest.AppPolicy(t))(soon(engine(late))))
	t.Cleanup(func() { close(answered) })
	adaptertest.WantUnreadable(t, "trap, 503", adaptertest.Fetch(t, trap, "GET", "/"), http.StatusServiceUnavailable)
	adaptertest.WantReadable(t, "503", adaptertest.Fetch(t, remedy, "GET", "/"), http.StatusServiceUnavailable)
	adaptertest.WantReadable(t, "preflight", preflight(t, remedy, "/"), http.StatusNoContent)
}

// Inside a TimeoutHandler the header begins empty, and its Vary replaces that
// of the middleware, added or not.
//
// README gin: [corshttp](../stdlib/README.md) round the TimeoutHandler, with what its README says of `Vary`
func TestVaryInATimeoutRoundAGinEngine(t *testing.T) {
	cors := corshttp.Middleware(adaptertest.AppPolicy(t))
	fetch := func(vary string) *http.Response {
		add := func(c *gin.Context) {
			c.Writer.Header().Add("Vary", vary)
			c.String(http.StatusOK, "ok\n")
		}
		server := adaptertest.Serve(t, cors(http.TimeoutHandler(engine(add), time.Hour, "too late")))
		return adaptertest.Fetch(t, server, "GET", "/")
	}
	if res := fetch("Accept"); adaptertest.Varies(res.Header, "Origin") {
		t.Errorf("trap: Vary %q, want it without Origin: is the remedy needed still?", res.Header["Vary"])
	}
	res := fetch("Accept, Origin")
	adaptertest.WantReadable(t, "Origin named by the handler", res, http.StatusOK)
	if !adaptertest.Varies(res.Header, "Accept") {
		t.Errorf("Vary %q, want Accept in it", res.Header["Vary"])
	}
}
