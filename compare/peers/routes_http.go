package peers

import (
	"net/http"
	"net/http/httputil"
	"net/url"
	"slices"

	"github.com/concors/concors/conformance"
	corshttp "github.com/concors/concors/stdlib"
)

// suite has the handlers of the suite.
var suite = conformance.Routes(corshttp.StripUpstream)

// onServeMux has the suite's own routes, 404 and 405 of net/http's router among
// them, middleware outermost first.
func onServeMux(middleware ...func(http.Handler) http.Handler) http.Handler {
	handler := suite
	for _, m := range slices.Backward(middleware) {
		handler = m(handler)
	}
	return recovered(handler)
}

// ran marks an answer as a handler's.
func ran(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Handler-Ran", "yes")
		next(w, r)
	}
}

// recovered is the recovery that net/http does not have.
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

// proxyTo passes requests on to a server with CORS fields of its own, without
// these.
func proxyTo(upstream *url.URL) http.Handler {
	return &httputil.ReverseProxy{
		Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(upstream) },
		ModifyResponse: corshttp.StripUpstream,
	}
}
