package corshttp_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	corshttp "github.com/concors/concors/stdlib"
)

// ok is a handler that has nothing to do with CORS.
func ok(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok\n") }

func TestPatternsWithAMethodHideThePreflight(t *testing.T) {
	cors := corshttp.Middleware(appPolicy(t))
	inside := http.NewServeMux()
	inside.Handle("PUT /items", cors(http.HandlerFunc(ok)))
	wantUnreadable(t, "trap", preflight(inside, "/items"), http.StatusMethodNotAllowed)

	mux := http.NewServeMux()
	mux.HandleFunc("PUT /items", ok)
	handler := cors(mux)
	wantReadable(t, "preflight", preflight(handler, "/items"), http.StatusNoContent)
	wantReadable(t, "PUT", ask(handler, "PUT", "/items"), http.StatusOK)
	wantReadable(t, "405", ask(handler, "POST", "/items"), http.StatusMethodNotAllowed)
	wantReadable(t, "404", ask(handler, "GET", "/nowhere"), http.StatusNotFound)
}

func TestAnOptionsRouteLetsThePreflightIn(t *testing.T) {
	cors := corshttp.Middleware(appPolicy(t))
	mux := http.NewServeMux()
	mux.Handle("PUT /api/items", cors(http.HandlerFunc(ok)))
	mux.Handle("OPTIONS /api/", cors(http.HandlerFunc(ok)))
	wantReadable(t, "preflight", preflight(mux, "/api/items"), http.StatusNoContent)
	wantReadable(t, "PUT", ask(mux, "PUT", "/api/items"), http.StatusOK)

	mux.HandleFunc("/static/", ok)
	wantPanic(t, "OPTIONS / beside a subtree without a method", "conflicts", func() { mux.HandleFunc("OPTIONS /", ok) })
}

func TestTheOuterMuxRedirectsToASubtree(t *testing.T) {
	cors := corshttp.Middleware(appPolicy(t))
	area := http.NewServeMux()
	area.HandleFunc("GET /area/", ok)
	outer := http.NewServeMux()
	outer.Handle("/area/", cors(area))
	wantUnreadable(t, "trap", ask(outer, "GET", "/area"), http.StatusTemporaryRedirect)
	wantUnreadable(t, "trap, path cleaned", ask(outer, "GET", "/area//x"), http.StatusTemporaryRedirect)

	mux := http.NewServeMux()
	mux.Handle("/area/", area)
	wantReadable(t, "redirect", ask(cors(mux), "GET", "/area"), http.StatusTemporaryRedirect)
	wantReadable(t, "redirect, path cleaned", ask(cors(mux), "GET", "/area//x"), http.StatusTemporaryRedirect)
	wantReadable(t, "preflight", preflight(cors(mux), "/area"), http.StatusNoContent)
}

func TestAreasArePolicyNotMounting(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /in/items", ok)
	mux.HandleFunc("PUT /out", ok)
	handler := corshttp.Middleware(areaPolicy(t))(mux)
	wantReadable(t, "preflight", preflight(handler, "/in/items"), http.StatusNoContent)
	wantReadable(t, "PUT", ask(handler, "PUT", "/in/items"), http.StatusOK)
	wantUnreadable(t, "preflight elsewhere", preflight(handler, "/out"), http.StatusForbidden)
	wantUnreadable(t, "PUT elsewhere", ask(handler, "PUT", "/out"), http.StatusOK)
}

func TestStripPrefixMakesKeysRelative(t *testing.T) {
	cors := corshttp.Middleware(areaPolicy(t))
	handler := http.HandlerFunc(ok)
	inside := http.StripPrefix("/v1", cors(handler))
	wantReadable(t, "inside, key as stripped", preflight(inside, "/v1/in/x"), http.StatusNoContent)
	outside := cors(http.StripPrefix("/v1", handler))
	wantUnreadable(t, "outside, key as sent", preflight(outside, "/v1/in/x"), http.StatusForbidden)
	outside = cors(http.StripPrefix("/in", handler))
	wantReadable(t, "outside, key as sent", preflight(outside, "/in/x"), http.StatusNoContent)
}

// A path that is written anew must be so before the policy looks at it: here
// /in/ is another name of /out.
func TestRewritesComeFirst(t *testing.T) {
	rewritten := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			u := *r.URL
			u.Path, u.RawPath = "/out", ""
			r2 := *r
			r2.URL = &u
			next.ServeHTTP(w, &r2)
		})
	}
	cors := corshttp.Middleware(areaPolicy(t))
	wantReadable(t, "trap, rewritten after", ask(cors(rewritten(http.HandlerFunc(ok))), "GET", "/in/x"), http.StatusOK)
	wantUnreadable(t, "rewritten before", ask(rewritten(cors(http.HandlerFunc(ok))), "GET", "/in/x"), http.StatusOK)
}

func TestTimeoutHandlerReplacesVary(t *testing.T) {
	cors := corshttp.Middleware(appPolicy(t))
	vary := func(value string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Header().Add("Vary", value) })
	}
	limited := func(h http.Handler) http.Handler { return http.TimeoutHandler(h, time.Hour, "too late") }
	if res := ask(cors(limited(vary("Accept"))), "GET", "/"); varies(res.Header, "Origin") {
		t.Errorf("trap: Vary %q, want it without Origin: is the remedy needed still?", res.Header["Vary"])
	}
	res := ask(cors(limited(vary("Accept, Origin"))), "GET", "/")
	wantReadable(t, "Origin named by the handler", res, http.StatusOK)
	if !varies(res.Header, "Accept") {
		t.Errorf("Vary %q, want Accept in it", res.Header["Vary"])
	}

	// The handler ends after the answer, so the answer is the 503.
	answered := make(chan struct{})
	defer close(answered)
	late := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-answered })
	soon := func(h http.Handler) http.Handler { return http.TimeoutHandler(h, time.Nanosecond, "too late") }
	wantUnreadable(t, "trap, 503 outside", ask(soon(cors(late)), "GET", "/"), http.StatusServiceUnavailable)
	wantReadable(t, "503 inside", ask(cors(soon(late)), "GET", "/"), http.StatusServiceUnavailable)
}

func TestVaryIsAddedNotSet(t *testing.T) {
	cors := corshttp.Middleware(appPolicy(t))
	set := func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Vary", "Accept") }
	if res := ask(cors(http.HandlerFunc(set)), "GET", "/"); varies(res.Header, "Origin") {
		t.Errorf("trap: Vary %q, want it without Origin", res.Header["Vary"])
	}
	add := func(w http.ResponseWriter, _ *http.Request) { w.Header().Add("Vary", "Accept") }
	wantReadable(t, "Add", ask(cors(http.HandlerFunc(add)), "GET", "/"), http.StatusOK)
}

func TestTheServerAnswersOptionsStarItself(t *testing.T) {
	star := func(server *httptest.Server) *http.Response {
		u, err := url.Parse(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		u.Opaque = "*"
		res, err := server.Client().Do(&http.Request{
			Method: http.MethodOptions, URL: u,
			Header: http.Header{"Origin": {app}, "Access-Control-Request-Method": {"PUT"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		return res
	}
	handler := corshttp.Middleware(appPolicy(t))(http.HandlerFunc(ok))
	wantUnreadable(t, "by default", star(serve(t, handler)), http.StatusOK)

	server := httptest.NewUnstartedServer(handler)
	server.Config.DisableGeneralOptionsHandler = true
	server.Start()
	t.Cleanup(server.Close)
	wantReadable(t, "handed on", star(server), http.StatusNoContent)
}

func TestAuthComesAfter(t *testing.T) {
	cors := corshttp.Middleware(appPolicy(t))
	auth := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if _, _, given := r.BasicAuth(); !given {
				http.Error(w, "who are you?", http.StatusUnauthorized)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
	wantUnreadable(t, "trap", preflight(auth(cors(http.HandlerFunc(ok))), "/"), http.StatusUnauthorized)
	handler := cors(auth(http.HandlerFunc(ok)))
	wantReadable(t, "preflight", preflight(handler, "/"), http.StatusNoContent)
	wantReadable(t, "401", ask(handler, "PUT", "/"), http.StatusUnauthorized)
}

func TestCSRFProtectionComesAfter(t *testing.T) {
	csrf := http.NewCrossOriginProtection()
	handler := corshttp.Middleware(appPolicy(t))(csrf.Handler(http.HandlerFunc(ok)))
	wantReadable(t, "preflight", preflight(handler, "/"), http.StatusNoContent)
	wantReadable(t, "refused", ask(handler, "PUT", "/", "Sec-Fetch-Site", "cross-site"), http.StatusForbidden)
	if err := csrf.AddTrustedOrigin(app); err != nil {
		t.Fatal(err)
	}
	wantReadable(t, "trusted", ask(handler, "PUT", "/", "Sec-Fetch-Site", "cross-site"), http.StatusOK)
}

func TestLoggersComeBefore(t *testing.T) {
	var logged []int
	logger := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			rec := &recorder{ResponseWriter: w}
			next.ServeHTTP(rec, r)
			logged = append(logged, rec.status)
		})
	}
	cors := corshttp.Middleware(appPolicy(t))
	preflight(logger(cors(http.HandlerFunc(ok))), "/")
	preflight(cors(logger(http.HandlerFunc(ok))), "/")
	if len(logged) != 1 || logged[0] != http.StatusNoContent {
		t.Errorf("logged %v, want 204 alone: the logger before sees it, the one after does not", logged)
	}
}

// recorder notes the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}
