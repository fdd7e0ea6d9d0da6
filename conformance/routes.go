package conformance

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
)

// Routes returns the handlers that the cases expect behind a middleware, for
// routers that can serve an [http.Handler] on every path. A middleware for
// another kind of handlers is better tested with routes of that kind.
//
// strip is what a program has between a reverse proxy and its upstream, as
// ModifyResponse of [httputil.ReverseProxy], to delete the upstream's own
// Access-Control fields.
func Routes(strip func(*http.Response) error) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /getonly", sayOK) // the mux answers other methods with 405
	proxy := &httputil.ReverseProxy{Rewrite: func(*httputil.ProxyRequest) {}, Transport: inProcess(Upstream), ModifyResponse: strip}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/upstream" {
			proxy.ServeHTTP(w, r) // the upstream says that it ran
			return
		}
		w.Header().Set("Handler-Ran", "yes")
		if r.URL.Path == "/getonly" {
			mux.ServeHTTP(w, r)
			return
		}
		serveRoute(w, r)
	})
}

// serveRoute answers what needs neither another router nor a proxy. It is no
// ServeMux, which redirects paths with empty and dot segments.
func serveRoute(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/error":
		http.Error(w, "failed", http.StatusInternalServerError)
	case "/panic":
		panic("asked for by a case")
	case "/stream":
		for range 3 {
			io.WriteString(w, "piece\n")
			http.NewResponseController(w).Flush()
		}
	case "/vary":
		w.Header().Add("Vary", "Accept-Encoding")
		sayOK(w, r)
	case "/notmodified":
		w.WriteHeader(http.StatusNotModified)
	case "/redirect":
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
	case "/private":
		if r.Header.Get("Authorization") == "" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		sayOK(w, r)
	case "/missing":
		http.NotFound(w, r)
	case "/options":
		if r.Method == http.MethodOptions {
			io.WriteString(w, "own")
			return
		}
		sayOK(w, r)
	default:
		sayOK(w, r)
	}
}

func sayOK(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok\n") }

// Upstream answers every request with CORS fields of its own: it is the server
// behind the reverse proxy at /upstream, for those who write routes of their
// own. It says itself that a handler ran.
func Upstream(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Credentials", "true")
	h.Set("Access-Control-Expose-Headers", "*")
	h.Set("Vary", "Accept-Encoding")
	h.Set("Handler-Ran", "yes")
	sayOK(w, r)
}

// inProcess is a transport that asks a handler.
type inProcess http.HandlerFunc

func (f inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	recorder := httptest.NewRecorder()
	f(recorder, r)
	return recorder.Result(), nil
}
