package routers

import (
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// overHTTP serves with net/http, of which all routers but Fiber are handlers.
func overHTTP(build func(Site) http.Handler) func(testing.TB, Site) string {
	return func(t testing.TB, s Site) string {
		site := build(s)
		return serveHTTP(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx, end := s.Begin(r.Context())
			defer end()
			site.ServeHTTP(w, r.WithContext(s.Answer(ctx, w.Header().Set)))
		}))
	}
}

func overFiber(t testing.TB, s Site) string {
	t.Helper()
	return serveFiber(t, newFiber(s))
}

func serveHTTP(t testing.TB, handler http.Handler) (base string) {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

func serveFiber(t testing.TB, app *fiber.App) (base string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- app.Listener(listener) }()
	t.Cleanup(func() {
		if err := app.Shutdown(); err != nil {
			t.Error(err)
		}
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return "http://" + listener.Addr().String()
}
