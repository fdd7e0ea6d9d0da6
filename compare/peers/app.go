package peers

import (
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"
)

// An App is a router with the middleware and the routes of the suite on it:
// one of both fields is set.
type App struct {
	HTTP  http.Handler
	Fiber *fiber.App
}

// Listen serves the app on a free port of the loopback until stop is called.
func (a App) Listen() (addr string, stop func(), err error) {
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	ended := make(chan struct{})
	if a.Fiber != nil {
		go func() {
			defer close(ended)
			// What stops it from serving, its clients notice.
			_ = a.Fiber.Listener(ln)
		}()
		stop = func() {
			_ = a.Fiber.ShutdownWithTimeout(time.Second)
			ln.Close() // the shutdown overlooks a server that has not begun yet
			<-ended
		}
		return ln.Addr().String(), stop, nil
	}
	server := &http.Server{Handler: a.HTTP, ErrorLog: log.New(io.Discard, "", 0), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		defer close(ended)
		if err := server.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
			ln.Close()
		}
	}()
	stop = func() {
		server.Close() // whoever asked has the answer by now
		<-ended
	}
	return ln.Addr().String(), stop, nil
}
