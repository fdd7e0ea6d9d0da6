package demo

import "crypto/rand"

// ETag is the entity tag of /hello, whose content never changes.
const ETag = `"hello-1"`

// NewRequestID returns an identifier for one answer, which a page can read
// where the policy exposes X-Request-Id.
func NewRequestID() string { return rand.Text() }
