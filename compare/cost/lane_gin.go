package cost

import (
	"github.com/gin-gonic/gin"

	"github.com/concors/concors/compare/peers"
	concors "github.com/concors/concors/core"
	corsgin "github.com/concors/concors/gin"
)

// The peers package puts gin in release mode.
var onGin = lane{
	router: "gin",
	bare:   func(w *workload) driver { return driveGin(w) },
	floor:  func(w *workload) driver { return driveGin(w, floorGin(w)) },
	ours:   func(w *workload, p *concors.Policy) driver { return driveGin(w, corsgin.Middleware(p)) },
	peers: []peer{{"gin-contrib/cors", func(w *workload, s peers.Spec) (driver, error) {
		cors, err := peers.GinCORS(s)
		if err != nil {
			return nil, err
		}
		return driveGin(w, cors), nil
	}}},
}

func driveGin(w *workload, use ...gin.HandlerFunc) driver {
	r := gin.New()
	r.Use(use...)
	accept := func(c *gin.Context) { c.Status(statusRan) }
	r.GET(path, accept)
	r.OPTIONS(path, accept)
	return drive(w, r)
}

func floorGin(w *workload) gin.HandlerFunc {
	f := newFloor(w)
	return func(c *gin.Context) {
		f.write(c.Writer.Header())
		if f.status != 0 {
			c.AbortWithStatus(f.status)
			return
		}
		c.Next()
	}
}
