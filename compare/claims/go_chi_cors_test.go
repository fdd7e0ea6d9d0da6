package claims

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/cors"

	corschi "github.com/concors/concors/chi"
	"github.com/concors/concors/compare/peers"
	concors "github.com/concors/concors/core"
)

func chiBase() cors.Options {
	return cors.Options{
		AllowedOrigins:   []string{app},
		AllowedMethods:   []string{"GET", "POST", "PUT", "DELETE"},
		AllowedHeaders:   []string{"Authorization", "Content-Type"},
		ExposedHeaders:   []string{"X-Total"},
		AllowCredentials: true,
		MaxAge:           600,
	}
}

func chiCORS(o cors.Options) server {
	return theirs(onChi, func() wrapper { return cors.Handler(o) })
}

func chiOrigins(list ...string) server { return chiCORS(cors.Options{AllowedOrigins: list}) }

func onChiRouter(cfg concors.Config, options ...concors.Option) server {
	return ours(onChi, corschi.Middleware, cfg, options...)
}

// inGroup has the middleware in a group that adds no path of its own.
func inGroup(middleware wrapper) peers.App {
	r := chi.NewRouter()
	r.Group(func(r chi.Router) {
		r.Use(middleware)
		r.Put("/thing", ran)
	})
	return peers.App{HTTP: r}
}

var chiClaims = []claim{
	weReload,
	{"denied-preflight", chiCORS(chiBase()), onChiRouter(base()), []exchange{
		{"OPTIONS" + fromStranger + "; ACRM: PUT", "200; " + vary3, "403; " + vary3},
		{"OPTIONS" + fromApp + "; ACRM: PATCH", "200; " + vary3, "403; " + vary3},
		{"OPTIONS" + fromApp + "; ACRM: PUT; ACRH: x-other", "200; " + vary3, "403; " + vary3},
	}},
	{"whole-lists", chiCORS(chiBase()), onChiRouter(base()), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: PUT; ACRH: content-type",
			"200; ACAO: " + app + "; ACAC: true; ACAM: PUT; ACAH: Content-Type; ACMA: 600; " + vary3,
			"204; ACAO: " + app + "; ACAC: true; ACAM: PUT, DELETE; ACAH: Authorization, Content-Type; ACMA: 600; " + vary3},
	}},
	{"safelisted-methods", chiCORS(cors.Options{AllowedOrigins: []string{app}, AllowedMethods: []string{"PUT"}}),
		onChiRouter(concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"PUT"}}), []exchange{
			{"GET" + fromApp, "200 ran; Vary: Origin", "200 ran; ACAO: " + app + "; Vary: Origin"},
			{"OPTIONS" + fromApp + "; ACRM: POST", "200; " + vary3, "204; ACAO: " + app + "; ACAM: PUT; " + vary3},
		}},
	{"actual-methods", chiCORS(chiBase()), onChiRouter(base()), []exchange{
		{"PATCH" + fromApp, "200 ran; Vary: Origin", "200 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; Vary: Origin"},
	}},
	{"options-method", chiOrigins(app), onChiRouter(origins(app)), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: OPTIONS", "200; ACAO: " + app + "; ACAM: OPTIONS; " + vary3, "403; " + vary3},
	}},
	{"case-of-methods", chiCORS(cors.Options{AllowedOrigins: []string{app}, AllowedMethods: []string{"patch"}}),
		onChiRouter(concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"PATCH"}}), []exchange{
			{"OPTIONS" + fromApp + "; ACRM: patch", "200; ACAO: " + app + "; ACAM: PATCH; " + vary3, "403; " + vary3},
			{"OPTIONS" + fromApp + "; ACRM: PATCH", "200; ACAO: " + app + "; ACAM: PATCH; " + vary3, "204; ACAO: " + app + "; ACAM: PATCH; " + vary3},
		}},
	{"lower-case-methods", chiCORS(cors.Options{AllowedOrigins: []string{app}, AllowedMethods: []string{"put"}}),
		onChiRouter(concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"put"}}), []exchange{
			{"OPTIONS" + fromApp + "; ACRM: PUT", "200; ACAO: " + app + "; ACAM: PUT; " + vary3, "refused: method-case"},
		}},
	{"default-headers", chiOrigins(app), onChiRouter(origins(app)), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: POST; ACRH: accept,content-type,origin",
			"200; ACAO: " + app + "; ACAM: POST; ACAH: Accept, Content-Type, Origin; " + vary3, "403; " + vary3},
	}},
	{"default-methods", chiOrigins(app), onChiRouter(origins(app)), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: POST", "200; ACAO: " + app + "; ACAM: POST; " + vary3, "204; ACAO: " + app + "; " + vary3},
		{"OPTIONS" + fromApp + "; ACRM: PUT", "200; " + vary3, "403; " + vary3},
	}},
	{"any-header", chiCORS(cors.Options{AllowedHeaders: []string{"*"}}), onChiRouter(concors.Config{AllowOrigins: []string{"*"}, AllowHeaders: []string{"*"}}), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET; ACRH: authorization,x-a", "200; ACAO: *; ACAM: GET; ACAH: Authorization, X-A; " + vary3,
			"204; ACAO: *; ACAH: *, Authorization; " + vary2},
	}},
	{"origin-header", chiCORS(cors.Options{AllowedOrigins: []string{app}, AllowedHeaders: []string{"X-A"}}),
		onChiRouter(concors.Config{AllowOrigins: []string{app}, AllowHeaders: []string{"X-A"}}), []exchange{
			{"OPTIONS" + fromApp + "; ACRM: GET; ACRH: Origin, X-A", "200; ACAO: " + app + "; ACAM: GET; ACAH: Origin, X-A; " + vary3, "403; " + vary3},
		}},
	{"headers-on-several-lines", chiCORS(chiBase()), onChiRouter(base()), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: PUT; ACRH: authorization; ACRH: content-type",
			"200; ACAO: " + app + "; ACAC: true; ACAM: PUT; ACAH: Authorization; ACMA: 600; " + vary3,
			"204; ACAO: " + app + "; ACAC: true; ACAM: PUT, DELETE; ACAH: Authorization, Content-Type; ACMA: 600; " + vary3},
	}},
	{"any-origin-by-default", chiCORS(cors.Options{}), onChiRouter(concors.Config{}), []exchange{
		{"GET" + fromStranger, "200 ran; ACAO: *; Vary: Origin", "refused: no-origins"},
	}},
	{"any-origin-with-credentials", chiCORS(cors.Options{AllowedOrigins: []string{"*"}, AllowCredentials: true}), onChiRouter(credentialed("*")), []exchange{
		{"GET" + fromStranger, "200 ran; ACAO: *; ACAC: true; Vary: Origin", "refused: any-origin-with-credentials"},
	}},
	{"any-scheme-with-credentials", chiCORS(cors.Options{AllowedOrigins: []string{"https://*", "http://*"}, AllowCredentials: true}), onChiRouter(credentialed("https://*", "http://*")), []exchange{
		{"GET" + fromStranger, "200 ran; ACAO: " + stranger + "; ACAC: true; Vary: Origin", "refused: any-origin-with-credentials, any-origin-with-credentials"},
	}},
	{"any-origin-beside-others", chiOrigins(app, "*"), onChiRouter(origins(app, "*")), []exchange{
		{"GET" + fromStranger, "200 ran; ACAO: *; Vary: Origin", "refused: wildcard-beside-others"},
	}},
	{"any-origin-answers", chiOrigins("*"), onChiRouter(anyOrigin()), []exchange{
		{"GET" + fromStranger, "200 ran; ACAO: *; Vary: Origin", "200 ran; ACAO: *"},
		{"GET", "200 ran; Vary: Origin", "200 ran; ACAO: *"},
	}},
	{"case-of-origins", chiOrigins("https://App.Example.com"), onChiRouter(origins("https://App.Example.com")), []exchange{
		{"GET" + fromApp, "200 ran; ACAO: " + app + "; Vary: Origin", "refused: origin-upper-case"},
	}},
	{"trailing-slash", chiOrigins(app + "/"), onChiRouter(origins(app + "/")), []exchange{
		{"GET" + fromApp, "200 ran; Vary: Origin", "refused: origin-path"},
	}},
	{"no-scheme", chiOrigins("app.example.com"), onChiRouter(origins("app.example.com")), []exchange{
		{"GET" + fromApp, "200 ran; Vary: Origin", "refused: origin-no-scheme"},
	}},
	{"wildcards", chiOrigins("https://*example.com", "https://pr-*.example.org"), onChiRouter(origins("https://*example.com", "https://pr-*.example.org")), []exchange{
		{"GET; Origin: https://evilexample.com", "200 ran; ACAO: https://evilexample.com; Vary: Origin", "refused: origin-wildcard, origin-wildcard"},
		{"GET; Origin: https://pr-1.x.example.org", "200 ran; ACAO: https://pr-1.x.example.org; Vary: Origin", "refused: origin-wildcard, origin-wildcard"},
	}},
	{"any-port", chiOrigins("http://localhost:*", "https://*"), onChiRouter(origins("http://localhost:*", "https://*")), []exchange{
		{"GET; Origin: http://localhost:5173", "200 ran; ACAO: http://localhost:5173; Vary: Origin", "200 ran; ACAO: http://localhost:5173; Vary: Origin"},
		{"GET; Origin: http://localhost", "200 ran; Vary: Origin", "200 ran; ACAO: http://localhost; Vary: Origin"},
		{"GET; Origin: https://a.example:8443", "200 ran; ACAO: https://a.example:8443; Vary: Origin", "200 ran; Vary: Origin"},
	}},
	{"insecure-origin", chiCORS(cors.Options{AllowedOrigins: []string{"http://app.example.com"}, AllowCredentials: true}), onChiRouter(credentialed("http://app.example.com")), []exchange{
		{"", "built", "refused: insecure-with-credentials"},
	}},
	{"public-suffix", chiOrigins("https://*.github.io"), onChiRouter(origins("https://*.github.io")), []exchange{
		{"GET; Origin: https://anybody.github.io", "200 ran; ACAO: https://anybody.github.io; Vary: Origin", "refused: public-suffix"},
	}},
	{"null-origin", chiOrigins("null"), onChiRouter(origins("null")), []exchange{
		{"GET; Origin: null", "200 ran; ACAO: null; Vary: Origin", "refused: null-origin"},
	}},
	{"errors", theirs(onFailing, func() wrapper { return cors.Handler(chiBase()) }), ours(onFailing, corschi.Middleware, base()), []exchange{
		{"GET" + fromApp, "500 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; Vary: Origin", "500 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; Vary: Origin"},
	}},
	{"duplicates", chiOrigins(app, app), onChiRouter(origins(app, app)), []exchange{{"", "built", "refused: duplicate"}}},
	{"max-age", chiCORS(cors.Options{MaxAge: -1}), onChiRouter(concors.Config{AllowOrigins: []string{"*"}, MaxAge: -1}), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET", "200; ACAO: *; ACAM: GET; " + vary3, "204; ACAO: *; ACMA: 0; " + vary2},
	}},
	{"long-max-age", chiCORS(cors.Options{MaxAge: 604800}), onChiRouter(concors.Config{AllowOrigins: []string{"*"}, MaxAge: 604800}), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET", "200; ACAO: *; ACAM: GET; ACMA: 604800; " + vary3, "refused: max-age"},
	}},
	{"origin-function", chiCORS(cors.Options{AllowedOrigins: []string{app}, AllowOriginFunc: func(_ *http.Request, origin string) bool { return origin != app }}),
		onChiRouter(origins(app), admits()), []exchange{
			{"GET" + fromApp, "200 ran; Vary: Origin", "200 ran; ACAO: " + app + "; Vary: Origin"},
			{"GET; Origin: null", "200 ran; ACAO: null; Vary: Origin", "200 ran; Vary: Origin"},
			{"GET; Origin: nonsense", "200 ran; ACAO: nonsense; Vary: Origin", "200 ran; Vary: Origin"},
		}},
	{"function-and-credentials", chiCORS(cors.Options{AllowCredentials: true, AllowOriginFunc: func(*http.Request, string) bool { return true }}), onChiRouter(credentialed(), admits()), []exchange{
		{"GET; Origin: http://app.example.com", "200 ran; ACAO: http://app.example.com; ACAC: true; Vary: Origin", "200 ran; Vary: Origin"},
	}},
	{"options-without-method", chiCORS(chiBase()), onChiRouter(base()), []exchange{
		{"OPTIONS" + fromApp, "200 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; Vary: Origin", "200 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; " + vary3},
		{"OPTIONS; ACRM: PUT", "200 ran; Vary: Origin", "200 ran; " + vary3},
	}},
	{"passthrough", chiCORS(cors.Options{AllowedOrigins: []string{app}, OptionsPassthrough: true}), onChiRouter(origins(app)), []exchange{
		{"OPTIONS" + fromStranger + "; ACRM: GET", "200 ran; " + vary3, "403; " + vary3},
		{"OPTIONS" + fromApp + "; ACRM: GET", "200 ran; ACAO: " + app + "; ACAM: GET; " + vary3, "204; ACAO: " + app + "; " + vary3},
	}},
	{"group", theirs(inGroup, func() wrapper { return cors.Handler(chiBase()) }), ours(inGroup, corschi.Middleware, base()), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: PUT", "405; Allow: PUT", "405; Allow: PUT"},
	}},
	{"spelling-of-exposed", chiCORS(cors.Options{AllowedOrigins: []string{app}, ExposedHeaders: []string{"x-total"}}),
		onChiRouter(concors.Config{AllowOrigins: []string{app}, ExposeHeaders: []string{"x-total"}}), []exchange{
			{"GET" + fromApp, "200 ran; ACAO: " + app + "; ACEH: X-Total; Vary: Origin", "200 ran; ACAO: " + app + "; ACEH: x-total; Vary: Origin"},
		}},
}
