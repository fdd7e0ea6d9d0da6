package corsgin_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
)

// serve runs h on a loopback port until the test ends. Its client follows no
// redirects.
func serve(t *testing.T, h http.Handler) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	server.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return server
}

// send has the page send a request over the wire.
func send(t *testing.T, server *httptest.Server, method, path string, fields ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequest(method, server.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", app)
	for pair := range slices.Chunk(fields, 2) {
		r.Header.Set(pair[0], pair[1])
	}
	res, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// fetch is send, with the body read.
func fetch(t *testing.T, server *httptest.Server, method, path string, fields ...string) *http.Response {
	t.Helper()
	res := send(t, server, method, path, fields...)
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		t.Fatal(err)
	}
	return res
}
