package peers

import (
	"net/http"
	"slices"

	"github.com/gorilla/handlers"
)

var gorillaCORS = Peer{
	Name: "gorilla/handlers", Module: "github.com/gorilla/handlers", Router: "gorilla/mux",
	Mount: func(s Spec) (App, error) {
		middleware, err := GorillaCORS(s)
		if err != nil {
			return App{}, err
		}
		return App{HTTP: onMux(middleware)}, nil
	},
}

// GorillaCORS is handlers.CORS of github.com/gorilla/handlers, configured by the
// comments of its options.
func GorillaCORS(s Spec) (func(http.Handler) http.Handler, error) {
	c := s.Config
	if err := s.noNegativeMaxAge(); err != nil {
		return nil, err
	}
	methods, err := s.methods()
	if err != nil {
		return nil, err
	}
	if s.anyHeader() {
		return nil, NotOffered{"every header"}
	}
	if !s.anyOrigin() && slices.ContainsFunc(c.AllowOrigins, isPattern) {
		return nil, NotOffered{"patterns of origins"}
	}
	admits, err := s.admitsAll() // the validator decides alone
	if err != nil {
		return nil, err
	}
	status := c.PreflightStatus
	if status == 0 {
		status = http.StatusNoContent
	}
	options := []handlers.CORSOption{
		handlers.AllowedOrigins(c.AllowOrigins),
		handlers.AllowedMethods(methods), // "you must also pass GET, HEAD, and POST"
		handlers.AllowedHeaders(c.AllowHeaders),
		handlers.ExposedHeaders(c.ExposeHeaders),
		handlers.MaxAge(c.MaxAge),
		handlers.OptionStatusCode(status),
	}
	if admits != nil {
		options = append(options, handlers.AllowedOriginValidator(admits))
	}
	if c.AllowCredentials {
		options = append(options, handlers.AllowCredentials())
	}
	return handlers.CORS(options...), nil
}
