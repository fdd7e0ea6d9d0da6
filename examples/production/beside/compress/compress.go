// Package compress puts compression behind the policy, on each router, with the
// middleware that is usual there. Both write Vary, so both must add to it, on
// errors and 304 too. Copy the order of your router.
package compress

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/gofiber/fiber/v2"
	fibercompress "github.com/gofiber/fiber/v2/middleware/compress"
	"github.com/klauspost/compress/gzhttp"
	"github.com/labstack/echo/v4"
	echomiddleware "github.com/labstack/echo/v4/middleware"

	corschi "github.com/concors/concors/chi"
	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
	corsfiber "github.com/concors/concors/fiber"
	corshttp "github.com/concors/concors/stdlib"
)

// Stdlib has the order for net/http.
func Stdlib(policy *concors.Policy, routes http.Handler) http.Handler {
	return corshttp.Middleware(policy)(gzhttp.GzipHandler(routes))
}

// Chi has the order for chi.
func Chi(policy *concors.Policy) *chi.Mux {
	r := chi.NewRouter()
	r.Use(corschi.Middleware(policy), middleware.Compress(5))
	return r
}

// Gin wraps the engine: gin-contrib/gzip deletes Vary from errors, this does
// not. The policy must then stand round the engine too.
func Gin(policy *concors.Policy, engine *gin.Engine) http.Handler {
	return corshttp.Middleware(policy)(gzhttp.GzipHandler(engine))
}

// Echo has the order for Echo.
func Echo(policy *concors.Policy) *echo.Echo {
	e := echo.New()
	e.Use(corsecho.Middleware(policy), echomiddleware.Gzip())
	return e
}

// Fiber has the order for Fiber.
func Fiber(policy *concors.Policy) *fiber.App {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Use(corsfiber.Middleware(policy), fibercompress.New())
	return app
}
