package claims

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/concors/concors/compare/peers"
	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
)

func echoBase() middleware.CORSConfig {
	return middleware.CORSConfig{
		AllowOrigins:     []string{app},
		AllowMethods:     []string{"GET", "POST", "PUT", "DELETE"},
		AllowHeaders:     []string{"Authorization", "Content-Type"},
		ExposeHeaders:    []string{"X-Total"},
		AllowCredentials: true,
		MaxAge:           600,
	}
}

func echoCORS(c middleware.CORSConfig) server {
	return theirs(onEcho, func() echo.MiddlewareFunc { return middleware.CORSWithConfig(c) })
}

func echoOrigins(list ...string) server { return echoCORS(middleware.CORSConfig{AllowOrigins: list}) }

func onEchoRoot(cfg concors.Config, options ...concors.Option) server {
	return ours(onEcho, corsecho.Middleware, cfg, options...)
}

// onOneRoute has a route for GET and PUT alone, whose OPTIONS echo answers.
func onOneRoute(middleware echo.MiddlewareFunc) peers.App {
	e := echo.New()
	e.Use(middleware)
	e.Match([]string{"GET", "PUT"}, "/thing", echoRan)
	return peers.App{HTTP: e}
}

func atEchoRoute(middleware echo.MiddlewareFunc) peers.App {
	e := echo.New()
	e.PUT("/thing", echoRan, middleware)
	return peers.App{HTTP: e}
}

const echoDefaults = "ACAM: GET,HEAD,PUT,PATCH,POST,DELETE"

var echoClaims = []claim{
	weReload,
	{"denied-preflight", echoCORS(echoBase()), onEchoRoot(base()), []exchange{
		{"OPTIONS" + fromStranger + "; ACRM: PUT", "204; Vary: Origin", "403; " + vary3},
	}},
	{"denied-method-or-header", echoCORS(echoBase()), onEchoRoot(base()), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: PATCH",
			"204; ACAO: " + app + "; ACAC: true; ACAM: GET,POST,PUT,DELETE; ACAH: Authorization,Content-Type; ACMA: 600; " + vary3, "403; " + vary3},
		{"OPTIONS" + fromApp + "; ACRM: PUT; ACRH: x-other",
			"204; ACAO: " + app + "; ACAC: true; ACAM: GET,POST,PUT,DELETE; ACAH: Authorization,Content-Type; ACMA: 600; " + vary3, "403; " + vary3},
	}},
	{"default-headers", echoOrigins(app), onEchoRoot(origins(app)), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET; ACRH: authorization,x-anything",
			"204; ACAO: " + app + "; " + echoDefaults + "; ACAH: authorization,x-anything; " + vary3, "403; " + vary3},
	}},
	{"default-methods", theirs(onOneRoute, func() echo.MiddlewareFunc {
		return middleware.CORSWithConfig(middleware.CORSConfig{AllowOrigins: []string{app}})
	}),
		ours(onOneRoute, corsecho.Middleware, origins(app)), []exchange{
			{"OPTIONS" + fromApp + "; ACRM: PUT", "204; ACAO: " + app + "; ACAM: OPTIONS, GET, PUT; Allow: OPTIONS, GET, PUT; " + vary3, "403; " + vary3},
			{"OPTIONS /nowhere" + fromApp + "; ACRM: DELETE", "204; ACAO: " + app + "; " + echoDefaults + "; " + vary3, "403; " + vary3},
		}},
	{"default", theirs(onEcho, func() echo.MiddlewareFunc { return middleware.CORS() }),
		onEchoRoot(concors.Config{AllowOrigins: []string{"*"}, AllowMethods: []string{"PUT", "PATCH", "DELETE"}, AllowHeaders: []string{"*"}}), []exchange{
			{"OPTIONS" + fromApp + "; ACRM: PUT; ACRH: authorization", "204; ACAO: *; " + echoDefaults + "; ACAH: authorization; " + vary3,
				"204; ACAO: *; ACAM: PUT, PATCH, DELETE; ACAH: *, Authorization; " + vary2},
		}},
	{"any-origin-by-default", echoCORS(middleware.CORSConfig{AllowMethods: []string{"PUT"}}), onEchoRoot(concors.Config{AllowMethods: []string{"PUT"}}), []exchange{
		{"GET" + fromStranger, "200 ran; ACAO: *; Vary: Origin", "refused: no-origins"},
	}},
	{"options-without-method", echoCORS(echoBase()), onEchoRoot(base()), []exchange{
		{"OPTIONS" + fromApp,
			"204; ACAO: " + app + "; ACAC: true; ACAM: GET,POST,PUT,DELETE; ACAH: Authorization,Content-Type; ACMA: 600; " + vary3,
			"200 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; " + vary3},
		{"OPTIONS", "204; Vary: Origin", "200 ran; " + vary3},
	}},
	{"options-of-echo", theirs(onOneRoute, func() echo.MiddlewareFunc { return middleware.CORSWithConfig(echoBase()) }), ours(onOneRoute, corsecho.Middleware, base()), []exchange{
		{"OPTIONS", "204; Allow: OPTIONS, GET, PUT; Vary: Origin", "204; Allow: OPTIONS, GET, PUT; " + vary3},
	}},
	{"any-origin-with-credentials", echoCORS(middleware.CORSConfig{AllowOrigins: []string{"*"}, AllowCredentials: true}), onEchoRoot(credentialed("*")), []exchange{
		{"GET" + fromStranger, "200 ran; ACAO: *; ACAC: true; Vary: Origin", "refused: any-origin-with-credentials"},
	}},
	{"unsafe-switch", echoCORS(middleware.CORSConfig{AllowOrigins: []string{"*"}, AllowCredentials: true, UnsafeWildcardOriginWithAllowCredentials: true}), onEchoRoot(credentialed("*")), []exchange{
		{"GET" + fromStranger, "200 ran; ACAO: " + stranger + "; ACAC: true; Vary: Origin", "refused: any-origin-with-credentials"},
	}},
	{"any-origin-beside-others", echoOrigins(app, "*"), onEchoRoot(origins(app, "*")), []exchange{
		{"GET" + fromStranger, "200 ran; ACAO: *; Vary: Origin", "refused: wildcard-beside-others"},
	}},
	{"any-origin-answers", echoOrigins("*"), onEchoRoot(anyOrigin()), []exchange{
		{"GET" + fromStranger, "200 ran; ACAO: *; Vary: Origin", "200 ran; ACAO: *"},
		{"GET", "200 ran; Vary: Origin", "200 ran; ACAO: *"},
	}},
	{"any-header", echoCORS(middleware.CORSConfig{AllowHeaders: []string{"*"}}), onEchoRoot(concors.Config{AllowOrigins: []string{"*"}, AllowHeaders: []string{"*"}}), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET; ACRH: authorization", "204; ACAO: *; " + echoDefaults + "; ACAH: *; " + vary3, "204; ACAO: *; ACAH: *, Authorization; " + vary2},
	}},
	{"any-header-with-credentials", echoCORS(with(echoBase(), func(c *middleware.CORSConfig) { c.AllowMethods, c.AllowHeaders = []string{"*"}, []string{"*"} })),
		onEchoRoot(with(base(), func(c *concors.Config) { c.AllowMethods, c.AllowHeaders = []string{"*"}, []string{"*"} })), []exchange{
			{"OPTIONS" + fromApp + "; ACRM: PUT; ACRH: x-a", "204; ACAO: " + app + "; ACAC: true; ACAM: *; ACAH: *; ACMA: 600; " + vary3,
				"204; ACAO: " + app + "; ACAC: true; ACAM: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS; ACAH: x-a; ACMA: 600; " + vary3},
		}},
	{"origin-header", echoCORS(middleware.CORSConfig{AllowOrigins: []string{app}, AllowHeaders: []string{echo.HeaderOrigin, echo.HeaderContentType, echo.HeaderAccept}}),
		onEchoRoot(concors.Config{AllowOrigins: []string{app}, AllowHeaders: []string{echo.HeaderOrigin, echo.HeaderContentType, echo.HeaderAccept}}), []exchange{
			{"", "built", "refused: header-forbidden"},
		}},
	{"headers-on-several-lines", echoOrigins(app), onEchoRoot(with(credentialed(app), func(c *concors.Config) { c.AllowHeaders = []string{"*"} })), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET; ACRH: x-a; ACRH: x-b", "204; ACAO: " + app + "; " + echoDefaults + "; ACAH: x-a; " + vary3,
			"204; ACAO: " + app + "; ACAC: true; ACAH: x-a,x-b; " + vary3},
	}},
	{"case-of-methods", echoCORS(middleware.CORSConfig{AllowOrigins: []string{app}, AllowMethods: []string{"put"}}), onEchoRoot(concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"put"}}), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: PUT", "204; ACAO: " + app + "; ACAM: put; " + vary3, "refused: method-case"},
	}},
	{"case-of-origins", echoOrigins("https://App.Example.com"), onEchoRoot(origins("https://App.Example.com")), []exchange{
		{"GET" + fromApp, "200 ran; Vary: Origin", "refused: origin-upper-case"},
	}},
	{"trailing-slash", echoOrigins(app + "/"), onEchoRoot(origins(app + "/")), []exchange{
		{"GET" + fromApp, "200 ran; Vary: Origin", "refused: origin-path"},
	}},
	{"no-scheme", echoOrigins("app.example.com"), onEchoRoot(origins("app.example.com")), []exchange{
		{"GET" + fromApp, "200 ran; Vary: Origin", "refused: origin-no-scheme"},
	}},
	{"wildcards", echoOrigins("https://*example.com", "https://app?.example.org"), onEchoRoot(origins("https://*example.com", "https://app?.example.org")), []exchange{
		{"GET; Origin: https://evilexample.com", "200 ran; ACAO: https://evilexample.com; Vary: Origin", "refused: origin-wildcard, origin-query"},
		{"GET; Origin: https://app1.example.org", "200 ran; ACAO: https://app1.example.org; Vary: Origin", "refused: origin-wildcard, origin-query"},
	}},
	{"any-port", echoOrigins("http://localhost:*", "https://*"), onEchoRoot(origins("http://localhost:*", "https://*")), []exchange{
		{"GET; Origin: http://localhost:5173", "200 ran; ACAO: http://localhost:5173; Vary: Origin", "200 ran; ACAO: http://localhost:5173; Vary: Origin"},
		{"GET; Origin: http://localhost", "200 ran; Vary: Origin", "200 ran; ACAO: http://localhost; Vary: Origin"},
		{"GET; Origin: https://a.example:8443", "200 ran; ACAO: https://a.example:8443; Vary: Origin", "200 ran; Vary: Origin"},
	}},
	{"insecure-origin", echoCORS(middleware.CORSConfig{AllowOrigins: []string{"http://app.example.com"}, AllowCredentials: true}), onEchoRoot(credentialed("http://app.example.com")), []exchange{
		{"", "built", "refused: insecure-with-credentials"},
	}},
	{"public-suffix", echoOrigins("https://*.github.io"), onEchoRoot(origins("https://*.github.io")), []exchange{
		{"GET; Origin: https://anybody.github.io", "200 ran; ACAO: https://anybody.github.io; Vary: Origin", "refused: public-suffix"},
	}},
	{"null-origin", echoOrigins("null"), onEchoRoot(origins("null")), []exchange{
		{"GET; Origin: null", "200 ran; ACAO: null; Vary: Origin", "refused: null-origin"},
	}},
	{"errors", theirs(onFailingEcho, func() echo.MiddlewareFunc { return middleware.CORSWithConfig(echoBase()) }), ours(onFailingEcho, corsecho.Middleware, base()), []exchange{
		{"GET" + fromApp, "500 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; Vary: Origin", "500 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; Vary: Origin"},
	}},
	{"duplicates", echoOrigins(app, app), onEchoRoot(origins(app, app)), []exchange{{"", "built", "refused: duplicate"}}},
	{"max-age", echoCORS(middleware.CORSConfig{AllowOrigins: []string{app}, MaxAge: -1}), onEchoRoot(with(origins(app), func(c *concors.Config) { c.MaxAge = -1 })), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET", "204; ACAO: " + app + "; " + echoDefaults + "; ACMA: 0; " + vary3, "204; ACAO: " + app + "; ACMA: 0; " + vary3},
	}},
	{"long-max-age", echoCORS(middleware.CORSConfig{MaxAge: 604800}), onEchoRoot(with(anyOrigin(), func(c *concors.Config) { c.MaxAge = 604800 })), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET", "204; ACAO: *; " + echoDefaults + "; ACMA: 604800; " + vary3, "refused: max-age"},
	}},
	{"origin-function", echoCORS(middleware.CORSConfig{AllowOrigins: []string{app}, AllowOriginFunc: func(origin string) (bool, error) { return origin != app, nil }}), onEchoRoot(origins(app), admits()), []exchange{
		{"GET" + fromApp, "200 ran; Vary: Origin", "200 ran; ACAO: " + app + "; Vary: Origin"},
		{"GET; Origin: null", "200 ran; ACAO: null; Vary: Origin", "200 ran; Vary: Origin"},
		{"GET; Origin: nonsense", "200 ran; ACAO: nonsense; Vary: Origin", "200 ran; Vary: Origin"},
	}},
	{"function-with-error", echoCORS(middleware.CORSConfig{AllowOriginFunc: func(string) (bool, error) {
		return false, echo.NewHTTPError(http.StatusServiceUnavailable).SetInternal(errors.New("no answer"))
	}}), onEchoRoot(origins(app)), []exchange{
		{"GET" + fromStranger, "503; Vary: Origin", "200 ran; Vary: Origin"},
	}},
	{"function-and-credentials", echoCORS(middleware.CORSConfig{AllowCredentials: true, AllowOriginFunc: func(string) (bool, error) { return true, nil }}), onEchoRoot(credentialed(), admits()), []exchange{
		{"GET; Origin: http://app.example.com", "200 ran; ACAO: http://app.example.com; ACAC: true; Vary: Origin", "200 ran; Vary: Origin"},
	}},
	{"skipper", echoCORS(with(echoBase(), func(c *middleware.CORSConfig) {
		c.Skipper = func(c echo.Context) bool { return c.Path() == "/thing" }
	})), onEchoRoot(with(base(), func(c *concors.Config) { c.Paths = map[string]concors.Config{"/thing": {}} })), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: PUT", "200 ran", "200 ran"},
		{"GET" + fromApp, "200 ran", "200 ran"},
	}},
	{"one-route", theirs(atEchoRoute, func() echo.MiddlewareFunc { return middleware.CORSWithConfig(echoBase()) }), ours(atEchoRoute, corsecho.Middleware, base()), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: PUT", "204; Allow: OPTIONS, PUT", "204; Allow: OPTIONS, PUT"},
	}},
}
