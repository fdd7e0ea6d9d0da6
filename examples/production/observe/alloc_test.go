//go:build !race

package observe_test

import (
	"io"
	"log/slog"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/time/rate"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/observe"
)

// A decision costs no memory with the observers set, unless a span is recorded, a
// line is written or an answer is told.
func TestAllocations(t *testing.T) {
	metrics, err := observe.NewMetrics(prometheus.NewRegistry())
	if err != nil {
		t.Fatal(err)
	}
	log := observe.NewLog(slog.New(slog.NewJSONHandler(io.Discard, nil)), rate.Limit(0), 1)
	policy := newPolicy(t, metrics.Observe, observe.Span, log.Observe, observe.Tell)
	ask := concors.Request{Method: "OPTIONS", Path: "/", Origin: []string{app}, RequestMethod: []string{"PUT"}}
	refused := ask
	refused.RequestMethod = []string{"PATCH"}
	for name, r := range map[string]concors.Request{
		"actual":    {Method: "GET", Path: "/public/x", Origin: []string{evil}},
		"denied":    {Method: "GET", Path: "/", Origin: []string{evil}},
		"preflight": ask, "preflight, denied": refused,
	} {
		if got := testing.AllocsPerRun(100, func() { policy.Decide(t.Context(), r) }); got != 0 {
			t.Errorf("%s: %v allocations", name, got)
		}
	}
}
