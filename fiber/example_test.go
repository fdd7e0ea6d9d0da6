package corsfiber_test

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/proxy"
	"github.com/gofiber/fiber/v2/middleware/recover"

	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
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
	app := fiber.New()
	app.Use(recover.New(), corsfiber.Middleware(policy))
	app.Put("/items/:id", func(c *fiber.Ctx) error { return c.SendString("stored\n") })
	log.Fatal(app.Listen("127.0.0.1:8080"))
}

func ExampleCheckOrigin() {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}})
	if err != nil {
		log.Fatal(err)
	}
	allowed := corsfiber.CheckOrigin(policy)
	app := fiber.New()
	app.Use("/ws", func(c *fiber.Ctx) error {
		if !allowed(c) {
			return fiber.ErrForbidden
		}
		return c.Next()
	})
	// Here follows the handler that upgrades the connection.
	app.Get("/ws", func(c *fiber.Ctx) error { return c.SendStatus(fiber.StatusOK) })

	for _, origin := range []string{"https://app.example.com", "https://other.example"} {
		request := httptest.NewRequest("GET", "/ws", nil)
		request.Header.Set("Origin", origin)
		response, err := app.Test(request, -1)
		if err != nil {
			log.Fatal(err)
		}
		response.Body.Close()
		fmt.Println(origin, response.StatusCode)
	}
	// Output:
	// https://app.example.com 200
	// https://other.example 403
}

func ExampleStripUpstream() {
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
	}))
	defer upstream.Close()
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}})
	if err != nil {
		log.Fatal(err)
	}
	app := fiber.New()
	app.Use(corsfiber.Middleware(policy))
	app.Get("/items", proxy.Balancer(proxy.Config{
		Servers:        []string{upstream.URL},
		ModifyResponse: corsfiber.StripUpstream,
	}))

	request := httptest.NewRequest("GET", "/items", nil)
	request.Header.Set("Origin", "https://app.example.com")
	response, err := app.Test(request, -1)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	fmt.Println(response.Header["Access-Control-Allow-Origin"])
	// Output: [https://app.example.com]
}
