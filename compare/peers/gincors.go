package peers

import (
	"slices"
	"strings"
	"time"

	"github.com/gin-contrib/cors"
	"github.com/gin-gonic/gin"
)

var ginCORS = Peer{
	Name: "gin-contrib/cors", Module: "github.com/gin-contrib/cors", Router: "gin",
	Mount: func(s Spec) (App, error) {
		middleware, err := GinCORS(s)
		if err != nil {
			return App{}, err
		}
		return App{HTTP: onGin(nil, middleware)}, nil
	},
}

// GinCORS is github.com/gin-contrib/cors, configured by its README.
func GinCORS(s Spec) (gin.HandlerFunc, error) {
	c := s.Config
	if err := s.noNegativeMaxAge(); err != nil {
		return nil, err
	}
	methods, err := s.sentMethods()
	if err != nil {
		return nil, err
	}
	cfg := cors.Config{
		AllowAllOrigins:           s.anyOrigin(),
		AllowOriginFunc:           s.admits(), // asked where the list does not match
		AllowMethods:              methods,
		AllowHeaders:              c.AllowHeaders,
		AllowCredentials:          c.AllowCredentials,
		ExposeHeaders:             c.ExposeHeaders,
		MaxAge:                    time.Duration(c.MaxAge) * time.Second,
		OptionsResponseStatusCode: c.PreflightStatus,
	}
	if s.anyHeader() {
		if c.AllowCredentials {
			return nil, NotOffered{"every header with credentials"}
		}
		// The list is sent as it is, and to a browser "*" leaves Authorization out.
		cfg.AllowHeaders = []string{"*", "Authorization"}
	}
	if !s.anyOrigin() {
		cfg.AllowOrigins, err = starred(c.AllowOrigins, true) // "only one * is allowed per origin string"
		if err != nil {
			return nil, err
		}
		cfg.AllowWildcard = slices.ContainsFunc(cfg.AllowOrigins, isPattern)
		cfg.CustomSchemas = schemas(c.AllowOrigins)
	}
	return cors.New(cfg), nil
}

// schemas lists the schemes that must be declared: those of apps.
func schemas(origins []string) []string {
	var out []string
	for _, origin := range origins {
		scheme, _, found := strings.Cut(origin, "://")
		if found && scheme != "http" && scheme != "https" {
			out = append(out, scheme+"://")
		}
	}
	return out
}
