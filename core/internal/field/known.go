package field

// wellKnown are names with hyphens that people mean when they write blanks.
var wellKnown = [...]string{
	"Accept-Language", "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length",
	"Content-Range", "Content-Type", "Idempotency-Key", "If-Match", "If-Modified-Since", "If-None-Match",
	"If-Unmodified-Since", "Last-Event-ID", "Last-Modified", "Retry-After", "X-API-Key", "X-Correlation-ID",
	"X-CSRF-Token", "X-HTTP-Method-Override", "X-Request-ID", "X-Requested-With", "X-Total-Count", "X-XSRF-Token",
}

// WellKnown returns the usual spelling of a name that has hyphens and is widely
// used, or "".
func WellKnown(name string) string {
	for _, known := range wellKnown {
		if EqualFold(name, known) {
			return known
		}
	}
	return ""
}
