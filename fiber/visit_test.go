package corsfiber

import (
	"net"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	concors "github.com/concors/concors/core"
)

// The memory of a run goes back to the pool when the handler has returned, and
// never when it goes on behind a timeout.
func TestVisitIsNotReusedAfterTimeout(t *testing.T) {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}})
	if err != nil {
		t.Fatal(err)
	}
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Use(Middleware(policy))
	app.Get("/late", func(c *fiber.Ctx) error {
		c.Context().TimeoutError("late")
		return nil
	})
	app.Get("/early", func(*fiber.Ctx) error { return nil })
	for target, isKept := range map[string]bool{"/early": false, "/late": true} {
		var req fasthttp.Request
		req.SetRequestURI(target)
		req.Header.Set("Origin", "https://app.example.com")
		ctx := new(fasthttp.RequestCtx)
		ctx.Init(&req, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}, nil)
		app.Handler()(ctx)
		v, ok := ctx.UserValue(lastVisit{}).(*visit)
		if !ok {
			t.Fatalf("%s: the context has no mark", target)
		}
		if got := len(v.fields) > 0; got != isKept {
			t.Errorf("%s: the fields are kept: %t, want %t", target, got, isKept)
		}
	}
}

// What odd requests need is not kept, and nothing that is kept refers to a
// request.
func TestRelease(t *testing.T) {
	v := &visit{origin: append(make([]string, 0, 4), "a", "b"), buf: make([]byte, 10)}
	lines := v.origin[:2]
	v.release()
	if lines[0] != "" || lines[1] != "" || len(v.origin)+len(v.buf) != 0 {
		t.Errorf("after release: lines %q, visit %v", lines, v)
	}
	for _, v := range []*visit{
		{origin: make([]string, 5000)}, {method: make([]string, 5000)},
		{headers: make([]string, 5000)}, {buf: make([]byte, 100_000)},
	} {
		v.release()
		if len(v.origin)+len(v.method)+len(v.headers)+len(v.buf) == 0 {
			t.Error("a large visit went back to the pool")
		}
	}
}
