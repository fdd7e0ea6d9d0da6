module github.com/concors/concors/examples

go 1.26.0

require (
	github.com/concors/concors/chi v0.1.0
	github.com/concors/concors/conformance v0.1.0
	github.com/concors/concors/core v0.1.0
	github.com/concors/concors/echo v0.1.0
	github.com/concors/concors/fiber v0.1.0
	github.com/concors/concors/gin v0.1.0
	github.com/concors/concors/stdlib v0.1.0
	github.com/gin-gonic/gin v1.12.0
	github.com/labstack/echo/v4 v4.16.0
	github.com/gofiber/fiber/v2 v2.52.15
	github.com/go-chi/chi/v5 v5.5.0
)

replace (
	github.com/concors/concors/chi => ../chi
	github.com/concors/concors/conformance => ../conformance
	github.com/concors/concors/core => ../core
	github.com/concors/concors/echo => ../echo
	github.com/concors/concors/fiber => ../fiber
	github.com/concors/concors/gin => ../gin
	github.com/concors/concors/stdlib => ../stdlib
)
