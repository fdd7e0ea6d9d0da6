package corshttp_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/concors/concors/conformance/adaptertest"
	corshttp "github.com/concors/concors/stdlib"
)

func TestHTTP2(t *testing.T) {
	server := httptest.NewUnstartedServer(corshttp.Middleware(adaptertest.AppPolicy(t))(http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Proto) })))
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)

	wantHTTP2 := func(what string, method string, fields ...string) *http.Response {
		res := adaptertest.Fetch(t, server, method, "/", fields...)
		if res.ProtoMajor != 2 {
			t.Errorf("%s was answered in %s, want HTTP/2", what, res.Proto)
		}
		return res
	}

	res := wantHTTP2("preflight", "OPTIONS", "Access-Control-Request-Method", "PUT")
	adaptertest.WantReadable(t, "preflight", res, http.StatusNoContent)
	if got := res.Header.Get("Access-Control-Allow-Methods"); got != "PUT" {
		t.Errorf("preflight: allowed methods %q, want PUT", got)
	}
	res = wantHTTP2("denied preflight", "OPTIONS", "Access-Control-Request-Method", "DELETE")
	adaptertest.WantUnreadable(t, "denied preflight", res, http.StatusForbidden)
	if !adaptertest.Varies(res.Header, "Origin") || !adaptertest.Varies(res.Header, "Access-Control-Request-Method") {
		t.Errorf("denied preflight: Vary %q, want Origin and Access-Control-Request-Method in it", res.Header["Vary"])
	}
	adaptertest.WantReadable(t, "actual request", wantHTTP2("actual request", "PUT"), http.StatusOK)
	res = wantHTTP2("denied actual request", "PUT", "Origin", "https://other.example.org")
	adaptertest.WantUnreadable(t, "denied actual request", res, http.StatusOK)
}

// HTTP/2 has no connection to give away, so hijacking ends with HTTP/1.
func TestHTTP2WriterCanFlushButNotBeHijacked(t *testing.T) {
	server := httptest.NewUnstartedServer(corshttp.Middleware(adaptertest.AppPolicy(t))(http.HandlerFunc(
		func(w http.ResponseWriter, _ *http.Request) {
			c := http.NewResponseController(w)
			if _, _, err := c.Hijack(); !errors.Is(err, http.ErrNotSupported) {
				t.Errorf("Hijack: %v, want %v", err, http.ErrNotSupported)
			}
			if err := errors.Join(c.SetReadDeadline(time.Time{}), c.SetWriteDeadline(time.Time{}), c.Flush()); err != nil {
				t.Errorf("response controller: %v", err)
			}
		})))
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	res := adaptertest.Fetch(t, server, "GET", "/")
	adaptertest.WantReadable(t, "flushed", res, http.StatusOK)
	if res.ProtoMajor != 2 {
		t.Errorf("answered in %s, want HTTP/2", res.Proto)
	}
}
