package observe

import (
	"context"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	concors "github.com/concors/concors/core"
)

// Metrics counts decisions as cors_decisions_total{kind,reason,path}. kind is
// preflight or actual, reason a concors.Reason, path the key of Paths that covers
// the request, or empty. Clients choose among these values and cannot add to
// them, so there are at most two series for each reason and key; the keys that
// a reload drops stay until the process ends.
type Metrics struct {
	decisions *prometheus.CounterVec
}

// NewMetrics registers the counters.
func NewMetrics(to prometheus.Registerer) (*Metrics, error) {
	m := &Metrics{prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "cors_decisions_total",
		Help: "Requests with an Origin field, by what the CORS policy decided.",
	}, []string{"kind", "reason", "path"})}
	return m, to.Register(m.decisions)
}

// Observe counts a decision. It allocates only for the first of a series.
func (m *Metrics) Observe(_ context.Context, r concors.Request, d concors.Decision) {
	m.decisions.WithLabelValues(kind(r), string(d.Reason()), d.Path()).Inc()
}

// Admin returns a server of /metrics for a port of its own, which the outside
// does not reach. It has no CORS: no page needs to read it.
func Admin(from prometheus.Gatherer) *http.Server {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(from, promhttp.HandlerOpts{}))
	return &http.Server{
		Handler:           mux,
		ReadHeaderTimeout: 5 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
	}
}
