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

	corsecho "github.com/concors/concors/echo"
)

func TestNilPolicyPanics(t *testing.T) {
	wantPanic(t, "Middleware(nil)", "corsecho: Middleware needs a policy", func() { corsecho.Middleware(nil) })
}

// root is an instance with the middleware, and h on "/" and "/a".
func root(t *testing.T, h echo.HandlerFunc) *echo.Echo {
	t.Helper()
	e := echo.New()
	e.Use(corsecho.Middleware(appPolicy(t)))
	e.GET("/", h)
	e.GET("/a", h)
	return e
}

func TestWriterCanFlushAndBeControlled(t *testing.T) {
	server := serve(t, root(t, func(c echo.Context) error {
		control := http.NewResponseController(c.Response())
		if err := errors.Join(control.EnableFullDuplex(), control.SetReadDeadline(time.Time{}),
			control.SetWriteDeadline(time.Time{}), control.Flush()); err != nil {
			t.Errorf("response controller: %v", err)
		}
		return nil
	}))
	wantReadable(t, "GET", fetch(t, server, "GET", "/"), http.StatusOK)
}

func TestWriterCanBeHijacked(t *testing.T) {
	server := serve(t, root(t, func(c echo.Context) error {
		conn, buffer, err := c.Response().Hijack()
		if err != nil {
			t.Errorf("Hijack: %v", err)
			return nil
		}
		defer conn.Close()
		io.WriteString(buffer, "HTTP/1.1 299 Own\r\nContent-Length: 0\r\n\r\n")
		return buffer.Flush()
	}))
	wantUnreadable(t, "GET", fetch(t, server, "GET", "/"), 299)
}

func TestStreamCarriesTheFieldsFirst(t *testing.T) {
	seen := make(chan struct{})
	server := serve(t, root(t, func(c echo.Context) error {
		c.Response().Header().Set(echo.HeaderContentType, "text/event-stream")
		io.WriteString(c.Response(), "data: 1\n\n")
		c.Response().Flush()
		select { // the stream goes on until the page has its first bytes
		case <-seen:
		case <-c.Request().Context().Done():
		}
		return nil
	}))
	res := send(t, server, "GET", "/")
	defer res.Body.Close()
	wantReadable(t, "event stream", res, http.StatusOK)
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
		wantReadable(t, test.name, fetch(t, serve(t, root(t, test.handler)), "GET", "/a", test.fields...), test.status)
	}
	e := root(t, ok)
	wantReadable(t, "no such route", ask(e, "GET", "/none"), http.StatusNotFound)
	wantReadable(t, "no such method", ask(e, "PUT", "/a"), http.StatusMethodNotAllowed)
	wantReadable(t, "OPTIONS that is no preflight", ask(e, "OPTIONS", "/a"), http.StatusNoContent)
}

func TestErrorHandlersHearNoPreflight(t *testing.T) {
	e := root(t, func(echo.Context) error { return echo.NewHTTPError(http.StatusConflict) })
	heard := 0
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		heard++
		c.NoContent(http.StatusTeapot)
	}
	wantReadable(t, "preflight", preflight(e, "/a"), http.StatusNoContent)
	wantUnreadable(t, "denied preflight", preflight(e, "/a", "Origin", "https://other.example.org"), http.StatusForbidden)
	if heard != 0 {
		t.Errorf("the error handler heard %d preflights, want none", heard)
	}
	wantReadable(t, "an error", ask(e, "GET", "/a"), http.StatusTeapot)
}

func TestPanicsKeepTheFields(t *testing.T) {
	cors := corsecho.Middleware(appPolicy(t))
	for name, order := range map[string][]echo.MiddlewareFunc{
		"Recover before": {middleware.Recover(), cors}, "Recover after": {cors, middleware.Recover()},
	} {
		e := echo.New()
		e.Logger.SetOutput(io.Discard)
		e.Use(order...)
		e.GET("/", func(echo.Context) error { panic("asked for") })
		wantReadable(t, name, ask(e, "GET", "/"), http.StatusInternalServerError)
	}
}
