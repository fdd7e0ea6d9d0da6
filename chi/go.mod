module github.com/concors/concors/chi

go 1.26.0

require (
	github.com/concors/concors/conformance v0.1.0
	github.com/concors/concors/core v0.1.0
	github.com/concors/concors/stdlib v0.1.0
	github.com/go-chi/chi/v5 v5.5.0
)

replace (
	github.com/concors/concors/conformance => ../conformance
	github.com/concors/concors/core => ../core
	github.com/concors/concors/stdlib => ../stdlib
)
