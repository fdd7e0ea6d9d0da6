package corshttp_test

import (
	"log"
	"net/http"
	"net/http/httptrace"
	"net/http/httputil"
	"net/url"

	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
)

// finalOnly passes on no 1xx of the upstream.
type finalOnly struct{ http.RoundTripper }

func (f finalOnly) RoundTrip(r *http.Request) (*http.Response, error) {
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil {
		trace.Got1xxResponse = nil // the proxy made this trace for this request alone
	}
	return f.RoundTripper.RoundTrip(r)
}

// A whole proxy: without the transport round its own, an answer of 1xx on the
// way would cost the fields of the policy.
func Example_proxy() {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}})
	if err != nil {
		log.Fatal(err)
	}
	upstream, err := url.Parse("http://localhost:9000")
	if err != nil {
		log.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{
		Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(upstream) },
		Transport:      finalOnly{http.DefaultTransport},
		ModifyResponse: corshttp.StripUpstream,
	}
	log.Fatal(http.ListenAndServe("127.0.0.1:8080", corshttp.Middleware(policy)(proxy)))
}
