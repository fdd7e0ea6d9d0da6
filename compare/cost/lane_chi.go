package cost

import (
	"github.com/go-chi/chi/v5"

	corschi "github.com/concors/concors/chi"
	"github.com/concors/concors/compare/peers"
	concors "github.com/concors/concors/core"
)

var onChi = lane{
	router: "chi",
	bare:   func(w *workload) driver { return driveChi(w, nil) },
	floor:  func(w *workload) driver { return driveChi(w, floorHTTP(w)) },
	ours:   func(w *workload, p *concors.Policy) driver { return driveChi(w, corschi.Middleware(p)) },
	peers:  []peer{httpPeer("go-chi/cors", peers.ChiCORS, driveChi), httpPeer("rs/cors", peers.RSCORS, driveChi)},
}

func driveChi(w *workload, wrap wrapper) driver {
	r := chi.NewRouter()
	if wrap != nil {
		r.Use(wrap)
	}
	r.Get(path, accept)
	r.Options(path, accept)
	return drive(w, r)
}
