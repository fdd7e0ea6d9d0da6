package demo

import (
	"context"
	"log/slog"

	concors "github.com/concors/concors/core"
)

// maxLogged bounds what one request can write into the log, in bytes.
const maxLogged = 256

// logDecisions returns an observer that logs each decision as one line. The
// handler of log quotes what the client sent.
func logDecisions(log *slog.Logger) func(context.Context, concors.Request, concors.Decision) {
	return func(ctx context.Context, r concors.Request, d concors.Decision) {
		level := slog.LevelInfo
		if !d.Allowed() {
			level = slog.LevelWarn
		}
		log.LogAttrs(ctx, level, "cors",
			slog.String("reason", string(d.Reason())),
			slog.String("detail", d.Detail()),
			slog.String("method", clip(r.Method)),
			slog.String("path", clip(r.Path)))
	}
}

func clip(s string) string {
	if len(s) > maxLogged {
		return s[:maxLogged] + "…"
	}
	return s
}
