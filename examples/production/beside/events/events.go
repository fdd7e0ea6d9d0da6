// Package events streams server-sent events to pages of another origin. An
// EventSource is a GET with CORS and no preflight, and with cookies if the page
// says {withCredentials: true}; so the policy needs AllowCredentials. Copy
// Handler for any router that speaks net/http, and Fiber for Fiber; both need
// what is in front of Handler.
package events

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
)

const (
	// heartbeat is how often a page that hears nothing is written to. It tells of
	// a page that has left without a word, and keeps proxies from giving up.
	heartbeat = 15 * time.Second
	// patience is how long a page may leave what is written to it.
	patience = 30 * time.Second
)

// A Source is what is streamed. Subscribe returns the events of one page, each a
// line of text, until the channel is closed; leave is called when no more are
// wanted.
type Source interface {
	Subscribe() (events <-chan string, leave func())
}

// oneLine takes out what would end the line: who has a say in the text of an
// event must not forge fields, or another event, by it.
var oneLine = strings.NewReplacer("\r", " ", "\n", " ")

// Handler streams the events of source, each as it comes. The middleware has
// set the CORS fields before, so they go out with the first flush.
func Handler(source Source) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		events, leave := source.Subscribe()
		defer leave()
		alive := time.NewTicker(heartbeat)
		defer alive.Stop()
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusOK)
		stream, next := http.NewResponseController(w), ": welcome\n\n"
		for {
			// The server's WriteTimeout is for whole answers, this for one write.
			err := stream.SetWriteDeadline(time.Now().Add(patience))
			if err != nil && !errors.Is(err, http.ErrNotSupported) {
				return
			}
			io.WriteString(w, next) // the flush reports an error of this
			// The first flush is the head: the page hears that it is connected.
			if err := stream.Flush(); err != nil {
				return
			}
			select {
			case <-r.Context().Done():
				return // the page has left
			case <-alive.C:
				next = ": still here\n\n"
			case event, more := <-events:
				if !more {
					return
				}
				next = "data: " + oneLine.Replace(event) + "\n\n"
			}
		}
	}
}
