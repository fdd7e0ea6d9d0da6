package corschi_test

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	corschi "github.com/concors/concors/chi"
	"github.com/concors/concors/conformance/adaptertest"
)

func TestNilPolicyPanics(t *testing.T) {
	adaptertest.WantPanic(t, "Middleware(nil)", "Middleware needs a policy", func() { corschi.Middleware(nil) })
}

// root is a router with the middleware, and h on every path.
func root(t *testing.T, h http.HandlerFunc) http.Handler {
	t.Helper()
	r := chi.NewRouter()
	r.Use(corschi.Middleware(adaptertest.AppPolicy(t)))
	r.HandleFunc("/*", h)
	return r
}

func TestHandlersGetTheWriterItself(t *testing.T) {
	w := httptest.NewRecorder()
	root(t, func(got http.ResponseWriter, _ *http.Request) {
		if got != http.ResponseWriter(w) {
			t.Errorf("the handler got a %T, want the server's own %T", got, w)
		}
	}).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
}

func TestWriterCanFlushAndBeControlled(t *testing.T) {
	server := adaptertest.Serve(t, root(t, func(w http.ResponseWriter, _ *http.Request) {
		if _, ok := w.(http.Flusher); !ok {
			t.Errorf("%T is no Flusher", w)
		}
		c := http.NewResponseController(w)
		if err := errors.Join(c.EnableFullDuplex(), c.SetReadDeadline(time.Time{}), c.SetWriteDeadline(time.Time{}), c.Flush()); err != nil {
			t.Errorf("response controller: %v", err)
		}
	}))
	adaptertest.WantReadable(t, "GET", adaptertest.Fetch(t, server, "GET", "/"), http.StatusOK)
}

func TestWriterCanBeHijacked(t *testing.T) {
	server := adaptertest.Serve(t, root(t, func(w http.ResponseWriter, _ *http.Request) {
		conn, buffer, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Errorf("Hijack: %v", err)
			return
		}
		defer conn.Close()
		io.WriteString(buffer, "HTTP/1.1 299 Own\r\nContent-Length: 0\r\n\r\n")
		buffer.Flush()
	}))
	adaptertest.WantUnreadable(t, "GET", adaptertest.Fetch(t, server, "GET", "/"), 299)
}

func TestStreamCarriesTheFieldsFirst(t *testing.T) {
	seen := make(chan struct{})
	server := adaptertest.Serve(t, root(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		io.WriteString(w, "data: 1\n\n")
		http.NewResponseController(w).Flush()
		select { // the stream goes on until the page has its first bytes
		case <-seen:
		case <-r.Context().Done():
		}
	}))
	res := adaptertest.Send(t, server, "GET", "/")
	defer res.Body.Close()
	adaptertest.WantReadable(t, "event stream", res, http.StatusOK)
	line, err := bufio.NewReader(res.Body).ReadString('\n')
	if err != nil || line != "data: 1\n" {
		t.Errorf("first event: %q, %v", line, err)
	}
	close(seen)
}

func TestErrorsAndFilesKeepTheFields(t *testing.T) {
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
		{"ServeContent", content, nil, 200},
		{"ServeContent, not modified", content, []string{"If-None-Match", `"1"`}, 304},
		{"ServeContent, no such range", content, []string{"Range", "bytes=99-"}, 416},
	} {
		server := adaptertest.Serve(t, root(t, test.handler))
		adaptertest.WantReadable(t, test.name, adaptertest.Fetch(t, server, "GET", "/a", test.fields...), test.status)
	}
	r := chi.NewRouter()
	r.Use(corschi.Middleware(adaptertest.AppPolicy(t)))
	r.Get("/a", ok)
	adaptertest.WantReadable(t, "the router's 404", adaptertest.Ask(r, "GET", "/b"), http.StatusNotFound)
	adaptertest.WantReadable(t, "the router's 405", adaptertest.Ask(r, "PUT", "/a"), http.StatusMethodNotAllowed)
	plain := adaptertest.Ask(r, "OPTIONS", "/a")
	adaptertest.WantReadable(t, "the router's 405 of an OPTIONS that is no preflight", plain, http.StatusMethodNotAllowed)
	adaptertest.WantReadable(t, "a preflight beside no OPTIONS route", adaptertest.Preflight(r, "/a"), http.StatusNoContent)
}

func TestPanicsKeepTheFields(t *testing.T) {
	cors := corschi.Middleware(adaptertest.AppPolicy(t))
	for name, order := range map[string]chi.Middlewares{
		"Recoverer before": {quiet, middleware.Recoverer, cors},
		"Recoverer after":  {quiet, cors, middleware.Recoverer},
	} {
		r := chi.NewRouter()
		r.Use(order...)
		r.Get("/", func(http.ResponseWriter, *http.Request) { panic("asked for") })
		adaptertest.WantReadable(t, name, adaptertest.Ask(r, "GET", "/"), http.StatusInternalServerError)
	}
}
