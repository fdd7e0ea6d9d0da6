// Package traps holds the mistakes people make with more than one library, and
// shows that what the READMEs advise against them works.
package traps

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/concors/concors/conformance/adaptertest"
)

func TestMain(m *testing.M) {
	gin.SetMode(gin.ReleaseMode)
	os.Exit(m.Run())
}

// preflight is adaptertest.Preflight over the wire, where gzip and net/http
// have had their say.
func preflight(t *testing.T, server *httptest.Server, path string, fields ...string) *http.Response {
	t.Helper()
	fields = append(fields, "Access-Control-Request-Method", http.MethodPut)
	return adaptertest.Fetch(t, server, http.MethodOptions, path, fields...)
}

// body is what has come of an answer that was fetched.
func body(t *testing.T, res *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
