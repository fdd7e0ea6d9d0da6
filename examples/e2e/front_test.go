//go:build e2e

package e2e

import (
	"context"
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"strings"
	"sync"
	"testing"
)

// apiHost is the host of the API in every case.
const apiHost = "api.example.com"

// opaquePath is where any host serves a page with an opaque origin.
const opaquePath = "/opaque"

// front is the whole web to a browser: whatever host and port it looks for, it
// finds this one server. The API's host leads to the example that the query
// names, routed hosts to the address they stand for, all others are pages.
type front struct {
	addr  string
	proxy *httputil.ReverseProxy

	mu       sync.Mutex
	examples map[string]string // addresses by name
	routes   map[string]string // addresses by host and port
	records  map[string][]*record
}

// newFront serves plain HTTP, and HTTP/2 over TLS, until the test ends.
func newFront(t *testing.T) *front {
	t.Helper()
	f := &front{examples: map[string]string{}, routes: map[string]string{}, records: map[string][]*record{}}
	f.proxy = f.newProxy()
	plain, secure := split(t)
	f.addr = plain.Addr().String()
	serve := func(ln net.Listener, begin func(*httptest.Server)) {
		server := &httptest.Server{Listener: ln, EnableHTTP2: true, Config: &http.Server{Handler: f}}
		// Browsers break connections off as they like. What matters is recorded.
		server.Config.ErrorLog = log.New(io.Discard, "", 0)
		begin(server)
		t.Cleanup(server.Close)
	}
	serve(plain, (*httptest.Server).Start)
	serve(secure, (*httptest.Server).StartTLS)
	return f
}

func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	to, known := f.find(r)
	switch {
	case known:
		f.proxy.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), destination{}, to)))
	case r.Host == apiHost:
		http.Error(w, "no example has the name in "+r.URL.RawQuery, http.StatusMisdirectedRequest)
	default:
		servePage(w, r)
	}
}

// servePage serves an empty page. It has an icon, so that none is asked for.
func servePage(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == opaquePath {
		// As in a sandboxed frame (HTML, sandboxed origin browsing context flag).
		w.Header().Set("Content-Security-Policy", "sandbox allow-scripts")
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	io.WriteString(w, `<!doctype html><title>page</title><link rel="icon" href="data:,">`)
}

// show makes an example reachable under a name at the API's host.
func (f *front) show(name, addr string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.examples[name] = addr
}

// route lets a host with a port lead to an address.
func (f *front) route(host, addr string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.routes[host] = addr
}

// find returns where a request goes, and begins its record if it is the API's.
func (f *front) find(r *http.Request) (to destination, known bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if r.Host != apiHost {
		to.addr, known = f.routes[r.Host]
		return to, known
	}
	id := idIn(r.URL.RawQuery)
	name, _, _ := strings.Cut(id, ".")
	to.addr, known = f.examples[name]
	to.record = &record{method: r.Method, target: withoutID(r.RequestURI), header: r.Header.Clone()}
	f.records[id] = append(f.records[id], to.record)
	return to, known
}

// transport reaches the front as a browser does, for the model of one.
func (f *front) transport(t *testing.T) *http.Transport {
	tr := &http.Transport{
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, f.addr)
		},
		TLSClientConfig:    &tls.Config{InsecureSkipVerify: true}, // the front's certificate is made up, for any host
		ForceAttemptHTTP2:  true,
		DisableCompression: true,
	}
	t.Cleanup(tr.CloseIdleConnections)
	return tr
}

// apiFor is the API's base URL for a page: of the page's scheme, because a page
// from https may not ask http (Mixed Content).
func apiFor(origin string) string {
	if strings.HasPrefix(origin, "http://") {
		return "http://" + apiHost
	}
	return "https://" + apiHost
}
