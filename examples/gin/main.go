// Command gin serves the example API with gin.
package main

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/internal/demo"
	corsgin "github.com/concors/concors/gin"
)

func main() { demo.Main("gin", serve) }

func serve(policy *concors.Policy) demo.Server {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	// gin redirects /hello/ before any middleware runs, and browsers refuse a
	// redirect without CORS fields.
	r.RedirectTrailingSlash = false
	// The policy is on the engine, before the routes: a group never sees a
	// preflight.
	r.Use(gin.Logger(), gin.Recovery(), corsgin.Middleware(policy))

	r.Match([]string{"GET", "POST", "PUT", "PATCH", "DELETE"}, "/hello", hello)
	r.Any("/error", func(c *gin.Context) { c.String(http.StatusInternalServerError, "the handler failed") })
	r.Any("/panic", func(*gin.Context) { panic("the handler panicked") })
	r.OPTIONS("/options", func(c *gin.Context) { c.String(http.StatusOK, "own") })

	server := &http.Server{Handler: r, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: time.Minute}
	return demo.Server{Serve: server.Serve, Shutdown: server.Shutdown}
}

func hello(c *gin.Context) {
	c.Header("X-Request-Id", demo.NewRequestID())
	c.Header("ETag", demo.ETag)
	c.Writer.Header().Add("Vary", "Accept-Encoding") // added: c.Header would remove the Origin that caches need
	c.JSON(http.StatusOK, gin.H{"message": "hello from gin"})
}
