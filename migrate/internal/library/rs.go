package library

import "github.com/concors/concors/migrate/internal/source"

func allowAll() []source.Field {
	return []source.Field{
		{Name: "AllowedOrigins", Value: source.Strings("*")},
		{Name: "AllowedMethods", Value: source.Strings("HEAD", "GET", "POST", "PUT", "PATCH", "DELETE")},
		{Name: "AllowedHeaders", Value: source.Strings("*")},
	}
}

func rsCORS() *Library {
	const path = "github.com/rs/cors"
	whole := map[string][]source.Field{"Default": nil, "AllowAll": allowAll()}
	return &Library{
		Name: "rs/cors",
		Page: Pages + "rs-cors.md",
		targets: []*source.Target{
			{Path: path, Config: "Options", Mounts: []string{"New"}, Whole: whole},
			{Path: path + "/wrapper/gin", Home: path, Config: "Options", Mounts: []string{"New"}, Whole: whole},
		},
		adapters: map[string]Adapter{path: stdlibAdapter, path + "/wrapper/gin": ginAdapter},
		traits:   traits{methodsBind: true, starReflects: true, lowerOrigins: true, oneStar: true, funcReplaces: true},
		rules: []rule{
			{"AllowOriginVaryRequestFunc", requestFunc("the request, and names fields for Vary")},
			{"AllowOriginRequestFunc", unless("AllowOriginVaryRequestFunc", requestFunc("the request"))},
			{"AllowOriginFunc", unless("AllowOriginVaryRequestFunc", unless("AllowOriginRequestFunc", plainFunc))},
			{"AllowedOrigins", origins("*")},
			{"AllowedMethods", methods("GET", "POST", "HEAD")},
			{"AllowedHeaders", headers("Accept", "Content-Type", "X-Requested-With")},
			{"ExposedHeaders", exposed},
			{"MaxAge", seconds(true)},
			{"AllowCredentials", credentials},
			{"AllowPrivateNetwork", noted(noPrivateNetwork)},
			{"OptionsPassthrough", missing(noPassthrough)},
			{"OptionsSuccessStatus", status},
			{"Debug", noted(noDebug)},
			{"Logger", noted(noDebug)},
		},
		finish: func(t *translation) { t.starWithCredentials("") },
		Always: []string{
			"A denied preflight is answered 403; rs/cors answers 204 without CORS fields. Browsers block both.",
			"An answer lists all allowed methods and headers; rs/cors repeats what was asked for.",
			"A request that is no preflight gets the fields whatever its method, so that the page can read a 405; rs/cors gives none to a method that is not listed.",
			starAlways,
			"OPTIONS as the method of a page's own request was always allowed; now it must be listed in AllowMethods.",
			"An OPTIONS request without an Origin reaches the handler; rs/cors takes one with Access-Control-Request-Method for a preflight.",
			"Origins are compared as browsers send them, in lower case; rs/cors ignores case.",
		},
	}
}

// unless is for a field that counts only if another is not set.
func unless(other string, apply func(*translation, string, source.Value)) func(*translation, string, source.Value) {
	return func(t *translation, field string, v source.Value) {
		if v.Kind != source.Unset && t.Place.Field(other).Kind != source.Unset {
			t.note(field, "is left out: with "+other+" set, "+t.Library.Name+" never asks it")
			return
		}
		apply(t, field, v)
	}
}
