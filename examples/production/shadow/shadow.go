// Package shadow tries a policy on real traffic before it is put in force: the
// candidate decides beside the policy in force, answers nothing, and each
// request that the two would answer differently is counted and logged.
// shadow.go may be copied by itself.
package shadow

import (
	"context"
	"log/slog"
	"strconv"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/time/rate"

	concors "github.com/concors/concors/core"
)

// A Report hears of the differences. It counts all of them as
// cors_shadow_differences_total{in_force,candidate,path}: the reasons of both,
// and the key of Paths that covers the request in the policy in force. Where the
// candidate's origin function panicked, its reason is "panic". Clients choose
// among these values and cannot add to them.
//
// It logs some as samples, with what the client sent, cut and quoted.
type Report struct {
	differences *prometheus.CounterVec
	log         *slog.Logger
	limit       rate.Limit
	burst       int

	mu     sync.Mutex
	limits map[pair]*rate.Limiter // as many as pairs of reasons at most
}

type pair struct{ inForce, candidate string }

// NewReport registers the counters. Of each pair of reasons, limit lines a second
// are logged, and burst at once. A burst below 1 would silence it, and counts as 1.
func NewReport(to prometheus.Registerer, log *slog.Logger, limit rate.Limit, burst int) (*Report, error) {
	r := &Report{
		differences: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "cors_shadow_differences_total",
			Help: "Requests that the candidate policy would answer differently, by both reasons.",
		}, []string{"in_force", "candidate", "path"}),
		log: log, limit: limit, burst: max(burst, 1), limits: map[pair]*rate.Limiter{},
	}
	return r, to.Register(r.differences)
}

// Differs is what [concors.Policy.Shadow] takes.
func (r *Report) Differs(ctx context.Context, q concors.Request, inForce, candidate concors.Decision) {
	reasons := pair{string(inForce.Reason()), string(candidate.Reason())}
	if reasons.candidate == "" {
		reasons.candidate = "panic"
	}
	r.differences.WithLabelValues(reasons.inForce, reasons.candidate, inForce.Path()).Inc()
	if !r.limiter(reasons).Allow() {
		return
	}
	r.log.LogAttrs(ctx, slog.LevelWarn, "CORS candidate differs",
		slog.String("in_force", reasons.inForce),
		slog.String("candidate", reasons.candidate),
		slog.String("detail", quoted(candidate.Detail())),
		slog.String("method", quoted(q.Method)),
		slog.String("path", quoted(q.Path)),
		slog.String("origin", quoted(first(q.Origin))),
		slog.String("asks_method", quoted(first(q.RequestMethod))),
		slog.String("asks_headers", quoted(first(q.RequestHeaders))))
}

func (r *Report) limiter(reasons pair) *rate.Limiter {
	r.mu.Lock()
	defer r.mu.Unlock()
	limiter := r.limits[reasons]
	if limiter == nil {
		limiter = rate.NewLimiter(r.limit, r.burst)
		r.limits[reasons] = limiter
	}
	return limiter
}

func first(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return lines[0]
}

// quoted returns what a client sent as printable ASCII in quotes.
func quoted(s string) string {
	const most = 200
	return strconv.QuoteToASCII(s[:min(len(s), most)])
}
