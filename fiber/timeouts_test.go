package corsfiber_test

import (
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/timeout"
	"github.com/valyala/fasthttp"

	corsfiber "github.com/concors/concors/fiber"
)

// fasthttp answers TimeoutError with a response of its own, on which nothing is
// written: the handler may still use the context. That it does so while the
// middleware ends is no race.
//
// README fiber: `c.Context().TimeoutError` answers with a response of its own
func TestTimeoutErrorCarriesNoFields(t *testing.T) {
	var late sync.WaitGroup
	app := newApp()
	app.Use(corsfiber.Middleware(newPolicy(t, config())))
	app.Get("/", func(c *fiber.Ctx) error {
		ctx := c.Context()
		late.Go(func() {
			for range 100 {
				ctx.Response.Reset()
				ctx.Response.Header.Set("Access-Control-Allow-Origin", "https://late.example")
				ctx.Request.Header.Set("Origin", "https://late.example")
				ctx.SetUserValue("late", true)
			}
		})
		ctx.TimeoutError("too late")
		return nil
	})
	app.Get("/next", func(*fiber.Ctx) error { return nil })
	c := dial(t, listen(t, app))
	for range 10 {
		for _, v := range visitors {
			c.ask("GET", "/", v.lines...).want(t, 408)
			c.ask("GET", "/next", v.lines...).want(t, 200, plus(v.fields, "Vary: Origin")...)
		}
	}
	late.Wait()
}

// The remedy where TimeoutError cannot be avoided: copy what is on the response
// before the work begins, and hand that over.
//
// README fiber: `c.Context().TimeoutError` answers with a response of its own
func TestTimeoutErrorWithResponse(t *testing.T) {
	var late sync.WaitGroup
	app := newApp()
	app.Use(corsfiber.Middleware(newPolicy(t, config())))
	app.Get("/", func(c *fiber.Ctx) error {
		ctx := c.Context()
		var onTimeout fasthttp.Response
		ctx.Response.Header.CopyTo(&onTimeout.Header)
		late.Go(func() { ctx.Response.Reset() })

		onTimeout.SetStatusCode(fiber.StatusRequestTimeout)
		onTimeout.SetBodyString("too late")
		ctx.TimeoutErrorWithResponse(&onTimeout)
		return nil
	})
	addr := listen(t, app)
	for _, v := range visitors {
		ask(t, addr, "GET", "/", v.lines...).want(t, 408, plus(v.fields, "Vary: Origin")...)
	}
	late.Wait()
}

// The remedy where it can: the handler itself gives up when its context is done.
//
// README fiber: `timeout.NewWithContext`, whose 408 has the fields
func TestTimeoutWithContext(t *testing.T) {
	app := newApp()
	app.Use(corsfiber.Middleware(newPolicy(t, config())))
	app.Get("/", timeout.NewWithContext(func(c *fiber.Ctx) error {
		c.Response().Reset()
		<-c.UserContext().Done()
		return c.UserContext().Err()
	}, time.Millisecond))
	addr := listen(t, app)
	for _, v := range visitors {
		ask(t, addr, "GET", "/", v.lines...).want(t, 408, plus(v.fields, "Vary: Origin")...)
	}
}
