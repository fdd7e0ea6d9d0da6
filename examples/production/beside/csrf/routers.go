package csrf

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"
	"github.com/labstack/echo/v4"

	corschi "github.com/concors/concors/chi"
	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
	corsfiber "github.com/concors/concors/fiber"
	corsgin "github.com/concors/concors/gin"
	corshttp "github.com/concors/concors/stdlib"
)

// Stdlib has the order for net/http: the policy, the guard, the routes.
func Stdlib(policy *concors.Policy, guard *Guard, routes http.Handler) http.Handler {
	return corshttp.Middleware(policy)(guard.Handler(routes))
}

// Chi has the order for chi.
func Chi(policy *concors.Policy, guard *Guard) *chi.Mux {
	r := chi.NewRouter()
	r.Use(corschi.Middleware(policy), guard.Handler)
	return r
}

// Gin has the order for gin.
func Gin(policy *concors.Policy, guard *Guard) *gin.Engine {
	r := gin.New()
	r.Use(corsgin.Middleware(policy), func(c *gin.Context) {
		if err := guard.Check(c.Request); err != nil {
			c.AbortWithStatus(http.StatusForbidden)
		}
	})
	return r
}

// Echo has the order for Echo.
func Echo(policy *concors.Policy, guard *Guard) *echo.Echo {
	e := echo.New()
	e.Use(corsecho.Middleware(policy), echo.WrapMiddleware(guard.Handler))
	return e
}

// Fiber has the order for Fiber.
func Fiber(policy *concors.Policy, guard *Guard) *fiber.App {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Use(corsfiber.Middleware(policy), func(c *fiber.Ctx) error {
		r, err := adaptor.ConvertRequest(c, true)
		if err != nil {
			return fiber.ErrBadRequest
		}
		if guard.Check(r) != nil {
			return fiber.ErrForbidden
		}
		return c.Next()
	})
	return app
}
