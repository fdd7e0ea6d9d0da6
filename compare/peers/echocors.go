package peers

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

var echoCORS = Peer{
	Name: "echo", Module: "github.com/labstack/echo/v4", Router: "echo",
	Mount: func(s Spec) (App, error) {
		cors, err := EchoCORS(s)
		if err != nil {
			return App{}, err
		}
		return App{HTTP: onEcho(nil, cors)}, nil
	},
}

// EchoCORS is the CORS middleware of echo, configured by the comments of its
// CORSConfig.
func EchoCORS(s Spec) (echo.MiddlewareFunc, error) {
	c := s.Config
	if err := s.fixedStatus(http.StatusNoContent); err != nil {
		return nil, err
	}
	methods, err := s.sentMethods()
	if err != nil {
		return nil, err
	}
	origins, err := starred(c.AllowOrigins, false) // "converted to regex fragments '.*'"
	if err != nil {
		return nil, err
	}
	admits, err := s.admitsAll() // "If this option is set, AllowOrigins is ignored"
	if err != nil {
		return nil, err
	}
	cfg := middleware.CORSConfig{
		AllowOrigins:     origins,
		AllowMethods:     methods,
		AllowHeaders:     s.headers(), // empty: whatever is asked for
		AllowCredentials: c.AllowCredentials,
		ExposeHeaders:    c.ExposeHeaders,
		MaxAge:           c.MaxAge,
	}
	if admits != nil {
		cfg.AllowOriginFunc = func(origin string) (bool, error) { return admits(origin), nil }
	}
	if s.anyHeader() {
		cfg.AllowHeaders = nil
	}
	return middleware.CORSWithConfig(cfg), nil
}
