package claims

import (
	"io"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v2"
	fiberrecover "github.com/gofiber/fiber/v2/middleware/recover"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/concors/concors/compare/peers"
)

// On each router a handler that panics, and the recovery that people use,
// outside the middleware.

func onFailing(cors wrapper) peers.App {
	failing := cors(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ran(w, r)
		panic("asked for by a claim")
	}))
	return peers.App{HTTP: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if recover() != nil {
				w.WriteHeader(http.StatusInternalServerError)
			}
		}()
		failing.ServeHTTP(w, r)
	})}
}

func onFailingGin(cors gin.HandlerFunc) peers.App {
	r := gin.New()
	r.Use(gin.RecoveryWithWriter(io.Discard), cors)
	r.GET("/thing", func(c *gin.Context) {
		ginRan(c)
		panic("asked for by a claim")
	})
	return peers.App{HTTP: r}
}

func onFailingEcho(cors echo.MiddlewareFunc) peers.App {
	e := echo.New()
	e.Logger.SetOutput(io.Discard)
	e.Use(middleware.Recover(), cors)
	e.GET("/thing", func(c echo.Context) error {
		c.Response().Header().Set("Handler-Ran", "yes")
		panic("asked for by a claim")
	})
	return peers.App{HTTP: e}
}

func onFailingFiber(cors fiber.Handler) peers.App {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Use(fiberrecover.New(), cors)
	app.Get("/thing", func(c *fiber.Ctx) error {
		c.Set("Handler-Ran", "yes")
		panic("asked for by a claim")
	})
	return peers.App{Fiber: app}
}
