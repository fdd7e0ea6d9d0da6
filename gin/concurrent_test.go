package corsgin_test

import (
	"net/http"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corsgin "github.com/concors/concors/gin"
)

// Each answer is wholly the one or wholly the other policy's, whatever handlers
// and outer middleware do to the header slices of the answers around it.
func TestConcurrentAnswersShareNothing(t *testing.T) {
	adaptertest.Storm(t, func(policy *concors.Policy) http.Handler {
		r := gin.New()
		r.Use(corsgin.Middleware(policy))
		r.GET("/", func(c *gin.Context) {
			c.Status(http.StatusOK)
			c.Writer.WriteHeaderNow()
			adaptertest.Overwrite(c.Writer.Header())
		})
		return r
	})
}
