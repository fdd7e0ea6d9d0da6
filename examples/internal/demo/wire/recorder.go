package wire

import (
	"encoding/json"
	"net/http"
	"sync"
)

// What a recorder keeps at most: so many exchanges, and so many bytes of them
// all. The oldest go first.
const (
	maxExchanges = 128
	maxBytes     = 1 << 20
)

// maxID is the length of the longest identifier.
const maxID = 64

// Exchange is a request and its answer, without their bodies.
type Exchange struct {
	Request Head  `json:"request"`
	Answer  *Head `json:"answer"` // nil as long as there is none
	// About is what the recorder's function said of the request.
	About json.RawMessage `json:"about"`
}

// Recorder keeps the last exchanges that carry an identifier in their query, as
// demo=id. It is safe for concurrent use.
type Recorder struct {
	about func(*http.Request) json.RawMessage

	mu      sync.Mutex
	entries []*entry // oldest first
	bytes   int
}

type entry struct {
	id       string
	exchange Exchange
}

// NewRecorder returns a recorder that asks about for a word on each request,
// before a server sees it.
func NewRecorder(about func(*http.Request) json.RawMessage) *Recorder {
	return &Recorder{about: about}
}

// Exchanges returns what is kept under id, in the order of the requests. The
// answer to a request is there before its client can see it.
func (r *Recorder) Exchanges(id string) []Exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := []Exchange{}
	for _, e := range r.entries {
		if e.id == id {
			out = append(out, e.exchange)
		}
	}
	return out
}

// begin keeps a request, if it has an identifier. It returns nil if it has none.
func (r *Recorder) begin(request *http.Request, head Head) *entry {
	id := request.URL.Query().Get("demo")
	if !IsID(id) {
		return nil
	}
	e := &entry{id: id, exchange: Exchange{Request: head, About: r.about(request)}}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.entries = append(r.entries, e)
	r.grow(e.size())
	return e
}

// answer adds the answer to what begin returned.
func (r *Recorder) answer(e *entry, head Head) {
	r.mu.Lock()
	defer r.mu.Unlock()
	before := e.size()
	e.exchange.Answer = &head
	for _, kept := range r.entries {
		if kept == e { // else it has gone already
			r.grow(e.size() - before)
			return
		}
	}
}

// grow counts n bytes more, and lets the oldest go until the rest fits.
func (r *Recorder) grow(n int) {
	r.bytes += n
	for len(r.entries) > maxExchanges || r.bytes > maxBytes {
		r.bytes -= r.entries[0].size()
		r.entries[0] = nil
		r.entries = r.entries[1:]
	}
}

func (e *entry) size() int {
	n := len(e.id) + e.exchange.Request.size() + len(e.exchange.About)
	if e.exchange.Answer != nil {
		n += e.exchange.Answer.size()
	}
	return n
}

// IsID reports whether id can be an identifier: letters, digits, "-" and ".".
func IsID(id string) bool {
	for _, c := range []byte(id) {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (c < '0' || c > '9') && c != '-' && c != '.' {
			return false
		}
	}
	return id != "" && len(id) <= maxID
}
