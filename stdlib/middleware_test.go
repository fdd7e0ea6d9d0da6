package corshttp_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
)

func TestNilPolicyPanics(t *testing.T) {
	adaptertest.WantPanic(t, "Middleware(nil)", "corshttp: Middleware needs a policy", func() { corshttp.Middleware(nil) })
	adaptertest.WantPanic(t, "CheckOrigin(nil)", "corshttp: CheckOrigin needs a policy", func() { corshttp.CheckOrigin(nil) })
}

func TestHandlersGetTheWriterItself(t *testing.T) {
	w := httptest.NewRecorder()
	corshttp.Middleware(adaptertest.AppPolicy(t))(http.HandlerFunc(func(got http.ResponseWriter, _ *http.Request) {
		if got != http.ResponseWriter(w) {
			t.Errorf("the handler got a %T, want the server's own %T", got, w)
		}
	})).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
}

func TestWriterCanFlushAndBeControlled(t *testing.T) {
	cors := corshttp.Middleware(adaptertest.AppPolicy(t))
	server := adaptertest.Serve(t, cors(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if _, ok := w.(http.Flusher); !ok {
			t.Errorf("%T is no Flusher", w)
		}
		c := http.NewResponseController(w)
		if err := errors.Join(c.EnableFullDuplex(), c.SetReadDeadline(time.Time{}), c.SetWriteDeadline(time.Time{}), c.Flush()); err != nil {
			t.Errorf("response controller: %v", err)
		}
	})))
	adaptertest.WantReadable(t, "GET", adaptertest.Fetch(t, server, "GET", "/"), http.StatusOK)
}

func TestWriterCanBeHijacked(t *testing.T) {
	cors := corshttp.Middleware(adaptertest.AppPolicy(t))
	server := adaptertest.Serve(t, cors(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, buffer, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Errorf("Hijack: %v", err)
			return
		}
		defer conn.Close()
		io.WriteString(buffer, "HTTP/1.1 299 Own\r\nContent-Length: 0\r\n\r\n")
		buffer.Flush()
	})))
	adaptertest.WantUnreadable(t, "GET", adaptertest.Fetch(t, server, "GET", "/"), 299)
}

func TestStreamCarriesTheFieldsFirst(t *testing.T) {
	seen := make(chan struct{})
	cors := corshttp.Middleware(adaptertest.AppPolicy(t))
	server := adaptertest.Serve(t, cors(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		io.WriteString(w, "data: 1\n\n")
		http.NewResponseController(w).Flush()
		select { // the stream goes on until the page has its first bytes
		case <-seen:
		case <-r.Context().Done():
		}
	})))
	res := adaptertest.Send(t, server, "GET", "/")
	defer res.Body.Close()
	adaptertest.WantReadable(t, "event stream", res, http.StatusOK)
	line, err := bufio.NewReader(res.Body).ReadString('\n')
	if err != nil || line != "data: 1\n" {
		t.Errorf("first event: %q, %v", line, err)
	}
	close(seen)
}

func TestAnswersOfTheStandardLibraryKeepTheFields(t *testing.T) {
	content := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Etag", `"1"`)
		http.ServeContent(w, r, "a.txt", time.Unix(1, 0), strings.NewReader("0123456789"))
	}
	for _, test := range []struct {
		name    string
		handler http.HandlerFunc
		fields  []string
		status  int
	}{
		{"Error", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusTeapot) }, nil, 418},
		{"NotFound", http.NotFound, nil, 404},
		{"Redirect", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/b", http.StatusFound) }, nil, 302},
		{"ServeContent", content, nil, 200},
		{"ServeContent, a range", content, []string{"Range", "bytes=0-1"}, 206},
		{"ServeContent, not modified", content, []string{"If-None-Match", `"1"`}, 304},
		{"ServeContent, no such range", content, []string{"Range", "bytes=99-"}, 416},
		{"FileServer, no such file", http.FileServer(http.Dir(t.TempDir())).ServeHTTP, nil, 404},
	} {
		server := adaptertest.Serve(t, corshttp.Middleware(adaptertest.AppPolicy(t))(test.handler))
		adaptertest.WantReadable(t, test.name, adaptertest.Fetch(t, server, "GET", "/a", test.fields...), test.status)
	}
}

func TestPanicsKeepTheFields(t *testing.T) {
	cors := corshttp.Middleware(adaptertest.AppPolicy(t))
	panics := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("asked for") })
	adaptertest.WantReadable(t, "recovery outside", adaptertest.Ask(recovered(cors(panics)), "GET", "/"), 500)
	adaptertest.WantReadable(t, "recovery inside", adaptertest.Ask(cors(recovered(panics)), "GET", "/"), 500)
}

func TestAPanickingOriginFunctionGrantsNothing(t *testing.T) {
	policy := adaptertest.NewPolicy(t, concors.Config{}, concors.WithOriginFunc(
		func(context.Context, concors.Origin, concors.Request) bool { panic("asked for") }))
	handler := recovered(corshttp.Middleware(policy)(http.HandlerFunc(ok)))
	adaptertest.WantUnreadable(t, "preflight", adaptertest.Preflight(handler, "/"), http.StatusInternalServerError)
	adaptertest.WantUnreadable(t, "GET", adaptertest.Ask(handler, "GET", "/"), http.StatusInternalServerError)
}
