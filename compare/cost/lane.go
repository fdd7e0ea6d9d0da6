package cost

import (
	"github.com/concors/concors/compare/peers"
	concors "github.com/concors/concors/core"
)

// A lane is one router: as it is, with the floor, with Concors, and with what
// others offer for it. Each of them has the same routes, for GET and OPTIONS.
type lane struct {
	router string
	bare   func(*workload) driver
	floor  func(*workload) driver
	ours   func(*workload, *concors.Policy) driver
	peers  []peer
}

// A peer is somebody else's middleware on that router.
type peer struct {
	name  string // as in [peers.Peer]
	drive func(*workload, peers.Spec) (driver, error)
}

func lanes() []lane { return []lane{netHTTP, onChi, onGin, onEcho, onFiber} }
