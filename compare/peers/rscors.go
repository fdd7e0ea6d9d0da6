package peers

import (
	"net/http"

	"github.com/rs/cors"
)

var rsCORS = Peer{
	Name: "rs/cors", Module: "github.com/rs/cors", Router: "net/http",
	Mount: func(s Spec) (App, error) {
		middleware, err := RSCORS(s)
		if err != nil {
			return App{}, err
		}
		return App{HTTP: onServeMux(middleware)}, nil
	},
}

// RSCORS is github.com/rs/cors, configured by the comments of its Options.
func RSCORS(s Spec) (func(http.Handler) http.Handler, error) {
	c := s.Config
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
	return cors.New(cors.Options{
		AllowedOrigins:       origins,
		AllowOriginFunc:      admits,
		AllowedMethods:       methods,
		AllowedHeaders:       s.headers(), // empty: Accept, Content-Type, X-Requested-With
		ExposedHeaders:       c.ExposeHeaders,
		MaxAge:               c.MaxAge,
		AllowCredentials:     c.AllowCredentials,
		OptionsSuccessStatus: c.PreflightStatus,
	}).Handler, nil
}
