// Package files serves a folder to pages of another origin that read it in parts,
// as players and viewers do, and one to everybody, on each router. They must be
// two: what is below both paths is everybody's. Copy Config and the function of
// your router.
package files

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"

	corschi "github.com/concors/concors/chi"
	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
	corsfiber "github.com/concors/concors/fiber"
	corsgin "github.com/concors/concors/gin"
	corshttp "github.com/concors/concors/stdlib"
)

// Config lets the pages of page read files below /files/, whole or in parts.
// AllowHeaders needs no Range: "bytes=0-499" and "bytes=500-" go without a
// preflight. What a script must see of the answer is exposed.
func Config(page string) concors.Config {
	return concors.Config{Paths: map[string]concors.Config{
		"/files/": {
			AllowOrigins:  []string{page},
			ExposeHeaders: []string{"Accept-Ranges", "Content-Range"},
		},
		// Fonts, scripts and styles are everybody's: one answer for all
		// pages, which any cache may keep once.
		"/assets/": {AllowOrigins: []string{"*"}},
	}}
}

// Stdlib serves both folders with net/http.
func Stdlib(policy *concors.Policy, files, assets string) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /files/", http.StripPrefix("/files/", http.FileServer(http.Dir(files))))
	mux.Handle("GET /assets/", http.StripPrefix("/assets/", http.FileServer(http.Dir(assets))))
	return corshttp.Middleware(policy)(mux)
}

// Chi serves both folders with chi.
func Chi(policy *concors.Policy, files, assets string) http.Handler {
	r := chi.NewRouter()
	r.Use(corschi.Middleware(policy))
	r.Handle("/files/*", http.StripPrefix("/files/", http.FileServer(http.Dir(files))))
	r.Handle("/assets/*", http.StripPrefix("/assets/", http.FileServer(http.Dir(assets))))
	return r
}

// Gin serves both folders with gin.
func Gin(policy *concors.Policy, files, assets string) http.Handler {
	r := gin.New()
	r.Use(corsgin.Middleware(policy))
	r.Static("/files", files)
	r.Static("/assets", assets)
	return r
}

// Echo serves both folders with Echo.
func Echo(policy *concors.Policy, files, assets string) http.Handler {
	e := echo.New()
	e.Use(corsecho.Middleware(policy))
	e.Static("/files", files)
	e.Static("/assets", assets)
	return e
}

// Fiber serves both folders with Fiber, which answers ranges only if it is asked to.
func Fiber(policy *concors.Policy, files, assets string) *fiber.App {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Use(corsfiber.Middleware(policy))
	app.Static("/files", files, fiber.Static{ByteRange: true})
	app.Static("/assets", assets)
	return app
}
