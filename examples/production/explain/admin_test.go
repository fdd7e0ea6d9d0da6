package explain_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/explain"
)

// asked asks the admin server without a connection.
func asked(policy *concors.Policy, method, target string, lines ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://127.0.0.1:8081"+target, nil)
	for i := 0; i < len(lines); i += 2 {
		r.Header.Set(lines[i], lines[i+1])
	}
	if host := r.Header.Get("Host"); host != "" {
		r.Host = host
	}
	w := httptest.NewRecorder()
	explain.Admin(policy).Handler.ServeHTTP(w, r)
	return w
}

func TestWhatIsNotExplained(t *testing.T) {
	policy := newPolicy(t)
	for _, c := range []struct {
		method, target string
		lines          []string
		status         int
		text           string
	}{
		{"POST", "/explain", nil, 405, ""},
		{"GET", "/", nil, 404, ""},
		{"GET", "/explain?headers=" + strings.Repeat("a", 16<<10), nil, 414, "exceeds 16384 bytes"},
		{"GET", "/explain?orign=null", nil, 400, `"orign" is none of origin, method`},
		{"GET", "/explain?path=/a&path=/b", nil, 400, "path is given 2 times"},
		{"GET", "/explain?path=https://api.example.com/", nil, 400, "must begin with a slash"},
		{"GET", "/explain?path=/%25zz", nil, 400, "invalid URL escape"},
		{"GET", "/explain?path=%zz", nil, 400, "invalid URL escape"},
		{"GET", "/explain?preflight=maybe", nil, 400, `preflight is "maybe"`},
		// A page makes the operator's browser ask, or has its name point here.
		{"GET", "/explain", []string{"Sec-Fetch-Site", "cross-site"}, 403, "not from a page"},
		{"GET", "/explain", []string{"Host", "rebound.example:8081"}, 403, "not from a page"},
		{"GET", "/explain", []string{"Host", "localhost:8081", "Sec-Fetch-Site", "none"}, 200, "request passed on, no-origin"},
		{"GET", "/explain", []string{"Host", "[::1]:8081"}, 200, "request passed on, no-origin"},
		{"GET", "/explain", []string{"Host", "[::1]"}, 200, "request passed on, no-origin"},
		{"GET", "/explain", []string{"Host", "127.0.0.1"}, 200, "request passed on, no-origin"},
	} {
		w := asked(policy, c.method, c.target, c.lines...)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.text) {
			t.Errorf("%s %.60s with %q = %d, %q; want %d, %q", c.method, c.target, c.lines, w.Code, w.Body, c.status, c.text)
		}
	}
}

// TestExplanationsAreText holds that no browser takes a word of the client for
// markup, and that no cache keeps what a reload changes.
func TestExplanationsAreText(t *testing.T) {
	w := asked(newPolicy(t), "GET", "/explain?origin=%3Cscript%3E%0A")
	if h := w.Header(); h.Get("Content-Type") != "text/plain; charset=utf-8" ||
		h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cache-Control") != "no-store" {
		t.Errorf("the fields are %v", h)
	}
	if first, _, _ := strings.Cut(w.Body.String(), "\n"); first != `request refused, origin-malformed "<script>\n"` {
		t.Errorf("the text begins with %s", first)
	}
}

// TestWhatABrowserSendsFirst has the kind of request where the query does not say.
func TestWhatABrowserSendsFirst(t *testing.T) {
	for query, want := range map[string]string{
		"origin=" + app:                                        "request allowed",
		"origin=" + app + "&method=POST":                       "request allowed",
		"origin=" + app + "&method=DELETE":                     "preflight allowed",
		"origin=" + app + "&headers=authorization":             "preflight allowed",
		"origin=" + app + "&headers=authorization&headers=x-b": `preflight refused, header-not-allowed "x-b"`,
		"origin=" + app + "&method=PUT&preflight=false":        "request allowed",
		"origin=" + app + "&method=GET&preflight=true":         "preflight allowed",
		"origin=" + app + "&origin=" + app:                     `request refused, several-origins "https://app.example.com"`,
	} {
		text := asked(newPolicy(t), "GET", "/explain?"+query).Body.String()
		if first, _, _ := strings.Cut(text, "\n"); first != want {
			t.Errorf("%s: %s, want %s", query, first, want)
		}
	}
}

// TestQuestionsAreNoTraffic: an explanation is not counted or logged.
func TestQuestionsAreNoTraffic(t *testing.T) {
	var heard atomic.Int32
	policy := newPolicy(t, concors.WithObserver(func(context.Context, concors.Request, concors.Decision) { heard.Add(1) }))
	asked(policy, "GET", "/explain?origin=null")
	if _, err := explain.Message(t.Context(), policy, strings.NewReader(ask{"GET", "/", "null", "", false}.message())); err != nil {
		t.Fatal(err)
	}
	if n := heard.Load(); n != 0 {
		t.Errorf("the observer heard %d requests", n)
	}
}

// TestOneAtATime has five questions at once, of which the first takes for ever,
// by a clock that stands still until all wait.
func TestOneAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var at, once atomic.Int32
		policy := adaptertest.NewPolicy(t, concors.Config{}, concors.WithOriginFunc(
			func(ctx context.Context, _ concors.Origin, _ concors.Request) bool {
				if at.Add(1); at.Load() > 1 {
					t.Error("two at once")
				}
				defer at.Add(-1)
				once.Add(1)
				<-ctx.Done() // a look-up that hangs
				return false
			}))
		handler := explain.Handler(policy)
		codes := make(chan int, 5)
		for range cap(codes) {
			go func() {
				w := httptest.NewRecorder()
				handler.ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1/explain?origin="+app, nil))
				codes <- w.Code
			}()
		}
		got := map[int]int{}
		for range cap(codes) {
			got[<-codes]++
		}
		if got[http.StatusOK] != int(once.Load()) || got[http.StatusOK] < 1 || got[http.StatusServiceUnavailable]+got[http.StatusOK] != cap(codes) {
			t.Errorf("answered %v, and the function was asked %d times", got, once.Load())
		}
	})
}
