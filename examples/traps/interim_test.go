package traps

import (
	"bufio"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/url"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/concors/concors/conformance/adaptertest"
	corsecho "github.com/concors/concors/echo"
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

// README gin: a reverse proxy whose upstream sends a 1xx
// README echo: `middleware.Proxy` whose upstream sends a 1xx
func TestFinalOnlyInGinAndEcho(t *testing.T) {
	target := urlOf(t, adaptertest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusEarlyHints)
		http.Error(w, "gone", http.StatusGone)
	})))
	// Echo takes the 103 for the answer, and so writes no other status.
	status := map[string]int{"gin": http.StatusGone, "echo": http.StatusOK}
	for name, proxy := range proxies(t, target, nil, corshttp.StripUpstream) {
		res := adaptertest.Fetch(t, adaptertest.Serve(t, proxy), "GET", "/")
		adaptertest.WantUnreadable(t, name+", trap", res, status[name])
		if adaptertest.Varies(res.Header, "Origin") {
			t.Errorf("%s, trap: Vary %q, want it without Origin: is finalOnly needed still?", name, res.Header["Vary"])
		}
	}
	for name, proxy := range proxies(t, target, finalOnly{http.DefaultTransport}, corshttp.StripUpstream) {
		res := adaptertest.Fetch(t, adaptertest.Serve(t, proxy), "GET", "/")
		adaptertest.WantReadable(t, name, res, http.StatusGone)
		if got := body(t, res); got != "gone\n" {
			t.Errorf("%s: body %q, want gone", name, got)
		}
	}
}

// 101 is a final answer, and passes.
//
// README stdlib: and so does 101
func TestFinalOnlyLetsWebSocketsThrough(t *testing.T) {
	open := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	target := urlOf(t, adaptertest.Serve(t, talk(t, open)))
	for name, proxy := range proxies(t, target, finalOnly{http.DefaultTransport}, corshttp.StripUpstream) {
		wantTalk(t, name, adaptertest.Serve(t, proxy))
	}
}

// Echo's proxy dials for WebSockets itself, and reads the TLSClientConfig of a
// Transport only if that is an *http.Transport.
//
// README echo: A `TLSClientConfig` in there no longer reaches WebSockets
func TestEchoDialsTLSByTheTransportItself(t *testing.T) {
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	upstream := httptest.NewUnstartedServer(talk(t, upgrader))
	upstream.Config.ErrorLog = log.New(io.Discard, "", 0) // it hears no TLS
	upstream.StartTLS()
	t.Cleanup(upstream.Close)
	targets := []*middleware.ProxyTarget{{URL: urlOf(t, upstream)}}
	transport := upstream.Client().Transport
	pages := middleware.ProxyConfig{
		Balancer: middleware.NewRoundRobinBalancer(targets), Transport: finalOnly{transport},
		ModifyResponse: corshttp.StripUpstream,
	}
	sockets := middleware.ProxyConfig{Balancer: middleware.NewRoundRobinBalancer(targets), Transport: transport}
	serve := func(proxies ...middleware.ProxyConfig) *httptest.Server {
		e := echo.New()
		e.Use(corsecho.Middleware(adaptertest.AppPolicy(t)))
		for _, config := range proxies {
			e.Use(middleware.ProxyWithConfig(config))
		}
		return adaptertest.Serve(t, e)
	}

	res := adaptertest.Send(t, serve(pages), "GET", "/", "Connection", "Upgrade", "Upgrade", "websocket",
		"Sec-Websocket-Version", "13", "Sec-Websocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")
	line, err := bufio.NewReader(res.Body).ReadString('\n') // the connection stays open
	res.Body.Close()
	if res.StatusCode != http.StatusBadRequest || !strings.Contains(line, "HTTP request to an HTTPS server") {
		t.Errorf("trap: status %d, %q, %v; want 400 for want of TLS: is a proxy of its own needed still?", res.StatusCode, line, err)
	}
	pages.Skipper = func(c echo.Context) bool { return c.IsWebSocket() }
	server := serve(pages, sockets)
	wantTalk(t, "a proxy of its own", server)
	adaptertest.WantReadable(t, "no WebSocket", adaptertest.Fetch(t, server, "GET", "/"), http.StatusBadRequest)
}

// wantTalk checks that a WebSocket to server says hello back.
func wantTalk(t *testing.T, what string, server *httptest.Server) {
	t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial(webSocketURL(server), nil)
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	defer conn.Close()
	if err := conn.WriteMessage(websocket.TextMessage, []byte("hello")); err != nil {
		t.Errorf("%s: %v", what, err)
	}
	if _, got, err := conn.ReadMessage(); err != nil || string(got) != "hello" {
		t.Errorf("%s: got %q, %v, want hello back", what, got, err)
	}
}

func webSocketURL(server *httptest.Server) string {
	return "ws" + strings.TrimPrefix(server.URL, "http") + "/"
}

func urlOf(t *testing.T, server *httptest.Server) *url.URL {
	t.Helper()
	u, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
