package cost

import (
	"net"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"github.com/concors/concors/compare/peers"
	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

var onFiber = lane{
	router: "fiber",
	bare:   func(w *workload) driver { return driveFiber(w) },
	floor:  func(w *workload) driver { return driveFiber(w, floorFiber(w)) },
	ours:   func(w *workload, p *concors.Policy) driver { return driveFiber(w, corsfiber.Middleware(p)) },
	peers: []peer{{"fiber", func(w *workload, s peers.Spec) (driver, error) {
		cors, err := peers.FiberCORS(s)
		if err != nil {
			return nil, err
		}
		return driveFiber(w, cors), nil
	}}},
}

// fiberDriver calls the handler of an app with one context.
type fiberDriver struct {
	handler fasthttp.RequestHandler
	ctx     fasthttp.RequestCtx
}

func driveFiber(w *workload, use ...fiber.Handler) driver {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	for _, middleware := range use {
		app.Use(middleware)
	}
	accept := func(c *fiber.Ctx) error {
		c.Status(statusRan)
		return nil
	}
	app.Get(path, accept)
	app.Options(path, accept)
	d := &fiberDriver{handler: app.Handler()}
	var r fasthttp.Request
	r.Header.SetMethod(w.method)
	r.SetRequestURI(path)
	r.Header.SetHost("api.example.com")
	for _, f := range w.request {
		r.Header.Add(f.name, f.value)
	}
	d.ctx.Init(&r, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 40000}, nil)
	return d
}

// run resets what fasthttp resets between two requests, the request aside.
func (d *fiberDriver) run(times int) {
	for range times {
		d.ctx.ResetUserValues()
		d.ctx.Response.Reset()
		d.handler(&d.ctx)
	}
}

func (d *fiberDriver) answer() answer {
	a := answer{status: d.ctx.Response.StatusCode()}
	d.ctx.Response.Header.VisitAll(func(name, value []byte) { a.add(string(name), string(value)) })
	return a
}

// floorFiber copies constants into buffers that the connection reuses.
func floorFiber(w *workload) fiber.Handler {
	f := newFloor(w)
	type line struct{ name, value []byte }
	var lines []line
	for _, field := range w.want.fields {
		lines = append(lines, line{[]byte(field.name), []byte(field.value)})
	}
	return func(c *fiber.Ctx) error {
		h := &c.Response().Header
		for i := range lines {
			h.SetCanonical(lines[i].name, lines[i].value)
		}
		if f.status != 0 {
			c.Status(f.status)
			return nil
		}
		return c.Next()
	}
}
