module github.com/concors/concors/conformance

go 1.26.0

require (
	github.com/concors/concors/core v0.1.0
)

replace github.com/concors/concors/core => ../core
