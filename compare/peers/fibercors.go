package peers

import (
	"io"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/log"
	"github.com/gofiber/fiber/v2/middleware/cors"
)

var fiberCORS = Peer{
	Name: "fiber", Module: "github.com/gofiber/fiber/v2", Router: "fiber",
	Mount: func(s Spec) (App, error) {
		middleware, err := FiberCORS(s)
		if err != nil {
			return App{}, err
		}
		return App{Fiber: onFiber(nil, middleware)}, nil
	},
}

// It warns at every start where a list and a function stand side by side, which
// its documentation allows.
func init() { log.SetOutput(io.Discard) }

// FiberCORS is the cors middleware of fiber, configured by its page in fiber's
// documentation.
func FiberCORS(s Spec) (fiber.Handler, error) {
	c := s.Config
	if err := s.fixedStatus(http.StatusNoContent); err != nil {
		return nil, err
	}
	methods, err := s.sentMethods()
	if err != nil {
		return nil, err
	}
	for _, origin := range c.AllowOrigins {
		scheme, host, port := split(origin)
		if scheme != "" && (host == "*" || port == "*") { // "supports subdomain matching", no more
			return nil, NotOffered{"patterns for ports and for every host of a scheme"}
		}
	}
	cfg := cors.Config{
		AllowOriginsFunc: s.admits(),
		AllowOrigins:     strings.Join(c.AllowOrigins, ","),
		AllowMethods:     strings.Join(methods, ","),
		AllowHeaders:     strings.Join(s.headers(), ","), // empty: whatever is asked for
		AllowCredentials: c.AllowCredentials,
		ExposeHeaders:    strings.Join(c.ExposeHeaders, ","),
		MaxAge:           c.MaxAge,
	}
	if s.anyHeader() {
		cfg.AllowHeaders = ""
	}
	return cors.New(cfg), nil
}
