package cost

import (
	"net/http"

	"github.com/concors/concors/compare/peers"
	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
)

// netHTTP has no mux: what a middleware costs is then seen best.
var netHTTP = lane{
	router: "net/http",
	bare:   func(w *workload) driver { return drive(w, http.HandlerFunc(accept)) },
	floor:  func(w *workload) driver { return driveHTTP(w, floorHTTP(w)) },
	ours:   func(w *workload, p *concors.Policy) driver { return driveHTTP(w, corshttp.Middleware(p)) },
	peers:  []peer{httpPeer("rs/cors", peers.RSCORS, driveHTTP), httpPeer("go-chi/cors", peers.ChiCORS, driveHTTP)},
}

// A wrapper is a middleware of net/http, which chi takes too.
type wrapper = func(http.Handler) http.Handler

func accept(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(statusRan) }

func driveHTTP(w *workload, wrap wrapper) driver { return drive(w, wrap(http.HandlerFunc(accept))) }

func httpPeer(name string, build func(peers.Spec) (wrapper, error), mount func(*workload, wrapper) driver) peer {
	return peer{name, func(w *workload, s peers.Spec) (driver, error) {
		wrap, err := build(s)
		if err != nil {
			return nil, err
		}
		return mount(w, wrap), nil
	}}
}

func floorHTTP(w *workload) wrapper {
	f := newFloor(w)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			f.write(w.Header())
			if f.status != 0 {
				w.WriteHeader(f.status)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
