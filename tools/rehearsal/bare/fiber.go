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
	app.Put("/items/:id", func(c *fiber.Ctx) error { return c.SendString("stored\n") })
	log.Fatal(app.Listen("127.0.0.1:8080"))
}
