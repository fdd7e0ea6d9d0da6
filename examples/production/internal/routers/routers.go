package routers

import (
	"net/http"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"
	"github.com/labstack/echo/v4"

	corschi "github.com/concors/concors/chi"
	corsecho "github.com/concors/concors/echo"
	corsfiber "github.com/concors/concors/fiber"
	corsgin "github.com/concors/concors/gin"
	corshttp "github.com/concors/concors/stdlib"
)

type router struct {
	name  string
	serve func(testing.TB, Site) (base string)
}

var all = []router{
	{"stdlib", overHTTP(newStdlib)},
	{"chi", overHTTP(newChi)},
	{"gin", overHTTP(newGin)},
	{"echo", overHTTP(newEcho)},
	{"fiber", overFiber},
}

func newStdlib(s Site) http.Handler {
	return corshttp.Middleware(s.Policy)(s.Handler)
}

func newChi(s Site) http.Handler {
	r := chi.NewRouter()
	r.Use(corschi.Middleware(s.Policy))
	r.Handle("/*", s.Handler)
	return r
}

func newGin(s Site) http.Handler {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.Use(corsgin.Middleware(s.Policy))
	r.Any("/*path", gin.WrapH(s.Handler))
	return r
}

func newEcho(s Site) http.Handler {
	e := echo.New()
	e.Use(corsecho.Middleware(s.Policy))
	e.Any("/*", echo.WrapHandler(s.Handler))
	return e
}

func newFiber(s Site) *fiber.App {
	app := fiber.New(fiber.Config{DisableStartupMessage: true, ReadBufferSize: 1 << 20})
	app.Use(func(c *fiber.Ctx) error {
		ctx, end := s.Begin(c.UserContext())
		defer end()
		c.SetUserContext(s.Answer(ctx, c.Set))
		return c.Next()
	})
	app.Use(corsfiber.Middleware(s.Policy))
	app.Use(adaptor.HTTPHandler(s.Handler))
	return app
}
