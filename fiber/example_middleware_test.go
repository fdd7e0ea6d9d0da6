package corsfiber_test

import (
	"fmt"
	"log"
	"net/http/httptest"

	"github.com/gofiber/fiber/v2"

	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

// Two areas of one server, each with its policy, and one middleware on the root:
// the preflight of PUT is answered though no route takes OPTIONS.
func ExampleMiddleware() {
	policy, err := concors.NewPolicy(concors.Config{Paths: map[string]concors.Config{
		"/items/":  {AllowOrigins: []string{"https://app.example.com"}, AllowMethods: []string{"PUT"}},
		"/public/": {AllowOrigins: []string{"*"}},
	}})
	if err != nil {
		log.Fatal(err)
	}
	app := fiber.New()
	app.Use(corsfiber.Middleware(policy))
	items := app.Group("/items")
	items.Put("/:id", func(c *fiber.Ctx) error { return c.SendString("stored\n") })

	// What a browser asks before a page of the app may send its PUT.
	preflight := httptest.NewRequest("OPTIONS", "/items/1", nil)
	preflight.Header.Set("Origin", "https://app.example.com")
	preflight.Header.Set("Access-Control-Request-Method", "PUT")
	answer, err := app.Test(preflight, -1)
	if err != nil {
		log.Fatal(err)
	}
	defer answer.Body.Close()
	fmt.Println(answer.StatusCode, answer.Header.Get("Access-Control-Allow-Methods"))

	// Output:
	// 204 PUT
}
