package peers

import (
	"net/http"

	"github.com/go-chi/cors"
)

var chiCORS = Peer{
	Name: "go-chi/cors", Module: "github.com/go-chi/cors", Router: "chi",
	Mount: func(s Spec) (App, error) {
		middleware, err := ChiCORS(s)
		if err != nil {
			return App{}, err
		}
		return App{HTTP: onChi(middleware)}, nil
	},
}

// ChiCORS is github.com/go-chi/cors, configured by the comments of its Options.
func ChiCORS(s Spec) (func(http.Handler) http.Handler, error) {
	c := s.Config
	if err := s.fixedStatus(http.StatusOK); err != nil {
		return nil, err
	}
	if err := s.noNegativeMaxAge(); err != nil {
		return nil, err
	}
	methods, err := s.methods()
	if err != nil {
		return nil, err
	}
	origins, err := starred(c.AllowOrigins, true) // "Only one wildcard can be used per origin"
	if err != nil {
		return nil, err
	}
	admits, err := s.admitsAll() // "the content of AllowedOrigins is ignored"
	if err != nil {
		return nil, err
	}
	options := cors.Options{
		AllowedOrigins:   origins,
		AllowedMethods:   methods,
		AllowedHeaders:   s.headers(), // empty: Origin, Accept, Content-Type
		ExposedHeaders:   c.ExposeHeaders,
		AllowCredentials: c.AllowCredentials,
		MaxAge:           c.MaxAge,
	}
	if admits != nil {
		options.AllowOriginFunc = func(_ *http.Request, origin string) bool { return admits(origin) }
	}
	return cors.Handler(options), nil
}
