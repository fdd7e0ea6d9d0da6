package claims

import (
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/cors"

	"github.com/concors/concors/compare/peers"
	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

func fiberBase() cors.Config {
	return cors.Config{
		AllowOrigins:     app,
		AllowMethods:     "GET,POST,PUT,DELETE",
		AllowHeaders:     "Authorization, Content-Type",
		ExposeHeaders:    "X-Total",
		AllowCredentials: true,
		MaxAge:           600,
	}
}

func fiberCORS(c cors.Config) server {
	return theirs(onFiber, func() fiber.Handler { return cors.New(c) })
}

func fiberOrigins(list string) server { return fiberCORS(cors.Config{AllowOrigins: list}) }

func onFiberApp(cfg concors.Config, options ...concors.Option) server {
	return ours(onFiber, corsfiber.Middleware, cfg, options...)
}

// reset stands before a handler that starts its response anew, as the static
// file server and the proxy do for some answers.
func reset(middleware fiber.Handler) peers.App {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Use(middleware)
	app.Use(func(c *fiber.Ctx) error {
		c.Response().Reset()
		return fiberRan(c)
	})
	return peers.App{Fiber: app}
}

func atFiberRoute(middleware fiber.Handler) peers.App {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Put("/thing", middleware, fiberRan)
	return peers.App{Fiber: app}
}

func atPrefix(middleware fiber.Handler) peers.App {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Use("/thing", middleware)
	app.Use(fiberRan)
	return peers.App{Fiber: app}
}

const (
	fiberDefaults = "ACAM: GET,POST,HEAD,PUT,DELETE,PATCH"
	fiberVary     = "; Vary: ACRM, ACRH, Origin"
	fiberFormat   = "refused: [CORS] Invalid origin format in configuration: "
	fiberInsecure = "refused: [CORS] Insecure setup, 'AllowCredentials' is set to true, and 'AllowOrigins' is set to a wildcard."
)

var fiberClaims = []claim{
	weReload,
	{"denied-preflight", fiberCORS(fiberBase()), onFiberApp(base()), []exchange{
		{"OPTIONS" + fromStranger + "; ACRM: PUT", "204; ACAM: GET,POST,PUT,DELETE; ACAH: Authorization,Content-Type; ACEH: X-Total; ACMA: 600" + fiberVary, "403; " + vary3},
	}},
	{"denied-method-or-header", fiberCORS(fiberBase()), onFiberApp(base()), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: PATCH",
			"204; ACAO: " + app + "; ACAC: true; ACAM: GET,POST,PUT,DELETE; ACAH: Authorization,Content-Type; ACEH: X-Total; ACMA: 600" + fiberVary, "403; " + vary3},
		{"OPTIONS" + fromApp + "; ACRM: PUT; ACRH: x-other",
			"204; ACAO: " + app + "; ACAC: true; ACAM: GET,POST,PUT,DELETE; ACAH: Authorization,Content-Type; ACEH: X-Total; ACMA: 600" + fiberVary, "403; " + vary3},
	}},
	{"fields-of-actual", fiberCORS(fiberBase()), onFiberApp(base()), []exchange{
		{"GET" + fromApp, "200 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; ACMA: 600; Vary: Origin", "200 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; Vary: Origin"},
		{"GET" + fromStranger, "200 ran; ACEH: X-Total; ACMA: 600; Vary: Origin", "200 ran; Vary: Origin"},
	}},
	{"default-headers", fiberOrigins(app), onFiberApp(origins(app)), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET; ACRH: authorization,x-anything", "204; ACAO: " + app + "; " + fiberDefaults + "; ACAH: authorization,x-anything" + fiberVary, "403; " + vary3},
	}},
	{"default-methods", fiberOrigins(app), onFiberApp(origins(app)), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: PUT", "204; ACAO: " + app + "; " + fiberDefaults + fiberVary, "403; " + vary3},
	}},
	{"default", theirs(onFiber, func() fiber.Handler { return cors.New() }),
		onFiberApp(concors.Config{AllowOrigins: []string{"*"}, AllowMethods: []string{"PUT", "DELETE", "PATCH"}, AllowHeaders: []string{"*"}}), []exchange{
			{"OPTIONS" + fromApp + "; ACRM: PUT; ACRH: authorization", "204; ACAO: *; " + fiberDefaults + "; ACAH: authorization" + fiberVary,
				"204; ACAO: *; ACAM: PUT, DELETE, PATCH; ACAH: *, Authorization; " + vary2},
		}},
	{"any-origin-by-default", fiberCORS(cors.Config{AllowMethods: "PUT"}), onFiberApp(concors.Config{AllowMethods: []string{"PUT"}}), []exchange{
		{"GET" + fromStranger, "200 ran; ACAO: *", "refused: no-origins"},
	}},
	{"options-without-method", fiberCORS(fiberBase()), onFiberApp(base()), []exchange{
		{"OPTIONS" + fromApp, "200 ran; Vary: Origin", "200 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; " + vary3},
	}},
	{"any-origin-with-credentials", fiberCORS(cors.Config{AllowOrigins: "*", AllowCredentials: true}), onFiberApp(credentialed("*")), []exchange{
		{"", fiberInsecure, "refused: any-origin-with-credentials"},
	}},
	{"any-origin-beside-others", fiberOrigins(app + ",*"), onFiberApp(origins(app, "*")), []exchange{
		{"", fiberFormat + "*", "refused: wildcard-beside-others"},
	}},
	{"any-origin-answers", fiberOrigins("*"), onFiberApp(anyOrigin()), []exchange{
		{"GET", "200 ran", "200 ran; ACAO: *"},
		{"OPTIONS" + fromApp + "; ACRM: GET", "204; ACAO: *; " + fiberDefaults + fiberVary, "204; ACAO: *; " + vary2},
	}},
	{"any-header", fiberCORS(cors.Config{AllowHeaders: "*"}), onFiberApp(concors.Config{AllowOrigins: []string{"*"}, AllowHeaders: []string{"*"}}), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET; ACRH: authorization", "204; ACAO: *; " + fiberDefaults + "; ACAH: *" + fiberVary, "204; ACAO: *; ACAH: *, Authorization; " + vary2},
	}},
	{"any-header-with-credentials", fiberCORS(with(fiberBase(), func(c *cors.Config) { c.AllowMethods, c.AllowHeaders = "*", "*" })),
		onFiberApp(with(base(), func(c *concors.Config) { c.AllowMethods, c.AllowHeaders = []string{"*"}, []string{"*"} })), []exchange{
			{"OPTIONS" + fromApp + "; ACRM: PUT; ACRH: x-a", "204; ACAO: " + app + "; ACAC: true; ACAM: *; ACAH: *; ACEH: X-Total; ACMA: 600" + fiberVary,
				"204; ACAO: " + app + "; ACAC: true; ACAM: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS; ACAH: x-a; ACMA: 600; " + vary3},
		}},
	{"origin-header", fiberCORS(cors.Config{AllowOrigins: app, AllowHeaders: "Origin, Content-Type, Accept"}),
		onFiberApp(concors.Config{AllowOrigins: []string{app}, AllowHeaders: []string{"Origin", "Content-Type", "Accept"}}), []exchange{
			{"", "built", "refused: header-forbidden"},
		}},
	{"several-in-one-entry", fiberOrigins(app + ", https://b.example.com"), onFiberApp(origins(app + ", https://b.example.com")), []exchange{
		{"GET" + fromApp, "200 ran; ACAO: " + app + "; Vary: Origin", "refused: origin-several"},
	}},
	{"headers-on-several-lines", fiberOrigins(app), onFiberApp(with(credentialed(app), func(c *concors.Config) { c.AllowHeaders = []string{"*"} })), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET; ACRH: x-a; ACRH: x-b", "204; ACAO: " + app + "; " + fiberDefaults + "; ACAH: x-a" + fiberVary,
			"204; ACAO: " + app + "; ACAC: true; ACAH: x-a,x-b; " + vary3},
	}},
	{"case-of-methods", fiberCORS(cors.Config{AllowOrigins: app, AllowMethods: "put"}), onFiberApp(concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"put"}}), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: PUT", "204; ACAO: " + app + "; ACAM: put" + fiberVary, "refused: method-case"},
	}},
	{"case-of-origins", fiberOrigins("https://App.Example.com"), onFiberApp(origins("https://App.Example.com")), []exchange{
		{"GET" + fromApp, "200 ran; ACAO: " + app + "; Vary: Origin", "refused: origin-upper-case"},
	}},
	{"trailing-slash", fiberOrigins(app + "/"), onFiberApp(origins(app + "/")), []exchange{
		{"GET" + fromApp, "200 ran; ACAO: " + app + "; Vary: Origin", "refused: origin-path"},
	}},
	{"default-port", fiberOrigins(app + ":443"), onFiberApp(origins(app + ":443")), []exchange{
		{"GET" + fromApp, "200 ran; Vary: Origin", "refused: origin-default-port"},
	}},
	{"no-scheme", fiberOrigins("app.example.com"), onFiberApp(origins("app.example.com")), []exchange{
		{"", fiberFormat + "app.example.com", "refused: origin-no-scheme"},
	}},
	{"wildcards", fiberOrigins("https://*.example.com"), onFiberApp(origins("https://*.example.com")), []exchange{
		{"GET; Origin: https://a.b.example.com", "200 ran; ACAO: https://a.b.example.com; Vary: Origin", "200 ran; ACAO: https://a.b.example.com; Vary: Origin"},
		{"GET; Origin: https://example.com", "200 ran; Vary: Origin", "200 ran; Vary: Origin"},
	}},
	{"any-port", fiberOrigins("http://localhost:*"), onFiberApp(origins("http://localhost:*")), []exchange{
		{"GET; Origin: http://localhost:5173", fiberFormat + "http://localhost:*", "200 ran; ACAO: http://localhost:5173; Vary: Origin"},
	}},
	{"insecure-origin", fiberCORS(cors.Config{AllowOrigins: "http://app.example.com", AllowCredentials: true}), onFiberApp(credentialed("http://app.example.com")), []exchange{
		{"", "built", "refused: insecure-with-credentials"},
	}},
	{"public-suffix", fiberOrigins("https://*.github.io"), onFiberApp(origins("https://*.github.io")), []exchange{
		{"GET; Origin: https://anybody.github.io", "200 ran; ACAO: https://anybody.github.io; Vary: Origin", "refused: public-suffix"},
	}},
	{"null-origin", fiberOrigins("null"), onFiberApp(origins("null")), []exchange{
		{"", fiberFormat + "null", "refused: null-origin"},
	}},
	{"errors", theirs(onFailingFiber, func() fiber.Handler { return cors.New(fiberBase()) }), ours(onFailingFiber, corsfiber.Middleware, base()), []exchange{
		{"GET" + fromApp, "500 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; ACMA: 600; Vary: Origin", "500 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; Vary: Origin"},
	}},
	{"duplicates", fiberOrigins(app + "," + app), onFiberApp(origins(app, app)), []exchange{{"", "built", "refused: duplicate"}}},
	{"max-age", fiberCORS(cors.Config{AllowOrigins: app, MaxAge: -1}), onFiberApp(with(origins(app), func(c *concors.Config) { c.MaxAge = -1 })), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET", "204; ACAO: " + app + "; " + fiberDefaults + "; ACMA: 0" + fiberVary, "204; ACAO: " + app + "; ACMA: 0; " + vary3},
	}},
	{"long-max-age", fiberCORS(cors.Config{MaxAge: 604800}), onFiberApp(with(anyOrigin(), func(c *concors.Config) { c.MaxAge = 604800 })), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET", "204; ACAO: *; " + fiberDefaults + "; ACMA: 604800" + fiberVary, "refused: max-age"},
	}},
	{"origin-function", fiberCORS(cors.Config{AllowOrigins: app, AllowOriginsFunc: func(origin string) bool { return origin != app }}), onFiberApp(origins(app), admits()), []exchange{
		{"GET" + fromApp, "200 ran; ACAO: " + app + "; Vary: Origin", "200 ran; ACAO: " + app + "; Vary: Origin"},
		{"GET; Origin: null", "200 ran; ACAO: null; Vary: Origin", "200 ran; Vary: Origin"},
		{"GET; Origin: nonsense", "200 ran; ACAO: nonsense; Vary: Origin", "200 ran; Vary: Origin"},
	}},
	{"function-and-credentials", fiberCORS(cors.Config{AllowCredentials: true, AllowOriginsFunc: func(string) bool { return true }}), onFiberApp(credentialed(), admits()), []exchange{
		{"GET; Origin: http://app.example.com", "200 ran; ACAO: http://app.example.com; ACAC: true; Vary: Origin", "200 ran; Vary: Origin"},
	}},
	{"next", fiberCORS(with(fiberBase(), func(c *cors.Config) { c.Next = func(c *fiber.Ctx) bool { return c.Path() == "/thing" } })),
		onFiberApp(with(base(), func(c *concors.Config) { c.Paths = map[string]concors.Config{"/thing": {}} })), []exchange{
			{"OPTIONS" + fromApp + "; ACRM: PUT", "200 ran", "200 ran"},
			{"GET" + fromApp, "200 ran", "200 ran"},
		}},
	{"resets", theirs(reset, func() fiber.Handler { return cors.New(fiberBase()) }), ours(reset, corsfiber.Middleware, base()), []exchange{
		{"GET" + fromApp, "200 ran", "200 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; Vary: Origin"},
	}},
	{"prefix", theirs(atPrefix, func() fiber.Handler { return cors.New(cors.Config{AllowOrigins: app}) }),
		onFiberApp(concors.Config{Paths: map[string]concors.Config{"/thing/": origins(app)}}), []exchange{
			{"GET /thing/1" + fromApp, "200 ran; ACAO: " + app + "; Vary: Origin", "200 ran; ACAO: " + app + "; Vary: Origin"},
			{"GET /things" + fromApp, "200 ran; ACAO: " + app + "; Vary: Origin", "200 ran"},
		}},
	{"one-route", theirs(atFiberRoute, func() fiber.Handler { return cors.New(fiberBase()) }), ours(atFiberRoute, corsfiber.Middleware, base()), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: PUT", "405; Allow: PUT", "405; Allow: PUT"},
	}},
}
