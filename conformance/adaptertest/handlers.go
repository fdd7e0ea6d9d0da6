package adaptertest

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	concors "github.com/concors/concors/core"
)

// Handlers checks what handlers of net/http meet behind a middleware: their
// writer can do what the server's can, and whatever they answer carries the
// fields. mount puts h on every path of a router, behind policy.
func Handlers(t *testing.T, mount func(policy *concors.Policy, h http.Handler) http.Handler) {
	behind := func(t *testing.T, h http.HandlerFunc) http.Handler { return mount(AppPolicy(t), h) }
	t.Run("flush and control", func(t *testing.T) { flushes(t, behind) })
	t.Run("hijack", func(t *testing.T) { hijacks(t, behind) })
	t.Run("stream", func(t *testing.T) { streams(t, behind) })
	t.Run("answers", func(t *testing.T) { answers(t, behind) })
}

func flushes(t *testing.T, behind func(*testing.T, http.HandlerFunc) http.Handler) {
	server := Serve(t, behind(t, func(w http.ResponseWriter, _ *http.Request) {
		if _, ok := w.(http.Flusher); !ok {
			t.Errorf("%T is no Flusher", w)
		}
		c := http.NewResponseController(w)
		if err := errors.Join(c.EnableFullDuplex(), c.SetReadDeadline(time.Time{}), c.SetWriteDeadline(time.Time{}), c.Flush()); err != nil {
			t.Errorf("response controller: %v", err)
		}
	}))
	WantReadable(t, "GET", Fetch(t, server, "GET", "/"), http.StatusOK)
}

func hijacks(t *testing.T, behind func(*testing.T, http.HandlerFunc) http.Handler) {
	server := Serve(t, behind(t, func(w http.ResponseWriter, _ *http.Request) {
		conn, buffer, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Errorf("Hijack: %v", err)
			return
		}
		defer conn.Close()
		io.WriteString(buffer, "HTTP/1.1 299 Own\r\nContent-Length: 0\r\n\r\n")
		buffer.Flush()
	}))
	WantUnreadable(t, "GET", Fetch(t, server, "GET", "/"), 299)
}

// The first bytes of a stream carry the fields already.
func streams(t *testing.T, behind func(*testing.T, http.HandlerFunc) http.Handler) {
	seen := make(chan struct{})
	server := Serve(t, behind(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		io.WriteString(w, "data: 1\n\n")
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Errorf("Flush: %v", err)
			return // the page would wait for ever
		}
		select { // the stream goes on until the page has its first bytes
		case <-seen:
		case <-r.Context().Done():
		}
	}))
	res := Send(t, server, "GET", "/")
	defer res.Body.Close()
	WantReadable(t, "event stream", res, http.StatusOK)
	line, err := bufio.NewReader(res.Body).ReadString('\n')
	if err != nil || line != "data: 1\n" {
		t.Errorf("first event: %q, %v", line, err)
	}
	close(seen)
}

// What the standard library answers by itself, errors among it.
func answers(t *testing.T, behind func(*testing.T, http.HandlerFunc) http.Handler) {
	content := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Etag", `"1"`)
		http.ServeContent(w, r, "a.txt", time.Unix(1, 0), strings.NewReader("0123456789"))
	}
	for _, test := range []struct {
		name    string
		handler http.HandlerFunc
		fields  []string
		status  int
	}{
		{"Error", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusTeapot) }, nil, 418},
		{"NotFound", http.NotFound, nil, 404},
		{"Redirect", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/b", http.StatusFound) }, nil, 302},
		{"ServeContent", content, nil, 200},
		{"ServeContent, a range", content, []string{"Range", "bytes=0-1"}, 206},
		{"ServeContent, not modified", content, []string{"If-None-Match", `"1"`}, 304},
		{"ServeContent, no such range", content, []string{"Range", "bytes=99-"}, 416},
		{"FileServer, no such file", http.FileServer(http.Dir(t.TempDir())).ServeHTTP, nil, 404},
	} {
		WantReadable(t, test.name, Fetch(t, Serve(t, behind(t, test.handler)), "GET", "/a", test.fields...), test.status)
	}
}
