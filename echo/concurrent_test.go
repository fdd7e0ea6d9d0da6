package corsecho_test

import (
	"net/http"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
)

// Each answer is wholly the one or wholly the other policy's, whatever handlers
// and outer middleware do to the header slices of the answers around it.
func TestConcurrentAnswersShareNothing(t *testing.T) {
	adaptertest.Storm(t, func(policy *concors.Policy) http.Handler {
		e := echo.New()
		e.Use(corsecho.Middleware(policy))
		e.GET("/", func(c echo.Context) error {
			err := c.NoContent(http.StatusOK)
			adaptertest.Overwrite(c.Response().Header())
			return err
		})
		return e
	})
}
