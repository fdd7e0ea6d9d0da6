package observe

import (
	"context"
	"log/slog"
	"sync"

	"golang.org/x/time/rate"

	concors "github.com/concors/concors/core"
)

// A Log writes a line for a refused request. Each reason has a limit of its own,
// so that a flood of foreign origins does not hide that the application's own
// page lacks a header. What is beyond the limit is counted, and the next line of
// that reason says how many lines it stands for besides itself.
type Log struct {
	log   *slog.Logger
	limit rate.Limit
	burst int

	mu       sync.Mutex
	refusals map[concors.Reason]*refusals // a dozen at most
}

type refusals struct {
	limit      *rate.Limiter
	suppressed int
}

// NewLog returns a Log that lets limit lines a second pass for each reason, and
// burst at once. A burst below 1 would silence it, and counts as 1.
func NewLog(log *slog.Logger, limit rate.Limit, burst int) *Log {
	return &Log{log: log, limit: limit, burst: max(burst, 1), refusals: map[concors.Reason]*refusals{}}
}

// Observe logs a refusal, or counts it.
func (l *Log) Observe(ctx context.Context, r concors.Request, d concors.Decision) {
	if d.Allowed() {
		return
	}
	suppressed, ok := l.pass(d.Reason())
	if !ok {
		return
	}
	l.log.LogAttrs(ctx, slog.LevelWarn, "CORS request refused",
		slog.String("reason", string(d.Reason())),
		slog.String("detail", quoted(d.Detail())),
		slog.String("kind", kind(r)),
		slog.String("path", d.Path()),
		slog.String("method", quoted(r.Method)),
		slog.String("host", quoted(r.Host)),
		slog.String("hint", Hint(d.Reason())),
		slog.Int("suppressed", suppressed))
}

// pass reports whether a line may be written, and how many were not since the
// last one.
func (l *Log) pass(reason concors.Reason) (suppressed int, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	of := l.refusals[reason]
	if of == nil {
		of = &refusals{limit: rate.NewLimiter(l.limit, l.burst)}
		l.refusals[reason] = of
	}
	if !of.limit.Allow() {
		of.suppressed++
		return 0, false
	}
	suppressed, of.suppressed = of.suppressed, 0
	return suppressed, true
}

// Flush logs what was suppressed and no line has told yet. Call it now and then,
// and when the server ends: a flood that stops has no next line.
func (l *Log) Flush(ctx context.Context) {
	l.mu.Lock()
	left := map[concors.Reason]int{}
	for reason, of := range l.refusals {
		if of.suppressed > 0 {
			left[reason], of.suppressed = of.suppressed, 0
		}
	}
	l.mu.Unlock()
	for reason, suppressed := range left {
		l.log.LogAttrs(ctx, slog.LevelWarn, "CORS requests refused",
			slog.String("reason", string(reason)), slog.Int("suppressed", suppressed))
	}
}
