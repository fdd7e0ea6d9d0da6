// Package auth puts authentication behind the policy, on each router. A preflight
// carries no credentials, so authentication in front refuses every one, and a
// page can't read the 401. Copy the order of your router.
package auth

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

// Config lets the pages of page send a token, which is no cookie and needs no
// AllowCredentials. With WWW-Authenticate exposed they can tell a token that
// has run out from one that is missing.
func Config(page string) concors.Config {
	return concors.Config{
		AllowOrigins:  []string{page},
		AllowMethods:  []string{"PUT"},
		AllowHeaders:  []string{"Authorization"},
		ExposeHeaders: []string{"WWW-Authenticate"},
	}
}

// A Check says whether a token, the value of Authorization, is good.
type Check func(authorization string) bool

// Required answers 401 to a request without a good token.
func (good Check) Required(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !good(r.Header.Get("Authorization")) {
			w.Header().Set("WWW-Authenticate", "Bearer")
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// OnGin is Required for gin.
func (good Check) OnGin(c *gin.Context) {
	if !good(c.GetHeader("Authorization")) {
		c.Header("WWW-Authenticate", "Bearer")
		c.AbortWithStatus(http.StatusUnauthorized)
	}
}

// OnFiber is Required for Fiber.
func (good Check) OnFiber(c *fiber.Ctx) error {
	if !good(c.Get(fiber.HeaderAuthorization)) {
		c.Set(fiber.HeaderWWWAuthenticate, "Bearer")
		return fiber.ErrUnauthorized
	}
	return c.Next()
}

// Stdlib has the order for net/http.
func Stdlib(policy *concors.Policy, good Check, routes http.Handler) http.Handler {
	return corshttp.Middleware(policy)(good.Required(routes))
}

// Chi has the order for chi.
func Chi(policy *concors.Policy, good Check) *chi.Mux {
	r := chi.NewRouter()
	r.Use(corschi.Middleware(policy), good.Required)
	return r
}

// Gin has the order for gin.
func Gin(policy *concors.Policy, good Check) *gin.Engine {
	r := gin.New()
	r.Use(corsgin.Middleware(policy), good.OnGin)
	return r
}

// Echo has the order for Echo.
func Echo(policy *concors.Policy, good Check) *echo.Echo {
	e := echo.New()
	e.Use(corsecho.Middleware(policy), echo.WrapMiddleware(good.Required))
	return e
}

// Fiber has the order for Fiber.
func Fiber(policy *concors.Policy, good Check) *fiber.App {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Use(corsfiber.Middleware(policy), good.OnFiber)
	return app
}
