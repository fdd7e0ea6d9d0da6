package library

import (
	"github.com/concors/concors/migrate/internal/source"
)

func chiCORS() *Library {
	const path = "github.com/go-chi/cors"
	return &Library{
		Name: "go-chi/cors",
		Page: Pages + "go-chi-cors.md",
		targets: []*source.Target{{
			Path: path, Config: "Options", Mounts: []string{"New", "Handler"},
			Whole: map[string][]source.Field{"AllowAll": allowAll()},
		}},
		adapters: map[string]Adapter{path: chiAdapter},
		traits:   traits{upperMethods: true, methodsBind: true, starReflects: true, lowerOrigins: true, oneStar: true, funcReplaces: true},
		rules: []rule{
			{"AllowOriginFunc", requestFunc("the request")},
			{"AllowedOrigins", origins("*")},
			{"AllowedMethods", methods("GET", "POST", "HEAD")},
			{"AllowedHeaders", headers("Accept", "Content-Type")},
			{"ExposedHeaders", exposed},
			{"AllowCredentials", credentials},
			{"MaxAge", seconds(false)},
			{"OptionsPassthrough", missing(noPassthrough)},
			{"Debug", noted(noDebug)},
		},
		finish: func(t *translation) {
			t.config.PreflightStatus = 200
			t.line("PreflightStatus", "200", "what go-chi/cors answers; without this line 204")
			t.starWithCredentials("")
		},
		Always: []string{
			"A denied preflight is answered 403; go-chi/cors answers 200 without CORS fields. Browsers block both.",
			"An answer lists all allowed methods and headers; go-chi/cors repeats what was asked for.",
			"A request that is no preflight gets the fields whatever its method, so that the page can read a 405; go-chi/cors gives none to a method that is not listed.",
			starAlways,
			"OPTIONS as the method of a page's own request was always allowed; now it must be listed in AllowMethods.",
			"Origins are compared as browsers send them, in lower case, and methods with case; go-chi/cors ignores case in both.",
		},
	}
}
