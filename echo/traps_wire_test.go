package corsecho_test

import (
	"net/http"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/concors/concors/conformance/adaptertest"
	corsecho "github.com/concors/concors/echo"
)

// README echo: a panic that nobody recovers closes the connection
func TestAPanicThatNobodyRecoversIsNoAnswer(t *testing.T) {
	e := echo.New()
	e.Use(corsecho.Middleware(adaptertest.AppPolicy(t)))
	e.GET("/", func(echo.Context) error { panic(http.ErrAbortHandler) })
	server := adaptertest.Serve(t, e)
	if res, err := server.Client().Get(server.URL); err == nil {
		res.Body.Close()
		t.Errorf("status %d, want no answer", res.StatusCode)
	}
}
