// An echo server with the ways to configure CORS that its documentation shows.
package main

import (
	"log"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

func main() {
	e := echo.New()
	e.Use(middleware.CORS())

	api := e.Group("/api")
	api.Use(middleware.CORSWithConfig(middleware.CORSConfig{
		Skipper:       func(c echo.Context) bool { return strings.HasPrefix(c.Path(), "/api/health") },
		AllowOrigins:  []string{"https://app.example.com/", "http://localhost:*", "https://app?.example.com"},
		AllowMethods:  []string{http.MethodGet, echo.PATCH, "put"},
		AllowHeaders:  []string{echo.HeaderOrigin, echo.HeaderContentType, echo.HeaderAccept},
		ExposeHeaders: []string{"*"},
		MaxAge:        3600,
	}))

	open := middleware.DefaultCORSConfig
	open.AllowCredentials = true
	open.UnsafeWildcardOriginWithAllowCredentials = true
	e.Group("/open", middleware.CORSWithConfig(open))

	e.Group("/tenant", middleware.CORSWithConfig(middleware.CORSConfig{
		Skipper:         middleware.DefaultSkipper,
		AllowOriginFunc: allowTenant,
	}))
	log.Fatal(e.Start("127.0.0.1:8080"))
}

func init() {
	middleware.DefaultCORSConfig.AllowHeaders = []string{"X-Api-Key"}
}

func allowTenant(origin string) (bool, error) {
	return strings.HasSuffix(origin, ".example.com"), nil
}
