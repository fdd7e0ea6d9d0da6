package corshttp_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/http/httputil"
	"net/textproto"
	"net/url"
	"strings"
	"testing"

	"github.com/concors/concors/conformance/adaptertest"
	corshttp "github.com/concors/concors/stdlib"
)

// An upstream may send interim answers, of a status of 1xx, before the final
// one. httputil.ReverseProxy passes each on with every field that is there, and
// then empties the header.

// proxyTo is a reverse proxy behind the middleware, to an upstream on the
// loopback.
func proxyTo(t *testing.T, transport http.RoundTripper, upstream http.HandlerFunc) *httptest.Server {
	t.Helper()
	target, err := url.Parse(adaptertest.Serve(t, upstream).URL)
	if err != nil {
		t.Fatal(err)
	}
	return adaptertest.Serve(t, corshttp.Middleware(adaptertest.AppPolicy(t))(&httputil.ReverseProxy{
		Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(target) },
		Transport:      transport,
		ModifyResponse: corshttp.StripUpstream,
	}))
}

// interim sends the interim answer that the path names, then 202.
func interim(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Vary", "Accept-Encoding")
	switch r.URL.Path {
	case "/100": // sent by the server once the body is asked for
		io.Copy(io.Discard, r.Body)
	case "/102":
		w.WriteHeader(http.StatusProcessing)
	case "/103":
		w.WriteHeader(http.StatusEarlyHints)
	}
	w.WriteHeader(http.StatusAccepted)
}

// hear has the page send something to path, and returns every answer, the final
// one apart.
func hear(t *testing.T, server *httptest.Server, path string) (interims []*http.Response, final *http.Response) {
	t.Helper()
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{
		Got1xxResponse: func(status int, fields textproto.MIMEHeader) error {
			interims = append(interims, &http.Response{StatusCode: status, Header: http.Header(fields)})
			return nil
		},
	})
	r, err := http.NewRequestWithContext(ctx, http.MethodPut, server.URL+path, strings.NewReader("a thing"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", adaptertest.App)
	if path == "/100" {
		r.Header.Set("Expect", "100-continue")
	}
	final, err = server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	final.Body.Close()
	return interims, final
}

// README stdlib: `httputil.ReverseProxy` and an upstream that sends a 1xx
// README chi: a reverse proxy whose upstream sends a 1xx
func TestInterimAnswersEmptyTheFields(t *testing.T) {
	server := proxyTo(t, nil, interim)
	for _, path := range []string{"/100", "/102", "/103"} {
		interims, final := hear(t, server, path)
		adaptertest.WantUnreadable(t, "trap, after "+path, final, http.StatusAccepted)
		if adaptertest.Varies(final.Header, "Origin") {
			t.Errorf("trap, after %s: Vary %q, want it without Origin: is finalOnly needed still?", path, final.Header["Vary"])
		}
		if path == "/100" {
			continue
		}
		if len(interims) != 1 || len(interims[0].Header["Access-Control-Allow-Origin"]) != 2 {
			t.Errorf("trap, %s: %v came first, want one answer with two allowed origins", path, interims)
		}
	}
}

// README stdlib: `httputil.ReverseProxy` and an upstream that sends a 1xx
// README chi: a reverse proxy whose upstream sends a 1xx
func TestFinalOnlyKeepsTheFields(t *testing.T) {
	server := proxyTo(t, finalOnly{http.DefaultTransport}, interim)
	for path, want := range map[string]int{"/100": 1, "/102": 0, "/103": 0, "/none": 0} {
		interims, final := hear(t, server, path)
		adaptertest.WantReadable(t, "after "+path, final, http.StatusAccepted)
		if !adaptertest.Varies(final.Header, "Accept-Encoding") {
			t.Errorf("after %s: Vary %q, want the upstream's Accept-Encoding in it", path, final.Header["Vary"])
		}
		if len(interims) != want {
			t.Errorf("%s: %d interim answers %v, want %d", path, len(interims), interims, want)
		}
		for _, res := range interims { // from the proxy's own server, not from the upstream
			adaptertest.WantUnreadable(t, path, res, http.StatusContinue)
		}
	}
}

// A page that leaves still ends the upstream's work.
//
// README stdlib: the context and its cancellation stay as they are
func TestFinalOnlyKeepsCancellation(t *testing.T) {
	began, ended := make(chan struct{}), make(chan struct{})
	server := proxyTo(t, finalOnly{http.DefaultTransport}, func(_ http.ResponseWriter, r *http.Request) {
		close(began)
		<-r.Context().Done()
		close(ended)
	})
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	go func() {
		select {
		case <-began:
			leave()
		case <-ctx.Done():
		}
	}()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := server.Client().Do(r); !errors.Is(err, context.Canceled) {
		t.Fatalf("GET: %v, want %v", err, context.Canceled)
	}
	<-ended
}

// The transport works without a trace too, as when no proxy calls it.
//
// README stdlib: A client that waits for 100 Continue still gets it
func TestFinalOnlyNeedsNoProxy(t *testing.T) {
	server := adaptertest.Serve(t, http.HandlerFunc(interim))
	server.Client().Transport = finalOnly{server.Client().Transport}
	if res := adaptertest.Fetch(t, server, "GET", "/103"); res.StatusCode != http.StatusAccepted {
		t.Errorf("status %d, want 202", res.StatusCode)
	}
}
