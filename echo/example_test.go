package corsecho_test

import (
	"log"
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
)

func Example() {
	policy, err := concors.NewPolicy(concors.Config{
		AllowOrigins: []string{"https://app.example.com"},
		AllowMethods: []string{"PUT", "DELETE"},
		AllowHeaders: []string{"Authorization", "Content-Type"},
	})
	if err != nil {
		log.Fatal(err) // every fault, one a line
	}
	e := echo.New()
	e.Use(middleware.RequestLogger(), middleware.Recover(), corsecho.Middleware(policy))
	e.PUT("/items/:id", func(c echo.Context) error { return c.String(http.StatusOK, "stored\n") })
	log.Fatal(e.Start("127.0.0.1:8080"))
}
