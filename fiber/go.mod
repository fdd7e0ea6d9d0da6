module github.com/concors/concors/fiber

go 1.26.0

require (
	github.com/concors/concors/conformance v0.1.0
	github.com/concors/concors/core v0.1.0
	github.com/gofiber/fiber/v2 v2.52.15
)

replace (
	github.com/concors/concors/conformance => ../conformance
	github.com/concors/concors/core => ../core
)
