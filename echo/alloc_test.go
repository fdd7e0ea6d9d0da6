//go:build !race

package corsecho_test

import (
	"net/http"
	"runtime"
	"testing"

	"github.com/labstack/echo/v4"

	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
)

// TestAllocations holds the middleware to one allocation a response, of 16
// bytes for each field line, more than the same server without it, and to the
// function of 24 bytes for which Echo asks on each request.
func TestAllocations(t *testing.T) {
	for _, w := range workloads(t) {
		t.Run(w.name, func(t *testing.T) {
			bare, bareBytes := measure(router(), w.request)
			got, gotBytes := measure(router(corsecho.Middleware(w.policy)), w.request)
			if got != bare+2 || gotBytes != bareBytes+16*w.lines+24 {
				t.Errorf("%d allocations, %d bytes; want 2 and %d more than the %d and %d of the bare server",
					got, gotBytes, 16*w.lines+24, bare, bareBytes)
			}
		})
	}
}

func router(m ...echo.MiddlewareFunc) http.Handler {
	e := echo.New()
	e.Use(m...)
	e.GET("/a/b", func(c echo.Context) error { return c.NoContent(http.StatusNoContent) })
	e.OPTIONS("/a/b", func(c echo.Context) error { return c.NoContent(http.StatusNoContent) })
	return e
}

// A workload is a request, and the number of field lines of its answer.
type workload struct {
	name    string
	policy  *concors.Policy
	request *http.Request
	lines   uint64
}

// measure returns what one request allocates, on average over many, rounded
// down. The writer and the request are used again.
func measure(h http.Handler, r *http.Request) (allocations, bytes uint64) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	w := &writer{header: http.Header{}}
	const runs = 500
	var before, after runtime.MemStats
	for i := range runs + 10 {
		if i == 10 { // by now pools and maps have what they need
			runtime.ReadMemStats(&before)
		}
		clear(w.header)
		h.ServeHTTP(w, r)
	}
	runtime.ReadMemStats(&after)
	return (after.Mallocs - before.Mallocs) / runs, (after.TotalAlloc - before.TotalAlloc) / runs
}

// writer is a response writer that allocates nothing.
type writer struct{ header http.Header }

func (w *writer) Header() http.Header         { return w.header }
func (w *writer) Write(p []byte) (int, error) { return len(p), nil }
func (w *writer) WriteHeader(int)             {}
