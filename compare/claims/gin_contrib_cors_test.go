package claims

import (
	"time"

	"github.com/gin-contrib/cors"
	"github.com/gin-gonic/gin"

	"github.com/concors/concors/compare/peers"
	concors "github.com/concors/concors/core"
	corsgin "github.com/concors/concors/gin"
)

func ginBase() cors.Config {
	return cors.Config{
		AllowOrigins:     []string{app},
		AllowMethods:     []string{"GET", "POST", "PUT", "DELETE"},
		AllowHeaders:     []string{"Authorization", "Content-Type"},
		ExposeHeaders:    []string{"X-Total"},
		AllowCredentials: true,
		MaxAge:           10 * time.Minute,
	}
}

func ginCORS(c cors.Config) server {
	return theirs(onGin, func() gin.HandlerFunc { return cors.New(c) })
}

func ginOrigins(list ...string) server { return ginCORS(cors.Config{AllowOrigins: list}) }

func ginWildcards(list ...string) server {
	return ginCORS(cors.Config{AllowOrigins: list, AllowWildcard: true})
}

func onGinEngine(cfg concors.Config, options ...concors.Option) server {
	return ours(onGin, corsgin.Middleware, cfg, options...)
}

func inGinGroup(middleware gin.HandlerFunc) peers.App {
	r := gin.New()
	r.Group("/", middleware).PUT("/thing", ginRan)
	return peers.App{HTTP: r}
}

// behindVary stands behind a middleware that has named a field in Vary.
func behindVary(middleware gin.HandlerFunc) peers.App {
	r := gin.New()
	r.Use(func(c *gin.Context) { c.Header("Vary", "Accept-Encoding") }, middleware)
	r.GET("/thing", ginRan)
	return peers.App{HTTP: r}
}

const (
	ginSchemes = "bad origin: origins must contain '*' or include http://,https://"
	ginVary    = "; Vary: Origin, ACRM, ACRH"
)

var ginClaims = []claim{
	weReload,
	{"denied-actual", ginCORS(ginBase()), onGinEngine(base()), []exchange{
		{"GET" + fromStranger, "403", "200 ran; Vary: Origin"},
		{"POST" + fromStranger, "403", "200 ran; Vary: Origin"},
	}},
	{"denied-preflight", ginCORS(ginBase()), onGinEngine(base()), []exchange{
		{"OPTIONS" + fromStranger + "; ACRM: PUT", "403", "403; " + vary3},
	}},
	{"denied-method-or-header", ginCORS(ginBase()), onGinEngine(base()), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: PATCH",
			"204; ACAO: " + app + "; ACAC: true; ACAM: GET,POST,PUT,DELETE; ACAH: Authorization,Content-Type; ACMA: 600" + ginVary, "403; " + vary3},
		{"OPTIONS" + fromApp + "; ACRM: PUT; ACRH: x-other",
			"204; ACAO: " + app + "; ACAC: true; ACAM: GET,POST,PUT,DELETE; ACAH: Authorization,Content-Type; ACMA: 600" + ginVary, "403; " + vary3},
	}},
	{"own-host", ginCORS(ginBase()), onGinEngine(base()), []exchange{
		{"POST; Host: api.example.com; Origin: https://api.example.com", "200 ran", "200 ran; Vary: Origin"},
		{"OPTIONS; Host: api.example.com; Origin: https://api.example.com; ACRM: PUT", "200 ran", "403; " + vary3},
	}},
	{"options-without-method", ginCORS(ginBase()), onGinEngine(base()), []exchange{
		{"OPTIONS" + fromApp,
			"204; ACAO: " + app + "; ACAC: true; ACAM: GET,POST,PUT,DELETE; ACAH: Authorization,Content-Type; ACMA: 600" + ginVary,
			"200 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; " + vary3},
	}},
	{"vary-without-origin", ginCORS(ginBase()), onGinEngine(base()), []exchange{
		{"GET", "200 ran", "200 ran; Vary: Origin"},
	}},
	{"vary-of-others", theirs(behindVary, func() gin.HandlerFunc { return cors.New(ginBase()) }), ours(behindVary, corsgin.Middleware, base()), []exchange{
		{"GET" + fromApp, "200 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; Vary: Origin",
			"200 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; Vary: Accept-Encoding, Origin"},
	}},
	{"default-config", ginCORS(with(cors.DefaultConfig(), func(c *cors.Config) { c.AllowOrigins = []string{app} })),
		onGinEngine(concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"PUT", "PATCH", "DELETE", "OPTIONS"},
			AllowHeaders: []string{"Origin", "Content-Length", "Content-Type"}, MaxAge: 43200}), []exchange{
			{"OPTIONS" + fromApp + "; ACRM: PUT",
				"204; ACAO: " + app + "; ACAM: GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS; ACAH: Origin,Content-Length,Content-Type; ACMA: 43200" + ginVary,
				"refused: header-forbidden, header-forbidden"},
		}},
	{"default", theirs(onGin, cors.Default), onGinEngine(concors.Config{AllowOrigins: []string{"*"}, AllowMethods: []string{"PUT", "PATCH", "DELETE", "OPTIONS"}, AllowHeaders: []string{"Content-Type"}, MaxAge: 43200}), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: PUT",
			"204; ACAO: *; ACAM: GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS; ACAH: Origin,Content-Length,Content-Type; ACMA: 43200",
			"204; ACAO: *; ACAM: PUT, PATCH, DELETE, OPTIONS; ACAH: Content-Type; ACMA: 43200; " + vary2},
		{"OPTIONS" + fromApp + "; ACRM: PROPFIND",
			"204; ACAO: *; ACAM: GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS; ACAH: Origin,Content-Length,Content-Type; ACMA: 43200",
			"403; " + vary2},
	}},
	{"empty-lists", ginOrigins(app), onGinEngine(origins(app)), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: PUT; ACRH: x-a", "204; ACAO: " + app + ginVary, "403; " + vary3},
	}},
	{"no-origins", ginOrigins(), onGinEngine(concors.Config{}), []exchange{
		{"", "refused: conflict settings: all origins disabled", "refused: no-origins"},
	}},
	{"any-origin-with-credentials", ginCORS(cors.Config{AllowAllOrigins: true, AllowCredentials: true}), onGinEngine(credentialed("*")), []exchange{
		{"GET" + fromStranger, "200 ran; ACAO: *; ACAC: true", "refused: any-origin-with-credentials"},
	}},
	{"any-origin-beside-others", ginOrigins(app, "*"), onGinEngine(origins(app, "*")), []exchange{
		{"GET" + fromStranger, "200 ran; ACAO: *", "refused: wildcard-beside-others"},
	}},
	{"any-origin-answers", ginCORS(cors.Config{AllowAllOrigins: true}), onGinEngine(anyOrigin()), []exchange{
		{"GET", "200 ran", "200 ran; ACAO: *"},
	}},
	{"any-header", ginCORS(cors.Config{AllowAllOrigins: true, AllowHeaders: []string{"*"}}), onGinEngine(concors.Config{AllowOrigins: []string{"*"}, AllowHeaders: []string{"*"}}), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET; ACRH: authorization", "204; ACAO: *; ACAH: *", "204; ACAO: *; ACAH: *, Authorization; " + vary2},
	}},
	{"any-header-with-credentials", ginCORS(cors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"*"}, AllowHeaders: []string{"*"}, AllowCredentials: true}),
		onGinEngine(with(credentialed(app), func(c *concors.Config) { c.AllowMethods, c.AllowHeaders = []string{"*"}, []string{"*"} })), []exchange{
			{"OPTIONS" + fromApp + "; ACRM: PUT; ACRH: x-a", "204; ACAO: " + app + "; ACAC: true; ACAM: *; ACAH: *" + ginVary,
				"204; ACAO: " + app + "; ACAC: true; ACAM: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS; ACAH: x-a; " + vary3},
		}},
	{"case-of-methods", ginCORS(cors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"patch"}}), onGinEngine(concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"patch"}}), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: PATCH", "204; ACAO: " + app + "; ACAM: PATCH" + ginVary, "403; " + vary3},
	}},
	{"spelling-of-lists", ginCORS(cors.Config{AllowOrigins: []string{app}, AllowHeaders: []string{"X-API-Key", "x-api-key"}}),
		onGinEngine(concors.Config{AllowOrigins: []string{app}, AllowHeaders: []string{"X-API-Key"}}), []exchange{
			{"OPTIONS" + fromApp + "; ACRM: GET; ACRH: x-api-key", "204; ACAO: " + app + "; ACAH: X-Api-Key" + ginVary, "204; ACAO: " + app + "; ACAH: X-API-Key; " + vary3},
		}},
	{"errors", theirs(onFailingGin, func() gin.HandlerFunc { return cors.New(ginBase()) }), ours(onFailingGin, corsgin.Middleware, base()), []exchange{
		{"GET" + fromApp, "500 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; Vary: Origin", "500 ran; ACAO: " + app + "; ACAC: true; ACEH: X-Total; Vary: Origin"},
	}},
	{"duplicates", ginOrigins(app, app), onGinEngine(origins(app, app)), []exchange{{"", "built", "refused: duplicate"}}},
	{"case-of-origins", ginOrigins("https://App.Example.com"), onGinEngine(origins("https://App.Example.com")), []exchange{
		{"GET" + fromApp, "200 ran; ACAO: " + app + "; Vary: Origin", "refused: origin-upper-case"},
	}},
	{"trailing-slash", ginOrigins(app + "/"), onGinEngine(origins(app + "/")), []exchange{
		{"GET" + fromApp, "403", "refused: origin-path"},
	}},
	{"no-scheme", ginOrigins("app.example.com"), onGinEngine(origins("app.example.com")), []exchange{
		{"", "refused: " + ginSchemes, "refused: origin-no-scheme"},
	}},
	{"wildcards-without-switch", ginOrigins("https://*.example.com"), onGinEngine(origins("https://*.example.com")), []exchange{
		{"GET" + fromApp, "403", "200 ran; ACAO: " + app + "; Vary: Origin"},
	}},
	{"wildcards", ginWildcards("https://app.example.*", "https://*example.com"), onGinEngine(origins("https://app.example.*", "https://*example.com")), []exchange{
		{"GET; Origin: https://app.example.evil.test", "200 ran; ACAO: https://app.example.evil.test; Vary: Origin", "refused: origin-wildcard, origin-wildcard"},
		{"GET; Origin: https://evilexample.com", "200 ran; ACAO: https://evilexample.com; Vary: Origin", "refused: origin-wildcard, origin-wildcard"},
	}},
	{"any-port", ginWildcards("http://localhost:*"), onGinEngine(origins("http://localhost:*")), []exchange{
		{"GET; Origin: http://localhost:5173", "200 ran; ACAO: http://localhost:5173; Vary: Origin", "200 ran; ACAO: http://localhost:5173; Vary: Origin"},
		{"GET; Origin: http://localhost", "403", "200 ran; ACAO: http://localhost; Vary: Origin"},
	}},
	{"regular-expressions", ginOrigins(`/https://app\.example\.com/`), onGinEngine(origins(`/https://app\.example\.com/`)), []exchange{
		{"GET; Origin: https://app.example.com.evil.test", "200 ran; ACAO: https://app.example.com.evil.test; Vary: Origin", "refused: origin-regexp"},
	}},
	{"insecure-origin", ginCORS(cors.Config{AllowOrigins: []string{"http://app.example.com"}, AllowCredentials: true}), onGinEngine(credentialed("http://app.example.com")), []exchange{
		{"", "built", "refused: insecure-with-credentials"},
	}},
	{"public-suffix", ginWildcards("https://*.github.io"), onGinEngine(origins("https://*.github.io")), []exchange{
		{"GET; Origin: https://anybody.github.io", "200 ran; ACAO: https://anybody.github.io; Vary: Origin", "refused: public-suffix"},
	}},
	{"null-origin", ginOrigins("null"), onGinEngine(origins("null")), []exchange{
		{"", "refused: " + ginSchemes, "refused: null-origin"},
	}},
	{"schemes", ginOrigins("capacitor://localhost"), onGinEngine(origins("capacitor://localhost")), []exchange{
		{"GET; Origin: capacitor://localhost", "refused: " + ginSchemes, "200 ran; ACAO: capacitor://localhost; Vary: Origin"},
	}},
	{"schemes-without-origins", ginCORS(cors.Config{AllowOrigins: []string{"file:///index.html", "wss://app.example.com"}, AllowFiles: true, AllowWebSockets: true}),
		onGinEngine(origins("file:///index.html", "wss://app.example.com")), []exchange{
			{"", "built", "refused: origin-never-scheme, origin-never-scheme"},
		}},
	{"max-age", ginCORS(cors.Config{AllowAllOrigins: true, MaxAge: -time.Second}), onGinEngine(with(anyOrigin(), func(c *concors.Config) { c.MaxAge = -1 })), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET", "204; ACAO: *", "204; ACAO: *; ACMA: 0; " + vary2},
	}},
	{"long-max-age", ginCORS(cors.Config{AllowAllOrigins: true, MaxAge: 7 * 24 * time.Hour}), onGinEngine(with(anyOrigin(), func(c *concors.Config) { c.MaxAge = 604800 })), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET", "204; ACAO: *; ACMA: 604800", "refused: max-age"},
	}},
	{"status", ginCORS(cors.Config{AllowAllOrigins: true, OptionsResponseStatusCode: 200}), onGinEngine(with(anyOrigin(), func(c *concors.Config) { c.PreflightStatus = 200 })), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET", "200; ACAO: *", "200; ACAO: *; " + vary2},
	}},
	{"private-network", ginCORS(cors.Config{AllowAllOrigins: true, AllowPrivateNetwork: true}), onGinEngine(anyOrigin()), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: GET", "204; ACAO: *; ACAPN: true", "204; ACAO: *; " + vary2},
	}},
	{"origin-function", ginCORS(cors.Config{AllowOrigins: []string{app}, AllowOriginFunc: func(origin string) bool { return origin != app }}), onGinEngine(origins(app), admits()), []exchange{
		{"GET" + fromApp, "200 ran; ACAO: " + app + "; Vary: Origin", "200 ran; ACAO: " + app + "; Vary: Origin"},
		{"GET; Origin: null", "200 ran; ACAO: null; Vary: Origin", "200 ran; Vary: Origin"},
		{"GET; Origin: nonsense", "200 ran; ACAO: nonsense; Vary: Origin", "200 ran; Vary: Origin"},
	}},
	{"function-and-credentials", ginCORS(cors.Config{AllowCredentials: true, AllowOriginWithContextFunc: func(*gin.Context, string) bool { return true }}), onGinEngine(credentialed(), admits()), []exchange{
		{"GET; Origin: http://app.example.com", "200 ran; ACAO: http://app.example.com; ACAC: true; Vary: Origin", "200 ran; Vary: Origin"},
	}},
	{"redirects", ginCORS(ginBase()), onGinEngine(base()), []exchange{
		{"GET /thing/" + fromApp, "301", "301"},
	}},
	{"group", theirs(inGinGroup, func() gin.HandlerFunc { return cors.New(ginBase()) }), ours(inGinGroup, corsgin.Middleware, base()), []exchange{
		{"OPTIONS" + fromApp + "; ACRM: PUT", "404", "404"},
	}},
}
