package library

import (
	"strings"

	"github.com/concors/concors/migrate/internal/source"
)

// echoDefaults is DefaultCORSConfig.
func echoDefaults() []source.Field {
	return []source.Field{
		{Name: "AllowOrigins", Value: source.Strings("*")},
		{Name: "AllowMethods", Value: source.Strings("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE")},
	}
}

func echoCORS() *Library {
	const path = "github.com/labstack/echo/v4/middleware"
	return &Library{
		Name: "echo",
		Page: Pages + "echo.md",
		targets: []*source.Target{unread("github.com/labstack/echo/v5/middleware", "CORSConfig", "CORSWithConfig", "CORS"), {
			Path: path, Config: "CORSConfig", Mounts: []string{"CORSWithConfig"},
			Whole: map[string][]source.Field{"CORS": echoDefaults()},
			Bases: map[string][]source.Field{"DefaultCORSConfig": echoDefaults()},
		}},
		adapters: map[string]Adapter{path: echoAdapter},
		traits:   traits{starMethods: true, questionMark: true, funcReplaces: true},
		rules: []rule{
			{"Skipper", echoSkipper},
			{"AllowOriginFunc", errorFunc},
			{"AllowOrigins", origins("*")},
			{"AllowMethods", echoMethods},
			{"AllowHeaders", headersOrEvery},
			{"AllowCredentials", credentials},
			{"UnsafeWildcardOriginWithAllowCredentials", noted("has no equivalent: Concors never allows every origin with credentials")},
			{"ExposeHeaders", exposed},
			{"MaxAge", seconds(true)},
		},
		finish: func(t *translation) {
			unsafe := ""
			if !t.Place.Field("UnsafeWildcardOriginWithAllowCredentials").IsZero() {
				unsafe = "echo let the pages of every site read the answers to your users' cookies; find out which origins need it, and list those"
			}
			t.starWithCredentials(unsafe)
		},
		Always: []string{
			"A denied preflight is answered 403; echo answers 204 without CORS fields. Browsers block both.",
			"An OPTIONS request that is no preflight reaches the router; echo's middleware answers each 204.",
			starAlways,
		},
	}
}

func echoSkipper(t *translation, field string, v source.Value) {
	if !strings.HasSuffix(v.Source, "DefaultSkipper") {
		missing(noSkip)(t, field, v)
	}
}

func echoMethods(t *translation, field string, v source.Value) {
	if v.IsZero() {
		t.note(field, "is not set: echo answers with the methods of the route then, as far as its router knows them; here one list is for all routes, and the default of echo is printed: add or remove methods")
	}
	methods("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE")(t, field, v)
}
