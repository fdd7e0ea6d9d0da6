package cost

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// A driver plays one request against one server, again and again, in memory
// that it uses again: it allocates nothing itself.
type driver interface {
	run(times int)
	answer() answer // to the last request
}

// httpDriver calls a handler of net/http.
type httpDriver struct {
	handler http.Handler
	writer  writer
	request *http.Request
}

func drive(w *workload, handler http.Handler) driver {
	return &httpDriver{handler, writer{header: http.Header{}}, newRequest(w)}
}

func (d *httpDriver) run(times int) {
	for range times {
		clear(d.writer.header)
		d.handler.ServeHTTP(&d.writer, d.request)
	}
}

func (d *httpDriver) answer() answer {
	a := answer{status: d.writer.status}
	for _, name := range slices.Sorted(maps.Keys(d.writer.header)) {
		for _, value := range d.writer.header[name] {
			a.add(name, value)
		}
	}
	return a
}

// add takes a line down if it is one that counts.
func (a *answer) add(name, value string) {
	if name == vary || strings.HasPrefix(name, "Access-Control-") {
		a.fields = append(a.fields, field{name, value})
	}
}

// writer is a response writer that keeps the status only.
type writer struct {
	header http.Header
	status int
}

func (w *writer) Header() http.Header         { return w.header }
func (w *writer) Write(p []byte) (int, error) { return len(p), nil }
func (w *writer) WriteHeader(status int)      { w.status = status }

// newRequest is the request of a workload as a server of net/http has it.
func newRequest(w *workload) *http.Request {
	r := &http.Request{
		Method: w.method, URL: &url.URL{Path: path}, RequestURI: path, Host: "api.example.com",
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, RemoteAddr: "127.0.0.1:40000",
		Header: http.Header{}, Body: http.NoBody,
	}
	for _, f := range w.request {
		r.Header[f.name] = append(r.Header[f.name], f.value)
	}
	return r
}
