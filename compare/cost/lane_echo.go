package cost

import (
	"github.com/labstack/echo/v4"

	"github.com/concors/concors/compare/peers"
	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
)

var onEcho = lane{
	router: "echo",
	bare:   func(w *workload) driver { return driveEcho(w) },
	floor:  func(w *workload) driver { return driveEcho(w, floorEcho(w)) },
	ours:   func(w *workload, p *concors.Policy) driver { return driveEcho(w, corsecho.Middleware(p)) },
	peers: []peer{{"echo", func(w *workload, s peers.Spec) (driver, error) {
		cors, err := peers.EchoCORS(s)
		if err != nil {
			return nil, err
		}
		return driveEcho(w, cors), nil
	}}},
}

func driveEcho(w *workload, use ...echo.MiddlewareFunc) driver {
	e := echo.New()
	e.Use(use...)
	accept := func(c echo.Context) error { return c.NoContent(statusRan) }
	e.GET(path, accept)
	e.OPTIONS(path, accept)
	return drive(w, e)
}

// floorEcho captures two words, since echo asks for the inner function on each
// request: no middleware can do with less.
func floorEcho(w *workload) echo.MiddlewareFunc {
	f := newFloor(w)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			f.write(c.Response().Header())
			if f.status != 0 {
				return c.NoContent(f.status)
			}
			return next(c)
		}
	}
}
