module github.com/concors/concors/echo

go 1.26.0

require (
	github.com/concors/concors/conformance v0.1.0
	github.com/concors/concors/core v0.1.0
	github.com/concors/concors/stdlib v0.1.0
	github.com/labstack/echo/v4 v4.16.0
)

require (
	github.com/labstack/gommon v0.5.0 // indirect
	github.com/mattn/go-colorable v0.1.15 // indirect
	github.com/mattn/go-isatty v0.0.22 // indirect
	github.com/valyala/bytebufferpool v1.0.0 // indirect
	github.com/valyala/fasttemplate v1.2.2 // indirect
	golang.org/x/crypto v0.58.0 // indirect
	golang.org/x/net v0.62.0 // indirect
	golang.org/x/sys v0.49.0 // indirect
	golang.org/x/text v0.43.0 // indirect
	golang.org/x/time v0.15.0 // indirect
)

replace (
	github.com/concors/concors/conformance => ../conformance
	github.com/concors/concors/core => ../core
	github.com/concors/concors/stdlib => ../stdlib
)
