package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// A proxy is a module proxy on this machine. A folder would do, were it not for
// what is missing: then the go command asks the next proxy, and finds there, or
// in a module cache, what an earlier release had. This one answers for our
// modules alone and finally.
type proxy struct {
	url    string
	server *http.Server
	ended  chan error
}

// serve offers what was packed, and the modules of others out of the machine's
// module cache, whose folder of downloads has the layout of a proxy.
func serve(r *rehearsal, cache string) (*proxy, error) {
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &proxy{
		url:    "http://" + listener.Addr().String(),
		server: &http.Server{Handler: handler(r, cache)},
		ended:  make(chan error, 1),
	}
	go func() { p.ended <- p.server.Serve(listener) }()
	return p, nil
}

func handler(r *rehearsal, cache string) http.Handler {
	others := http.FileServer(http.Dir(filepath.Join(cache, "cache", "download")))
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		path := strings.TrimPrefix(q.URL.Path, "/")
		if !strings.HasPrefix(path, r.prefix) {
			others.ServeHTTP(w, q) // what the cache lacks is not found, and the next proxy is asked
			return
		}
		name := filepath.Join(r.packed, filepath.FromSlash(path))
		if _, err := os.Stat(name); err != nil {
			http.Error(w, "not packed", http.StatusForbidden) // so that no other proxy is asked
			return
		}
		http.ServeFile(w, q, name)
	})
}

func (p *proxy) Close() error {
	err := p.server.Close()
	if ended := <-p.ended; !errors.Is(ended, http.ErrServerClosed) {
		err = errors.Join(err, ended)
	}
	return err
}
