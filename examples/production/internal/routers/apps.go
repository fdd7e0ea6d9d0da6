package routers

import (
	"net/http"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// Apps is one program, written for each router.
type Apps struct {
	Stdlib, Chi, Gin, Echo http.Handler
	Fiber                  *fiber.App
}

// OnEach runs test once for each router, as a subtest with the router's name.
// The program is at base, such as "http://127.0.0.1:40001", until test returns.
func (a Apps) OnEach(t *testing.T, test func(t *testing.T, base string)) {
	handlers := map[string]http.Handler{"stdlib": a.Stdlib, "chi": a.Chi, "gin": a.Gin, "echo": a.Echo}
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			if handler := handlers[name]; handler != nil {
				test(t, serveHTTP(t, handler))
			} else {
				test(t, serveFiber(t, a.Fiber))
			}
		})
	}
}
