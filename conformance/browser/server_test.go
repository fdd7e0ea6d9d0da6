package browser

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestRemoteAddr(t *testing.T) {
	var addr string
	b := New(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { addr = r.RemoteAddr }))
	defer b.Close()
	for _, url := range []string{"http://a.example/", "https://a.example/"} {
		if _, err := b.Fetch(t.Context(), Fetch{Page: "http://a.example", URL: url}); err != nil {
			t.Fatal(err)
		}
		if host, port, err := net.SplitHostPort(addr); err != nil || host != "192.0.2.1" || port != "1234" {
			t.Errorf("%s: the handler sees %q", url, addr)
		}
	}
}

// A connection for each request is HTTP/1.1, even where the server has HTTP/2.
func TestTransportProtocol(t *testing.T) {
	var proto string
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { proto = r.Proto }))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	transport := newTransport()
	transport.TLSClientConfig = server.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
	transport.TLSClientConfig.NextProtos = nil
	b := Browser{Transport: transport}
	r, err := b.Fetch(t.Context(), Fetch{Page: server.URL, URL: server.URL})
	if err != nil || !r.Allowed() || proto != "HTTP/1.1" {
		t.Errorf("%v, %v over %q", r, err, proto)
	}
}

func TestRelativeWithoutBase(t *testing.T) {
	_, dial := Dial("localhost:8080")
	_, fetch := new(Browser).Fetch(t.Context(), Fetch{Page: "null", URL: "/a"})
	for _, err := range []error{dial, fetch} {
		if err == nil || !strings.Contains(err.Error(), "give an absolute URL such as https://") {
			t.Error(err)
		}
	}
}
