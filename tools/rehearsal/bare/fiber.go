//go:build ignore

package main

import (
	"log"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"
)

func main() {
	app := fiber.New()
	app.Use(recover.New())
	app.Get("/items", func(c *fiber.Ctx) error { return c.JSON([]string{"one", "two"}) })
	log.Fatal(app.Listen("127.0.0.1:8080"))
}
