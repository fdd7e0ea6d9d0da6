package corsgin_test

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/concors/concors/conformance/adaptertest"
	corsgin "github.com/concors/concors/gin"
)

func TestNilPolicyPanics(t *testing.T) {
	adaptertest.WantPanic(t, "Middleware(nil)", "corsgin: Middleware needs a policy", func() { corsgin.Middleware(nil) })
}

// root is an engine with the middleware, and h on "/" and "/a".
func root(t *testing.T, h gin.HandlerFunc) *gin.Engine {
	t.Helper()
	r := gin.New()
	r.Use(corsgin.Middleware(adaptertest.AppPolicy(t)))
	r.GET("/", h)
	r.GET("/a", h)
	return r
}

func TestWriterCanFlushAndBeControlled(t *testing.T) {
	server := adaptertest.Serve(t, root(t, func(c *gin.Context) {
		control := http.NewResponseController(c.Writer)
		if err := errors.Join(control.EnableFullDuplex(), control.SetReadDeadline(time.Time{}),
			control.SetWriteDeadline(time.Time{}), control.Flush()); err != nil {
			t.Errorf("response controller: %v", err)
		}
	}))
	adaptertest.WantReadable(t, "GET", adaptertest.Fetch(t, server, "GET", "/"), http.StatusOK)
}

func TestWriterCanBeHijacked(t *testing.T) {
	server := adaptertest.Serve(t, root(t, func(c *gin.Context) {
		conn, buffer, err := c.Writer.Hijack()
		if err != nil {
			t.Errorf("Hijack: %v", err)
			return
		}
		defer conn.Close()
		io.WriteString(buffer, "HTTP/1.1 299 Own\r\nContent-Length: 0\r\n\r\n")
		buffer.Flush()
	}))
	adaptertest.WantUnreadable(t, "GET", adaptertest.Fetch(t, server, "GET", "/"), 299)
}

func TestStreamCarriesTheFieldsFirst(t *testing.T) {
	seen := make(chan struct{})
	server := adaptertest.Serve(t, root(t, func(c *gin.Context) {
		c.SSEvent("tick", "1")
		c.Writer.Flush()
		select { // the stream goes on until the page has its first bytes
		case <-seen:
		case <-c.Request.Context().Done():
		}
	}))
	res := adaptertest.Send(t, server, "GET", "/")
	defer res.Body.Close()
	adaptertest.WantReadable(t, "event stream", res, http.StatusOK)
	line, err := bufio.NewReader(res.Body).ReadString('\n')
	if err != nil || line != "event:tick\n" {
		t.Errorf("first event: %q, %v", line, err)
	}
	close(seen)
}

func TestErrorsAndFilesKeepTheFields(t *testing.T) {
	content := func(c *gin.Context) {
		c.Header("Etag", `"1"`)
		http.ServeContent(c.Writer, c.Request, "a.txt", time.Unix(1, 0), strings.NewReader("0123456789"))
	}
	for _, test := range []struct {
		name    string
		handler gin.HandlerFunc
		fields  []string
		status  int
	}{
		{"AbortWithStatusJSON", func(c *gin.Context) { c.AbortWithStatusJSON(418, gin.H{"error": "no"}) }, nil, 418},
		{"AbortWithError", func(c *gin.Context) { c.AbortWithError(500, errors.New("no")) }, nil, 500},
		{"Redirect", func(c *gin.Context) { c.Redirect(http.StatusFound, "/b") }, nil, 302},
		{"http.Error", func(c *gin.Context) { http.Error(c.Writer, "no", http.StatusTeapot) }, nil, 418},
		{"ServeContent", content, nil, 200},
		{"ServeContent, not modified", content, []string{"If-None-Match", `"1"`}, 304},
		{"ServeContent, no such range", content, []string{"Range", "bytes=99-"}, 416},
	} {
		server := adaptertest.Serve(t, root(t, test.handler))
		adaptertest.WantReadable(t, test.name, adaptertest.Fetch(t, server, "GET", "/a", test.fields...), test.status)
	}
	r := root(t, ok)
	r.Static("/files", t.TempDir())
	adaptertest.WantReadable(t, "no such file", adaptertest.Ask(r, "GET", "/files/none"), http.StatusNotFound)
	adaptertest.WantReadable(t, "no such route", adaptertest.Ask(r, "GET", "/none"), http.StatusNotFound)
}

func TestPanicsKeepTheFields(t *testing.T) {
	cors := corsgin.Middleware(adaptertest.AppPolicy(t))
	recovery := gin.RecoveryWithWriter(io.Discard)
	for name, order := range map[string]gin.HandlersChain{
		"Recovery before": {recovery, cors}, "Recovery after": {cors, recovery},
	} {
		r := gin.New()
		r.Use(order...)
		r.GET("/", func(*gin.Context) { panic("asked for") })
		adaptertest.WantReadable(t, name, adaptertest.Ask(r, "GET", "/"), http.StatusInternalServerError)
	}
}
