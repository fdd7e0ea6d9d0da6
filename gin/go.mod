module github.com/concors/concors/gin

go 1.26.0

require (
	github.com/concors/concors/conformance v0.1.0
	github.com/concors/concors/core v0.1.0
	github.com/gin-gonic/gin v1.12.0
)

replace (
	github.com/concors/concors/conformance => ../conformance
	github.com/concors/concors/core => ../core
)
