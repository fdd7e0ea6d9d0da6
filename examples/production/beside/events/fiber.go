package events

import (
	"bufio"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"
)

// Fiber streams the events of source, each as it comes. The stream is written
// when all handlers have returned: it must not use c. fasthttp tells of a page
// that has left only when it writes, so without the heartbeat it may never.
func Fiber(source Source) fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, "text/event-stream")
		c.Set(fiber.HeaderCacheControl, "no-store")
		events, leave := source.Subscribe()
		c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
			defer leave()
			alive := time.NewTicker(heartbeat)
			defer alive.Stop()
			fmt.Fprint(w, ": welcome\n\n") // fasthttp sends the head with the first bytes, not before
			for {
				if err := w.Flush(); err != nil {
					return // the page has left
				}
				select {
				case <-alive.C:
					fmt.Fprint(w, ": still here\n\n")
				case event, more := <-events:
					if !more {
						return
					}
					fmt.Fprintf(w, "data: %s\n\n", oneLine.Replace(event))
				}
			}
		})
		return nil
	}
}
