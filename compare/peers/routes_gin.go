package peers

import (
	"io"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"
)

func init() { gin.SetMode(gin.ReleaseMode) } // it prints every route otherwise

// onGin has the routes on gin.
func onGin(upstream *url.URL, middleware ...gin.HandlerFunc) http.Handler {
	r := gin.New()
	r.RedirectTrailingSlash = false
	r.HandleMethodNotAllowed = true
	r.Use(gin.RecoveryWithWriter(io.Discard))
	r.Use(middleware...)
	if upstream != nil {
		r.Any("/upstream", gin.WrapH(proxyTo(upstream)))
	}
	r.GET("/getonly", ginRan(ginOK))
	r.NoMethod(ginRan(func(*gin.Context) {})) // gin then answers 405 itself
	r.NoRoute(ginRan(ginAnswer))
	return r
}

// ginAnswer is no catch-all route, which gin takes beside no other.
func ginAnswer(c *gin.Context) {
	switch c.Request.URL.Path {
	case "/missing": // gin answers 404 itself
	case "/error":
		c.AbortWithStatus(http.StatusInternalServerError)
	case "/panic":
		panic("asked for by a case")
	case "/stream":
		c.Status(http.StatusOK)
		for range 3 {
			c.Writer.WriteString("piece\n")
			c.Writer.Flush()
		}
	case "/vary":
		c.Writer.Header().Add("Vary", "Accept-Encoding")
		ginOK(c)
	case "/private":
		if c.GetHeader("Authorization") == "" {
			c.AbortWithStatus(http.StatusUnauthorized)
			return
		}
		ginOK(c)
	case "/notmodified":
		c.Status(http.StatusNotModified)
		c.Writer.WriteHeaderNow()
	case "/redirect":
		c.Redirect(http.StatusFound, "/elsewhere")
		c.Writer.WriteHeaderNow()
	case "/options":
		c.String(http.StatusOK, "own")
	default:
		ginOK(c)
	}
}

func ginOK(c *gin.Context) { c.String(http.StatusOK, "ok\n") }

func ginRan(next gin.HandlerFunc) gin.HandlerFunc {
	return func(c *gin.Context) {
		c.Writer.Header().Set("Handler-Ran", "yes")
		next(c)
	}
}
