package corsgin_test

import (
	"net/http"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/concors/concors/conformance/adaptertest"
	corsgin "github.com/concors/concors/gin"
)

// README gin: `r.NoRoute(cors)`: sees the preflight
func TestNoRouteSeesNoRoutedRequest(t *testing.T) {
	r := gin.New()
	r.NoRoute(corsgin.Middleware(adaptertest.AppPolicy(t)))
	r.PUT("/items", ok)
	server := adaptertest.Serve(t, r)
	preflight := adaptertest.Fetch(t, server, "OPTIONS", "/items", "Access-Control-Request-Method", http.MethodPut)
	adaptertest.WantReadable(t, "the preflight passes", preflight, http.StatusNoContent)
	adaptertest.WantUnreadable(t, "trap: the request itself", adaptertest.Fetch(t, server, "PUT", "/items"), http.StatusOK)
}

// README gin: a panic that nobody recovers closes the connection
func TestAPanicThatNobodyRecoversIsNoAnswer(t *testing.T) {
	r := gin.New()
	r.Use(corsgin.Middleware(adaptertest.AppPolicy(t)))
	r.GET("/", func(*gin.Context) { panic(http.ErrAbortHandler) })
	server := adaptertest.Serve(t, r)
	if res, err := server.Client().Get(server.URL); err == nil {
		res.Body.Close()
		t.Errorf("status %d, want no answer", res.StatusCode)
	}
}
