// Package events streams server-sent events to pages of another origin. An
// EventSource is a GET with CORS and no preflight, and with cookies if the page
// says {withCredentials: true}; so the policy needs AllowCredentials. Copy
// Handler for any router that speaks net/http, and Fiber for Fiber.
package events

import (
	"fmt"
	"net/http"
)

// A Source is what is streamed. Subscribe returns the events of one page, each a
// line of text, until the channel is closed; leave is called when no more are
// wanted.
type Source interface {
	Subscribe() (events <-chan string, leave func())
}

// Handler streams the events of source, each as it comes. The middleware has
// set the CORS fields before, so they go out with the first flush.
func Handler(source Source) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		events, leave := source.Subscribe()
		defer leave()
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusOK)
		stream := http.NewResponseController(w)
		for {
			// The first flush is the head: the page hears that it is connected.
			if err := stream.Flush(); err != nil {
				return
			}
			select {
			case <-r.Context().Done():
				return // the page has left
			case event, more := <-events:
				if !more {
					return
				}
				fmt.Fprintf(w, "data: %s\n\n", event) // the flush reports an error of this
			}
		}
	}
}
