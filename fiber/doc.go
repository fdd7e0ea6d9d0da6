// Package corsfiber carries a Concors policy into Fiber, version 2.
//
// Install it with Use before the routes. Middleware that is installed after a
// route does not run for that route, and middleware of a single route never
// sees a preflight:
//
//	app := fiber.New()
//	app.Use(logger.New(), recover.New(), corsfiber.Middleware(policy))
package corsfiber
