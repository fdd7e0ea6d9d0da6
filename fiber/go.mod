module github.com/concors/concors/fiber

go 1.26.0

replace (
	github.com/concors/concors/conformance => ../conformance
	github.com/concors/concors/core => ../core
)
