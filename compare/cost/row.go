package cost

import (
	"errors"
	"fmt"

	"github.com/concors/concors/compare/peers"
	concors "github.com/concors/concors/core"
)

// A row is one workload on one router, or one feature on one router, and its
// variants, which are measured against each other.
type row struct {
	router, id, name string
	workload         *workload
	variants         []variant
	subject, base    string   // the variant in question, and what control repeats
	absent           []string // peers that are not measured, and why
}

type variant struct {
	name   string
	driver driver
}

// The variants of every row. Peers have their own names besides.
const (
	bare    = "bare"    // no middleware
	floored = "floor"   // constant fields, no decision
	control = "control" // the same again
	ours    = "ours"
	reading = "ReadRequest" // net/http reads the request: with hostile ones only
)

// isTooLarge names what is not built: echo compiles a regular expression of
// each origin, 6.5 GB of a million.
func isTooLarge(peer string, w *workload) bool { return peer == "echo" && w.many >= 1_000_000 }

// newRow builds all servers of a row.
func newRow(l lane, w *workload, policy *concors.Policy) (*row, error) {
	r := &row{
		router: l.router, id: w.id, name: w.name, workload: w, base: floored, subject: ours,
		variants: []variant{
			{bare, l.bare(w)}, {floored, l.floor(w)}, {control, l.floor(w)}, {ours, l.ours(w, policy)},
		},
	}
	for _, p := range l.peers {
		if isTooLarge(p.name, w) {
			r.absent = append(r.absent, p.name+" would need several GB")
			continue
		}
		d, err := p.mount(w)
		if err != nil {
			return nil, fmt.Errorf("%s/%s: %s: %w", l.router, w.id, p.name, err)
		}
		r.variants = append(r.variants, variant{p.name, d})
	}
	if w.bytes+w.lines > 0 && l.router != onFiber.router {
		r.variants = append(r.variants, variant{reading, readRequest(w)})
	}
	return r, nil
}

// mount configures the peer for the workload, as near as it can be.
func (p peer) mount(w *workload) (driver, error) {
	d, err := p.drive(w, specOf(w))
	if errors.As(err, new(peers.NotOffered)) && w.instead != nil {
		return p.drive(w, peers.Spec{Config: w.fill(*w.instead)})
	}
	return d, err
}

func specOf(w *workload) peers.Spec { return peers.Spec{Config: w.policy()} }

// index returns where the variant stands, or -1.
func (r *row) index(name string) int {
	for i, v := range r.variants {
		if v.name == name {
			return i
		}
	}
	return -1
}
