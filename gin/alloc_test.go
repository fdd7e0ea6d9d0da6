//go:build !race

package corsgin_test

import (
	"net/http"
	"runtime"
	"testing"

	"github.com/gin-gonic/gin"

	concors "github.com/concors/concors/core"
	corsgin "github.com/concors/concors/gin"
)

// TestAllocations holds the middleware to one allocation a response, of 16
// bytes for each field line, more than the same server without it.
func TestAllocations(t *testing.T) {
	for _, w := range workloads(t) {
		t.Run(w.name, func(t *testing.T) {
			bare, bareBytes := measure(router(preflightless), w.request)
			got, gotBytes := measure(router(corsgin.Middleware(w.policy)), w.request)
			if got != bare+1 || gotBytes != bareBytes+16*w.lines {
				t.Errorf("%d allocations, %d bytes; want 1 and %d more than the %d and %d of the bare server",
					got, gotBytes, 16*w.lines, bare, bareBytes)
			}
		})
	}
}

func router(m gin.HandlerFunc) http.Handler {
	r := gin.New()
	r.Use(m)
	r.GET("/a/b", func(c *gin.Context) { c.Status(http.StatusNoContent) })
	return r
}

// preflightless is the least that ends an OPTIONS request before routing, as
// the middleware does.
func preflightless(c *gin.Context) {
	if c.Request.Method == http.MethodOptions {
		c.AbortWithStatus(http.StatusNoContent)
	}
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
