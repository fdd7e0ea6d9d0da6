package corschi_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	corschi "github.com/concors/concors/chi"
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
	conformance.Run(t, func(t *testing.T, policies []*concors.Policy) string {
		r := chi.NewRouter()
		r.Use(quiet, middleware.Recoverer)
		for _, policy := range policies {
			r.Use(corschi.Middleware(policy))
		}
		routes(r)
		r.Handle("/upstream", &httputil.ReverseProxy{
			Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(upstream) },
			ModifyResponse: corshttp.StripUpstream,
		})
		server := httptest.NewServer(r)
		t.Cleanup(server.Close)
		return server.Listener.Addr().String()
	})
}

func routes(r chi.Router) {
	r.HandleFunc("/error", ran(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "failed", http.StatusInternalServerError)
	}))
	r.HandleFunc("/panic", ran(func(http.ResponseWriter, *http.Request) { panic("asked for by a case") }))
	r.HandleFunc("/stream", ran(func(w http.ResponseWriter, _ *http.Request) {
		for range 3 {
			io.WriteString(w, "piece\n")
			http.NewResponseController(w).Flush()
		}
	}))
	r.HandleFunc("/vary", ran(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		ok(w, r)
	}))
	r.HandleFunc("/private", ran(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		ok(w, r)
	}))
	r.HandleFunc("/notmodified", ran(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) }))
	r.HandleFunc("/redirect", ran(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
	}))
	r.Options("/options", ran(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "own") }))
	r.HandleFunc("/*", ran(ok))
	ownAnswers(r)
}

// ownAnswers has chi itself answer 404 and 405, by sub-routers, since a route for
// everything stands beside them.
func ownAnswers(r chi.Router) {
	r.NotFound(ran(http.NotFound))
	r.MethodNotAllowed(ran(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusMethodNotAllowed) }))
	r.Mount("/missing", chi.NewRouter())
	r.Route("/getonly", func(r chi.Router) { r.Get("/", ran(ok)) })
}

func ran(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Handler-Ran", "yes")
		next(w, r)
	}
}

// ok is a handler that has nothing to do with CORS.
func ok(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok\n") }

// quiet has Recoverer print no stack: it asks the log entry to.
func quiet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, middleware.WithLogEntry(r, entry{}))
	})
}

type entry struct{ middleware.LogEntry }

func (entry) Panic(any, []byte) {}
