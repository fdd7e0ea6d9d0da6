package browser_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

func zip(text string) []byte {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	io.WriteString(z, text)
	z.Close()
	return zipped.Bytes()
}

var handlers = []struct {
	why     string
	method  string
	handler http.HandlerFunc
	step    string
	status  int
	body    string
}{
	{"a panic", "GET", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "network", 0, ""},
	{"a panic after a part of the answer", "GET", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "part")
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}, "network", 0, ""},
	{"a body shorter than announced", "GET", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "10")
		io.WriteString(w, "part")
	}, "network", 0, ""},
	{"a panic in the preflight", "PUT", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "OPTIONS" {
			panic(http.ErrAbortHandler)
		}
	}, "preflight: network", 0, ""},
	{"switching protocols", "GET", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(101) }, "network", 0, ""},
	{"a proxy's 407", "GET", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(407) }, "network", 0, ""},
	{"an odd status", "GET", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(699) }, "", 699, ""},
	{"a HEAD", "HEAD", func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Content-Length", "9") }, "", 200, ""},
	{"no content", "GET", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }, "", 204, ""},
	{"reset content", "GET", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(205)
		io.WriteString(w, "text")
	}, "", 205, ""},
	{"not modified", "GET", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(304) }, "", 304, ""},
	{"early hints", "GET", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(103)
		io.WriteString(w, "text")
	}, "", 200, "text"},
	{"gzip", "GET", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(zip("text"))
	}, "", 200, "text"},
	{"gzip that is none", "GET", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		io.WriteString(w, "text")
	}, "network", 0, ""},
	{"gzip cut short", "GET", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(zip("text")[:20])
	}, "network", 0, ""},
	{"a body that nobody reads", "POST", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "text") }, "", 200, "text"},
}

// What a real server makes of a handler is what the browser gets.
func TestNetwork(t *testing.T) {
	for _, c := range handlers {
		b := open(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Access-Control-Allow-Origin", "*")
			w.Header().Set("Access-Control-Allow-Methods", "*")
			c.handler(w, r)
		})
		f := browser.Fetch{Page: app, URL: api, Method: c.method}
		if c.method == "POST" {
			f.Body = strings.Repeat("x", 1<<20)
		}
		r := ask(t, b, f)
		if step(r) != c.step || r.Status != c.status || string(r.Body) != c.body {
			t.Errorf("%s: status %d, body %q, want %d, %q, step %q: %s", c.why, r.Status, r.Body, c.status, c.body, c.step, r)
		}
		if n := len(r.Exchanges); n > 2 || n != r.Preflights+1 && c.step != "preflight: network" {
			t.Errorf("%s: %d requests", c.why, n)
		}
	}
}

// A handler that panics runs once: no request is sent a second time.
func TestNoSecondTry(t *testing.T) {
	calls := 0
	b := open(t, func(http.ResponseWriter, *http.Request) {
		if calls++; calls > 1 {
			panic(http.ErrAbortHandler)
		}
	})
	ask(t, b, browser.Fetch{Page: app, URL: app})
	if r := ask(t, b, browser.Fetch{Page: app, URL: app}); step(r) != "network" || calls != 2 {
		t.Errorf("%d calls: %s", calls, r)
	}
}

// A script sees the coded length and the coding, as in a browser.
func TestGzipHeader(t *testing.T) {
	b := open(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "gzip" {
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		io.WriteString(z, "text")
		z.Close()
	})
	r := ask(t, b, browser.Fetch{Page: app, URL: app})
	if string(r.Body) != "text" || r.Header.Get("Content-Encoding") != "gzip" || r.Header.Get("Content-Length") == "4" {
		t.Error(r)
	}
	r = ask(t, b, browser.Fetch{Page: app, URL: app, Header: http.Header{"Range": {"bytes=0-"}}})
	if r.Exchanges[0].Header.Get("Accept-Encoding") != "identity" || len(r.Body) != 0 {
		t.Error(r)
	}
}

// The handler sees the host and the scheme that the page asked for.
func TestEveryHost(t *testing.T) {
	var host string
	var state *tls.ConnectionState
	b := open(t, func(w http.ResponseWriter, r *http.Request) { host, state = r.Host, r.TLS })
	for url, want := range map[string]string{
		"https://a.example/":       "a.example",
		"http://b.example:8080/":   "b.example:8080",
		"https://[2001:db8::1]:1/": "[2001:db8::1]:1",
		"http://localhost/":        "localhost",
	} {
		ask(t, b, browser.Fetch{Page: "http://page.example", URL: url})
		if host != want || (state != nil) != strings.HasPrefix(url, "https:") {
			t.Errorf("%s: host %q, TLS %v", url, host, state)
		}
	}
}

// A context that is done is the caller's affair, not the server's fault.
func TestContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	b := open(t, func(w http.ResponseWriter, r *http.Request) {
		w.(http.Flusher).Flush()
		cancel()
		<-r.Context().Done()
	})
	r, err := b.Fetch(ctx, browser.Fetch{Page: app, URL: app})
	if r != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("%v, %v", r, err)
	}
}

// After Close nothing answers. Closing twice does no harm, nor does closing a
// browser without a server.
func TestClose(t *testing.T) {
	b := browser.New(http.NotFoundHandler())
	b.Close()
	b.Close()
	if r := ask(t, b, browser.Fetch{Page: app, URL: app}); step(r) != "network" {
		t.Error(r)
	}
	new(browser.Browser).Close()
}

func TestDial(t *testing.T) {
	var path string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path = r.URL.Path
		w.Header().Set("Access-Control-Allow-Origin", "*")
	}))
	defer server.Close()
	b, err := browser.Dial(server.URL + "/base/")
	if err != nil {
		t.Fatal(err)
	}
	for url, want := range map[string]string{"": "/base/", "a": "/base/a", "/b": "/b", "../c?d": "/c", server.URL + "/e": "/e"} {
		if r := ask(t, b, browser.Fetch{Page: "http://page.example", URL: url}); !r.Allowed() || path != want {
			t.Errorf("%q asked for %q, want %q: %s", url, path, want, r)
		}
	}
	for _, base := range []string{"", "/a", "localhost:80", "ftp://a.example", "https://"} {
		if b, err := browser.Dial(base); b != nil || err == nil {
			t.Errorf("Dial(%q) = %v, %v", base, b, err)
		}
	}
}

// The zero Browser asks the network.
func TestZeroBrowser(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	var b browser.Browser
	if r := ask(t, &b, browser.Fetch{Page: server.URL, URL: server.URL}); r.Status != http.StatusNotFound {
		t.Error(r)
	}
	server.Close()
	if r := ask(t, &b, browser.Fetch{Page: server.URL, URL: server.URL}); step(r) != "network" {
		t.Error(r)
	}
}

// Over TLS with HTTP/2, with the transport that httptest gives.
func TestTransport(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Proto) }))
	server.EnableHTTP2 = true
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	b, err := browser.Dial(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	if r := ask(t, b, browser.Fetch{Page: server.URL, URL: "/"}); step(r) != "network" {
		t.Errorf("a certificate nobody trusts: %s", r)
	}
	b.Transport = server.Client().Transport
	if r := ask(t, b, browser.Fetch{Page: server.URL, URL: "/"}); string(r.Body) != "HTTP/2.0" {
		t.Error(r, string(r.Body))
	}
}
