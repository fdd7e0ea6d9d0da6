module github.com/concors/concors/chi

go 1.26.0

require (
	github.com/concors/concors/conformance v0.1.0
	github.com/concors/concors/core v0.1.0
	github.com/concors/concors/stdlib v0.1.0
	github.com/go-chi/chi/v5 v5.5.0
)

require (
	golang.org/x/net v0.62.0 // indirect
	golang.org/x/text v0.43.0 // indirect
)

replace (
	github.com/concors/concors/conformance => ../conformance
	github.com/concors/concors/core => ../core
	github.com/concors/concors/stdlib => ../stdlib
)
