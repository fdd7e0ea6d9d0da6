package corsgin_test

import (
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corsgin "github.com/concors/concors/gin"
)

func TestNilPolicyPanics(t *testing.T) {
	adaptertest.WantPanic(t, "Middleware(nil)", "corsgin: Middleware needs a policy", func() { corsgin.Middleware(nil) })
}

// root is an engine with the middleware, and h on "/" and "/a".
func root(t *testing.T, h gin.HandlerFunc) *gin.Engine {
	t.Helper()
	r := gin.New()
	r.Use(corsgin.Middleware(adaptertest.AppPolicy(t)))
	r.GET("/", h)
	r.GET("/a", h)
	return r
}

func TestHandlersOfTheStandardLibrary(t *testing.T) {
	adaptertest.Handlers(t, func(policy *concors.Policy, h http.Handler) http.Handler {
		r := gin.New()
		r.Use(corsgin.Middleware(policy))
		r.GET("/*any", gin.WrapH(h))
		return r
	})
}

func TestAnswersOfGinKeepTheFields(t *testing.T) {
	for _, test := range []struct {
		name    string
		handler gin.HandlerFunc
		status  int
	}{
		{"AbortWithStatusJSON", func(c *gin.Context) { c.AbortWithStatusJSON(418, gin.H{"error": "no"}) }, 418},
		{"AbortWithError", func(c *gin.Context) { c.AbortWithError(500, errors.New("no")) }, 500},
		{"Redirect", func(c *gin.Context) { c.Redirect(http.StatusFound, "/b") }, 302},
		{"SSEvent", func(c *gin.Context) { c.SSEvent("tick", "1"); c.Writer.Flush() }, 200},
	} {
		server := adaptertest.Serve(t, root(t, test.handler))
		adaptertest.WantReadable(t, test.name, adaptertest.Fetch(t, server, "GET", "/a"), test.status)
	}
	r := root(t, ok)
	r.Static("/files", t.TempDir())
	adaptertest.WantReadable(t, "no such file", adaptertest.Ask(r, "GET", "/files/none"), http.StatusNotFound)
	adaptertest.WantReadable(t, "no such route", adaptertest.Ask(r, "GET", "/none"), http.StatusNotFound)
}

// README gin: A panic keeps the fields with recovery on either side
func TestPanicsKeepTheFields(t *testing.T) {
	cors := corsgin.Middleware(adaptertest.AppPolicy(t))
	recovery := gin.RecoveryWithWriter(io.Discard)
	for name, order := range map[string]gin.HandlersChain{
		"Recovery before": {recovery, cors}, "Recovery after": {cors, recovery},
	} {
		r := gin.New()
		r.Use(order...)
		r.GET("/", func(*gin.Context) { panic("asked for") })
		adaptertest.WantReadable(t, name, adaptertest.Ask(r, "GET", "/"), http.StatusInternalServerError)
	}
}
