package adaptertest

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// Serve runs h on a loopback port until the test ends. Its client follows no
// redirects.
func Serve(t testing.TB, h http.Handler) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	server.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return server
}

// Send is [Ask] over the wire. It returns once the head of the answer is there;
// the caller closes the body.
func Send(t testing.TB, server *httptest.Server, method, path string, fields ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequest(method, server.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	setFields(r, fields)
	res, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// Fetch is [Send] to the end of the answer. The body has come whole; it is in
// memory and needs no closing.
func Fetch(t testing.TB, server *httptest.Server, method, path string, fields ...string) *http.Response {
	t.Helper()
	res := Send(t, server, method, path, fields...)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	res.Body = io.NopCloser(bytes.NewReader(body))
	return res
}
