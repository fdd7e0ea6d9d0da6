package corshttp_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"testing"

	"github.com/concors/concors/conformance"
	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
)

func TestConformance(t *testing.T) {
	upstream, err := url.Parse(adaptertest.Serve(t, http.HandlerFunc(conformance.Upstream)).URL)
	if err != nil {
		t.Fatal(err)
	}
	mux := router(upstream)
	conformance.Run(t, func(t *testing.T, policies []*concors.Policy) string {
		var handler http.Handler = routes(mux)
		for _, policy := range slices.Backward(policies) {
			handler = corshttp.Middleware(policy)(handler)
		}
		server := httptest.NewServer(recovered(handler))
		t.Cleanup(server.Close)
		return server.Listener.Addr().String()
	})
}

// router answers the paths where a ServeMux does more than to call a handler.
func router(upstream *url.URL) *http.ServeMux {
	mux := http.NewServeMux() // has no /missing
	mux.HandleFunc("GET /getonly", ok)
	mux.Handle("/upstream", &httputil.ReverseProxy{
		Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(upstream) },
		ModifyResponse: corshttp.StripUpstream,
	})
	return mux
}

// routes is no ServeMux, since that redirects what some cases ask for: paths
// with empty and dot segments.
func routes(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/upstream" { // which says so itself
			w.Header().Set("Handler-Ran", "yes")
		}
		switch r.URL.Path {
		case "/missing", "/getonly", "/upstream":
			mux.ServeHTTP(w, r)
		default:
			answer(w, r)
		}
	})
}

func answer(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/error":
		http.Error(w, "failed", http.StatusInternalServerError)
	case r.URL.Path == "/panic":
		panic("asked for by a case")
	case r.URL.Path == "/stream":
		for range 3 {
			io.WriteString(w, "piece\n")
			http.NewResponseController(w).Flush()
		}
	case r.URL.Path == "/vary":
		w.Header().Add("Vary", "Accept-Encoding")
		io.WriteString(w, "ok\n")
	case r.URL.Path == "/notmodified":
		w.WriteHeader(http.StatusNotModified)
	case r.URL.Path == "/redirect":
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
	case r.URL.Path == "/options" && r.Method == http.MethodOptions:
		io.WriteString(w, "own")
	default:
		io.WriteString(w, "ok\n")
	}
}

// recovered answers 500 where a handler panics; net/http has no such thing.
func recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if recover() != nil {
				w.WriteHeader(http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}
