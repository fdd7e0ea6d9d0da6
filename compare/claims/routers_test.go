package claims

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"

	"github.com/concors/concors/compare/peers"
)

// Every router has the middleware on its root and one handler for everything,
// where a claim is not about routes.

type wrapper = func(http.Handler) http.Handler

func ran(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Handler-Ran", "yes") }

func onNetHTTP(middleware wrapper) peers.App {
	return peers.App{HTTP: middleware(http.HandlerFunc(ran))}
}

func onChi(middleware wrapper) peers.App {
	r := chi.NewRouter()
	r.Use(middleware)
	r.HandleFunc("/*", ran)
	return peers.App{HTTP: r}
}

func ginRan(c *gin.Context) {
	c.Header("Handler-Ran", "yes")
	c.Status(http.StatusOK)
}

func onGin(middleware gin.HandlerFunc) peers.App {
	r := gin.New()
	r.Use(middleware)
	r.Match([]string{"GET", "POST", "PUT", "DELETE", "OPTIONS"}, "/thing", ginRan)
	return peers.App{HTTP: r}
}

func echoRan(c echo.Context) error {
	c.Response().Header().Set("Handler-Ran", "yes")
	return c.NoContent(http.StatusOK)
}

func onEcho(middleware echo.MiddlewareFunc) peers.App {
	e := echo.New()
	e.Use(middleware)
	e.Any("/thing", echoRan)
	return peers.App{HTTP: e}
}

func fiberRan(c *fiber.Ctx) error {
	c.Set("Handler-Ran", "yes")
	return nil
}

func onFiber(middleware fiber.Handler) peers.App {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Use(middleware)
	app.Use(fiberRan)
	return peers.App{Fiber: app}
}
