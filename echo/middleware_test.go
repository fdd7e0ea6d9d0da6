package corsecho_test

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/concors/concors/conformance/adaptertest"
	corsecho "github.com/concors/concors/echo"
)

func TestNilPolicyPanics(t *testing.T) {
	adaptertest.WantPanic(t, "Middleware(nil)", "corsecho: Middleware needs a policy", func() { corsecho.Middleware(nil) })
}

// root is an instance with the middleware, and h on "/" and "/a".
func root(t *testing.T, h echo.HandlerFunc) *echo.Echo {
	t.Helper()
	e := echo.New()
	e.Use(corsecho.Middleware(adaptertest.AppPolicy(t)))
	e.GET("/", h)
	e.GET("/a", h)
	return e
}

func TestWriterCanFlushAndBeControlled(t *testing.T) {
	server := adaptertest.Serve(t, root(t, func(c echo.Context) error {
		control := http.NewResponseController(c.Response())
		if err := errors.Join(control.EnableFullDuplex(), control.SetReadDeadline(time.Time{}),
			control.SetWriteDeadline(time.Time{}), control.Flush()); err != nil {
			t.Errorf("response controller: %v", err)
		}
		return nil
	}))
	adaptertest.WantReadable(t, "GET", adaptertest.Fetch(t, server, "GET", "/"), http.StatusOK)
}

func TestWriterCanBeHijacked(t *testing.T) {
	server := adaptertest.Serve(t, root(t, func(c echo.Context) error {
		conn, buffer, err := c.Response().Hijack()
		if err != nil {
			t.Errorf("Hijack: %v", err)
			return nil
		}
		defer conn.Close()
		io.WriteString(buffer, "HTTP/1.1 299 Own\r\nContent-Length: 0\r\n\r\n")
		return buffer.Flush()
	}))
	adaptertest.WantUnreadable(t, "GET", adaptertest.Fetch(t, server, "GET", "/"), 299)
}

func TestStreamCarriesTheFieldsFirst(t *testing.T) {
	seen := make(chan struct{})
	server := adaptertest.Serve(t, root(t, func(c echo.Context) error {
		c.Response().Header().Set(echo.HeaderContentType, "text/event-stream")
		io.WriteString(c.Response(), "data: 1\n\n")
		c.Response().Flush()
		select { // the stream goes on until the page has its first bytes
		case <-seen:
		case <-c.Request().Context().Done():
		}
		return nil
	}))
	res := adaptertest.Send(t, server, "GET", "/")
	defer res.Body.Close()
	adaptertest.WantReadable(t, "event stream", res, http.StatusOK)
	line, err := bufio.NewReader(res.Body).ReadString('\n')
	if err != nil || line != "data: 1\n" {
		t.Errorf("first event: %q, %v", line, err)
	}
	close(seen)
}

func TestErrorsAndFilesKeepTheFields(t *testing.T) {
	content := func(c echo.Context) error {
		c.Response().Header().Set("Etag", `"1"`)
		http.ServeContent(c.Response(), c.Request(), "a.txt", time.Unix(1, 0), strings.NewReader("0123456789"))
		return nil
	}
	for _, test := range []struct {
		name    string
		handler echo.HandlerFunc
		fields  []string
		status  int
	}{
		{"NewHTTPError", func(echo.Context) error { return echo.NewHTTPError(http.StatusTeapot, "no") }, nil, 418},
		{"any error", func(echo.Context) error { return errors.New("no") }, nil, 500},
		{"Redirect", func(c echo.Context) error { return c.Redirect(http.StatusFound, "/b") }, nil, 302},
		{"File", func(c echo.Context) error { return c.File("none") }, nil, 404},
		{"ServeContent", content, nil, 200},
		{"ServeContent, not modified", content, []string{"If-None-Match", `"1"`}, 304},
		{"ServeContent, no such range", content, []string{"Range", "bytes=99-"}, 416},
	} {
		server := adaptertest.Serve(t, root(t, test.handler))
		adaptertest.WantReadable(t, test.name, adaptertest.Fetch(t, server, "GET", "/a", test.fields...), test.status)
	}
	e := root(t, ok)
	adaptertest.WantReadable(t, "no such route", adaptertest.Ask(e, "GET", "/none"), http.StatusNotFound)
	adaptertest.WantReadable(t, "no such method", adaptertest.Ask(e, "PUT", "/a"), http.StatusMethodNotAllowed)
	adaptertest.WantReadable(t, "OPTIONS that is no preflight", adaptertest.Ask(e, "OPTIONS", "/a"), http.StatusNoContent)
}

func TestErrorHandlersHearNoPreflight(t *testing.T) {
	e := root(t, func(echo.Context) error { return echo.NewHTTPError(http.StatusConflict) })
	heard := 0
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		heard++
		c.NoContent(http.StatusTeapot)
	}
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(e, "/a"), http.StatusNoContent)
	denied := adaptertest.Preflight(e, "/a", "Origin", "https://other.example.org")
	adaptertest.WantUnreadable(t, "denied preflight", denied, http.StatusForbidden)
	if heard != 0 {
		t.Errorf("the error handler heard %d preflights, want none", heard)
	}
	adaptertest.WantReadable(t, "an error", adaptertest.Ask(e, "GET", "/a"), http.StatusTeapot)
}

func TestPanicsKeepTheFields(t *testing.T) {
	cors := corsecho.Middleware(adaptertest.AppPolicy(t))
	for name, order := range map[string][]echo.MiddlewareFunc{
		"Recover before": {middleware.Recover(), cors}, "Recover after": {cors, middleware.Recover()},
	} {
		e := echo.New()
		e.Logger.SetOutput(io.Discard)
		e.Use(order...)
		e.GET("/", func(echo.Context) error { panic("asked for") })
		adaptertest.WantReadable(t, name, adaptertest.Ask(e, "GET", "/"), http.StatusInternalServerError)
	}
}
