// A fiber server, whose lists are strings.
package main

import (
	"log"
	"os"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/cors"
)

const web = "https://app.example.com"

func main() {
	app := fiber.New()
	app.Use(cors.New())
	app.Use("/api", cors.New(cors.Config{
		Next:             func(c *fiber.Ctx) bool { return c.Path() == "/api/health" },
		AllowOrigins:     web + "/, https://*.dev.example.com,https://*.example.org",
		AllowMethods:     strings.Join([]string{fiber.MethodGet, fiber.MethodPut}, ","),
		AllowHeaders:     "Origin, Content-Type, Accept",
		AllowCredentials: true,
		ExposeHeaders:    "X-Total, X-Page",
		MaxAge:           600,
	}))
	app.Use("/env", cors.New(cors.Config{
		AllowOrigins: os.Getenv("ORIGINS"),
		AllowHeaders: "*",
	}))
	app.Use("/func", cors.New(cors.Config{
		AllowOriginsFunc: func(origin string) bool { return os.Getenv("ENVIRONMENT") == "development" },
	}))
	app.Use("/panics", cors.New(cors.Config{AllowOrigins: "*", AllowCredentials: true}))
	defaults := cors.ConfigDefault
	defaults.AllowHeaders += "X-Api-Key"
	app.Use("/defaults", cors.New(defaults))
	log.Fatal(app.Listen("127.0.0.1:8080"))
}
