//go:build ignore

package main

import (
	"log"
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

func main() {
	e := echo.New()
	e.Use(middleware.RequestLogger(), middleware.Recover())
	e.PUT("/items/:id", func(c echo.Context) error { return c.String(http.StatusOK, "stored\n") })
	log.Fatal(e.Start("127.0.0.1:8080"))
}
