package claims

import (
	"net/http"

	"github.com/rs/cors"

	"github.com/concors/concors/compare/peers"
	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
)

func rsBase() cors.Options {
	return cors.Options{
		AllowedOrigins:   []string{app},
		AllowedMethods:   []string{"GET", "POST", "PUT", "DELETE"},
		AllowedHeaders:   []string{"Authorization", "Content-Type"},
		ExposedHeaders:   []string{"X-Total"},
		AllowCredentials: true,
		MaxAge:           600,
	}
}

func rs(o cors.Options) server {
	return theirs(onNetHTTP, func() wrapper { return cors.New(o).Handler })
}

func rsOrigins(list ...string) server { return rs(cors.Options{AllowedOrigins: list}) }

// onPattern has the middleware on one pattern of a ServeMux, with its method.
func onPattern(middleware wrapper) peers.App {
	mux := http.NewServeMux()
	mux.Handle("PUT /thing", middleware(http.HandlerFunc(ran)))
	return peers.App{HTTP: mux}
}

// upgrading lets a WebSocket in, or not.
func upgrading(check func(*http.Request) bool) peers.App {
	return peers.App{HTTP: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !check(r) {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		ran(w, r)
	})}
}

var rsClaims = []claim{
	weReload,
	{"denied-preflight", rs(rsBase()), onNet(base()), []exchange{
		{"OPTIONS" + fromStranger + "; ACRM: PUT", "204; " + vary3, "403; " + vary3},
		{"OPTIONS" + fromApp + "; ACRM: PATCH", "204; " + vary3, "403; " + vary3},
		{"OPTIONS" + fromApp + "; ACRM: PUT; ACRH: x-other", "204; " + vary3, "403; " + vary3},
	}},
	{"status", rs(cors.Options{AllowedOrigins: []string{app}, OptionsSuccessStatus: 200}),
		onNet(concors.Config{AllowOrigins: []string{app}, PreflightStatus: 200}), []exchange{
			{"OPTIONS" + fromApp + "; ACRM: GET", "200; ACAO: " + app + "; ACAM: GET; " + vary3, "200; ACAO: " + app + "; " + vary3},
			{"OPTIONS" + fromStranger + "; ACRM: GET", "200; " + vary3, "403; " + vary3},
		}},
	{"whole-lists", rs(rsBase()), onNet(base()), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: PUT; ACRH: content-type",
			"204; ACAO: " + app + "; ACAC: true; ACAM: PUT; ACAH: content-type; ACMA: 600; " + vary3,
			"204; ACAO: " + app + "; ACAC: true; ACAM: PUT, DELETE; ACAH: Authorization, Content-Type; ACMA: 600; " + vary3},
	}},
	{"safelisted-methods", rs(cors.Options{AllowedOrigins: []string{app}, AllowedMethods: []string{"PUT"}}),
		onNet(concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"PUT"}}), []exchange{
			{"GET" + fromApp, "200 ran; Vary: Origin", "200 ran; ACAO: " + app + "; Vary: Origin"},
			{"OPTIONS" + fromApp + "; ACRM: POST", "204; " + vary3, "204; ACAO: " + app + "; ACAM: PUT; " + vary3},
		}},
	{"actual-methods", rs(rsBase()), onNet(base()), []exchange{
		{"PATCH" + fromApp, "200 ran; Vary: Origin", "200 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; Vary: Origin"},
	}},
	{"options-method", rsOrigins(app), onNet(origins(app)), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: OPTIONS", "204; ACAO: " + app + "; ACAM: OPTIONS; " + vary3, "403; " + vary3},
	}},
	{"lower-case-methods", rs(cors.Options{AllowedOrigins: []string{app}, AllowedMethods: []string{"put"}}),
		onNet(concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"put"}}), []exchange{
			{"OPTIONS" + fromApp + "; ACRM: PUT", "204; " + vary3, "refused: method-case"},
		}},
	{"default-headers", rsOrigins(app), onNet(origins(app)), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: POST; ACRH: accept,content-type,x-requested-with",
			"204; ACAO: " + app + "; ACAM: POST; ACAH: accept,content-type,x-requested-with; " + vary3, "403; " + vary3},
	}},
	{"default-methods", rsOrigins(app), onNet(origins(app)), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: POST", "204; ACAO: " + app + "; ACAM: POST; " + vary3, "204; ACAO: " + app + "; " + vary3},
		{"OPTIONS" + fromApp + "; ACRM: PUT", "204; " + vary3, "403; " + vary3},
	}},
	{"any-header", rs(cors.Options{AllowedHeaders: []string{"*"}}), onNet(concors.Config{AllowOrigins: []string{"*"}, AllowHeaders: []string{"*"}}), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET; ACRH: authorization,x-a", "204; ACAO: *; ACAM: GET; ACAH: authorization,x-a; " + vary3,
			"204; ACAO: *; ACAH: *, Authorization; " + vary2},
	}},
	{"origin-header", rs(cors.Options{AllowedOrigins: []string{app}, AllowedHeaders: []string{"Origin", "Content-Type"}}),
		onNet(concors.Config{AllowOrigins: []string{app}, AllowHeaders: []string{"Origin", "Content-Type"}}), []exchange{
			{"", "built", "refused: header-forbidden"},
		}},
	{"handmade-preflights", rs(rsBase()), onNet(base()), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: PUT; ACRH: Content-Type, Authorization", "204; " + vary3,
			"204; ACAO: " + app + "; ACAC: true; ACAM: PUT, DELETE; ACAH: Authorization, Content-Type; ACMA: 600; " + vary3},
		{"OPTIONS" + fromApp + "; ACRM: PUT; ACRH: Origin, Content-Type", "204; " + vary3, "403; " + vary3},
	}},
	{"any-origin-by-default", rs(cors.Options{}), onNet(concors.Config{}), []exchange{
		{"GET" + fromStranger, "200 ran; ACAO: *; Vary: Origin", "refused: no-origins"},
	}},
	{"any-origin-with-credentials", rs(cors.Options{AllowedOrigins: []string{"*"}, AllowCredentials: true}), onNet(credentialed("*")), []exchange{
		{"GET" + fromStranger, "200 ran; ACAO: *; ACAC: true; Vary: Origin", "refused: any-origin-with-credentials"},
	}},
	{"any-origin-beside-others", rsOrigins(app, "*"), onNet(origins(app, "*")), []exchange{
		{"GET" + fromStranger, "200 ran; ACAO: *; Vary: Origin", "refused: wildcard-beside-others"},
	}},
	{"any-origin-answers", rsOrigins("*"), onNet(anyOrigin()), []exchange{
		{"GET" + fromStranger, "200 ran; ACAO: *; Vary: Origin", "200 ran; ACAO: *"},
		{"GET", "200 ran; Vary: Origin", "200 ran; ACAO: *"},
	}},
	{"case-of-origins", rsOrigins("https://App.Example.com"), onNet(origins("https://App.Example.com")), []exchange{
		{"GET" + fromApp, "200 ran; ACAO: " + app + "; Vary: Origin", "refused: origin-upper-case"},
	}},
	{"trailing-slash", rsOrigins(app + "/"), onNet(origins(app + "/")), []exchange{
		{"GET" + fromApp, "200 ran; Vary: Origin", "refused: origin-path"},
	}},
	{"no-scheme", rsOrigins("app.example.com"), onNet(origins("app.example.com")), []exchange{
		{"GET" + fromApp, "200 ran; Vary: Origin", "refused: origin-no-scheme"},
	}},
	{"wildcards", rsOrigins("https://*example.com", "https://pr-*.example.org"), onNet(origins("https://*example.com", "https://pr-*.example.org")), []exchange{
		{"GET; Origin: https://evilexample.com", "200 ran; ACAO: https://evilexample.com; Vary: Origin", "refused: origin-wildcard, origin-wildcard"},
		{"GET; Origin: https://pr-1.x.example.org", "200 ran; ACAO: https://pr-1.x.example.org; Vary: Origin", "refused: origin-wildcard, origin-wildcard"},
	}},
	{"any-port", rsOrigins("http://localhost:*"), onNet(origins("http://localhost:*")), []exchange{
		{"GET; Origin: http://localhost:5173", "200 ran; ACAO: http://localhost:5173; Vary: Origin", "200 ran; ACAO: http://localhost:5173; Vary: Origin"},
		{"GET; Origin: http://localhost", "200 ran; Vary: Origin", "200 ran; ACAO: http://localhost; Vary: Origin"},
	}},
	{"insecure-origin", rs(cors.Options{AllowedOrigins: []string{"http://app.example.com"}, AllowCredentials: true}), onNet(credentialed("http://app.example.com")), []exchange{
		{"", "built", "refused: insecure-with-credentials"},
	}},
	{"public-suffix", rsOrigins("https://*.github.io"), onNet(origins("https://*.github.io")), []exchange{
		{"GET; Origin: https://anybody.github.io", "200 ran; ACAO: https://anybody.github.io; Vary: Origin", "refused: public-suffix"},
	}},
	{"null-origin", rsOrigins("null"), onNet(origins("null")), []exchange{
		{"GET; Origin: null", "200 ran; ACAO: null; Vary: Origin", "refused: null-origin"},
	}},
	{"errors", theirs(onFailing, func() wrapper { return cors.New(rsBase()).Handler }), ours(onFailing, corshttp.Middleware, base()), []exchange{
		{"GET" + fromApp, "500 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; Vary: Origin", "500 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; Vary: Origin"},
	}},
	{"duplicates", rsOrigins(app, app), onNet(origins(app, app)), []exchange{{"", "built", "refused: duplicate"}}},
	{"max-age", rs(cors.Options{AllowedOrigins: []string{app}, MaxAge: -1}), onNet(with(origins(app), func(c *concors.Config) { c.MaxAge = -1 })), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET", "204; ACAO: " + app + "; ACAM: GET; ACMA: 0; " + vary3, "204; ACAO: " + app + "; ACMA: 0; " + vary3},
	}},
	{"long-max-age", rs(cors.Options{MaxAge: 604800}), onNet(concors.Config{AllowOrigins: []string{"*"}, MaxAge: 604800}), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET", "204; ACAO: *; ACAM: GET; ACMA: 604800; " + vary3, "refused: max-age"},
	}},
	{"origin-function", rs(cors.Options{AllowedOrigins: []string{app}, AllowOriginFunc: func(origin string) bool { return origin != app }}), onNet(origins(app), admits()), []exchange{
		{"GET" + fromApp, "200 ran; Vary: Origin", "200 ran; ACAO: " + app + "; Vary: Origin"},
		{"GET; Origin: null", "200 ran; ACAO: null; Vary: Origin", "200 ran; Vary: Origin"},
		{"GET; Origin: nonsense", "200 ran; ACAO: nonsense; Vary: Origin", "200 ran; Vary: Origin"},
	}},
	{"function-and-credentials", rs(cors.Options{AllowCredentials: true, AllowOriginFunc: func(string) bool { return true }}), onNet(credentialed(), admits()), []exchange{
		{"GET; Origin: http://app.example.com", "200 ran; ACAO: http://app.example.com; ACAC: true; Vary: Origin", "200 ran; Vary: Origin"},
	}},
	{"function-and-vary", rs(cors.Options{AllowOriginVaryRequestFunc: func(r *http.Request, _ string) (bool, []string) {
		return r.Header.Get("X-Tenant") == "1", []string{"X-Tenant"}
	}}), onNet(concors.Config{}, admits()), []exchange{
		{"GET" + fromApp + "; X-Tenant: 1", "200 ran; ACAO: " + app + "; Vary: Origin, X-Tenant", "200 ran; ACAO: " + app + "; Vary: Origin"},
	}},
	{"options-without-origin", rs(rsBase()), onNet(base()), []exchange{
		{"OPTIONS; ACRM: PUT", "204; " + vary3, "200 ran; " + vary3},
	}},
	{"options-without-method", rs(rsBase()), onNet(base()), []exchange{
		{"OPTIONS" + fromApp, "200 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; Vary: Origin", "200 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; " + vary3},
	}},
	{"passthrough", rs(cors.Options{AllowedOrigins: []string{app}, OptionsPassthrough: true}), onNet(origins(app)), []exchange{
		{"OPTIONS" + fromStranger + "; ACRM: GET", "200 ran; " + vary3, "403; " + vary3},
		{"OPTIONS" + fromApp + "; ACRM: GET", "200 ran; ACAO: " + app + "; ACAM: GET; " + vary3, "204; ACAO: " + app + "; " + vary3},
	}},
	{"private-network", rs(cors.Options{AllowedOrigins: []string{app}, AllowPrivateNetwork: true}), onNet(origins(app)), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET; ACRPN: true", "204; ACAO: " + app + "; ACAM: GET; ACAPN: true; " + vary3 + ", Access-Control-Request-Private-Network",
			"204; ACAO: " + app + "; " + vary3},
	}},
	{"one-route", theirs(onPattern, func() wrapper { return cors.New(rsBase()).Handler }), ours(onPattern, corshttp.Middleware, base()), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: PUT", "405; Allow: PUT", "405; Allow: PUT"},
	}},
	{"web-sockets", theirs(upgrading, func() func(*http.Request) bool {
		return cors.New(cors.Options{AllowedOrigins: []string{"*"}}).OriginAllowed
	}),
		ours(upgrading, corshttp.CheckOrigin, anyOrigin()), []exchange{
			{"GET" + fromStranger, "200 ran", "403"},
		}},
	{"spelling-of-exposed", rs(cors.Options{AllowedOrigins: []string{app}, ExposedHeaders: []string{"x-total"}}),
		onNet(concors.Config{AllowOrigins: []string{app}, ExposeHeaders: []string{"x-total"}}), []exchange{
			{"GET" + fromApp, "200 ran; ACAO: " + app + "; ACEH: X-Total; Vary: Origin", "200 ran; ACAO: " + app + "; ACEH: x-total; Vary: Origin"},
		}},
}
