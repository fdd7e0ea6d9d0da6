package corshttp_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/concors/concors/conformance/adaptertest"
	corshttp "github.com/concors/concors/stdlib"
)

// ok is a handler that has nothing to do with CORS.
func ok(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok\n") }

// README stdlib: `mux.Handle("PUT /items", cors(h))`: the preflight gets 405
// README stdlib: does not match it, so the mux answers 405
func TestPatternsWithAMethodHideThePreflight(t *testing.T) {
	cors := corshttp.Middleware(adaptertest.AppPolicy(t))
	inside := http.NewServeMux()
	inside.Handle("PUT /items", cors(http.HandlerFunc(ok)))
	adaptertest.WantUnreadable(t, "trap", adaptertest.Preflight(inside, "/items"), http.StatusMethodNotAllowed)

	mux := http.NewServeMux()
	mux.HandleFunc("PUT /items", ok)
	handler := cors(mux)
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(handler, "/items"), http.StatusNoContent)
	adaptertest.WantReadable(t, "PUT", adaptertest.Ask(handler, "PUT", "/items"), http.StatusOK)
	adaptertest.WantReadable(t, "405", adaptertest.Ask(handler, "POST", "/items"), http.StatusMethodNotAllowed)
	adaptertest.WantReadable(t, "404", adaptertest.Ask(handler, "GET", "/nowhere"), http.StatusNotFound)
}

// README stdlib: `mux.Handle("PUT /items", cors(h))`: the preflight gets 405
func TestAnOptionsRouteLetsThePreflightIn(t *testing.T) {
	cors := corshttp.Middleware(adaptertest.AppPolicy(t))
	mux := http.NewServeMux()
	mux.Handle("PUT /api/items", cors(http.HandlerFunc(ok)))
	mux.Handle("OPTIONS /api/", cors(http.HandlerFunc(ok)))
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(mux, "/api/items"), http.StatusNoContent)
	adaptertest.WantReadable(t, "PUT", adaptertest.Ask(mux, "PUT", "/api/items"), http.StatusOK)

	mux.HandleFunc("/static/", ok)
	adaptertest.WantPanic(t, "OPTIONS / beside a subtree without a method", "conflicts", func() { mux.HandleFunc("OPTIONS /", ok) })
}

// README stdlib: `outer.Handle("/area/", cors(area))`: `/area` is redirected
func TestTheOuterMuxRedirectsToASubtree(t *testing.T) {
	cors := corshttp.Middleware(adaptertest.AppPolicy(t))
	area := http.NewServeMux()
	area.HandleFunc("GET /area/", ok)
	outer := http.NewServeMux()
	outer.Handle("/area/", cors(area))
	adaptertest.WantUnreadable(t, "trap", adaptertest.Ask(outer, "GET", "/area"), http.StatusTemporaryRedirect)
	adaptertest.WantUnreadable(t, "trap, path cleaned", adaptertest.Ask(outer, "GET", "/area//x"), http.StatusTemporaryRedirect)

	mux := http.NewServeMux()
	mux.Handle("/area/", area)
	handler := cors(mux)
	adaptertest.WantReadable(t, "redirect", adaptertest.Ask(handler, "GET", "/area"), http.StatusTemporaryRedirect)
	adaptertest.WantReadable(t, "redirect, path cleaned", adaptertest.Ask(handler, "GET", "/area//x"), http.StatusTemporaryRedirect)
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(handler, "/area"), http.StatusNoContent)
}

// README stdlib: Keep the one middleware and scope the policy by path
func TestAreasArePolicyNotMounting(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /in/items", ok)
	mux.HandleFunc("PUT /out", ok)
	handler := corshttp.Middleware(adaptertest.AreaPolicy(t))(mux)
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(handler, "/in/items"), http.StatusNoContent)
	adaptertest.WantReadable(t, "PUT", adaptertest.Ask(handler, "PUT", "/in/items"), http.StatusOK)
	adaptertest.WantUnreadable(t, "preflight elsewhere", adaptertest.Preflight(handler, "/out"), http.StatusForbidden)
	adaptertest.WantUnreadable(t, "PUT elsewhere", adaptertest.Ask(handler, "PUT", "/out"), http.StatusOK)
}

// README stdlib: `http.StripPrefix("/v1", cors(mux))`: keys of `Paths` begin after `/v1`
func TestStripPrefixMakesKeysRelative(t *testing.T) {
	cors := corshttp.Middleware(adaptertest.AreaPolicy(t))
	handler := http.HandlerFunc(ok)
	inside := http.StripPrefix("/v1", cors(handler))
	adaptertest.WantReadable(t, "inside, key as stripped", adaptertest.Preflight(inside, "/v1/in/x"), http.StatusNoContent)
	outside := cors(http.StripPrefix("/v1", handler))
	adaptertest.WantUnreadable(t, "outside, key as sent", adaptertest.Preflight(outside, "/v1/in/x"), http.StatusForbidden)
	outside = cors(http.StripPrefix("/in", handler))
	adaptertest.WantReadable(t, "outside, key as sent", adaptertest.Preflight(outside, "/in/x"), http.StatusNoContent)
}

// A path that is written anew must be so before the policy looks at it: here
// /in/ is another name of /out.
//
// README stdlib: a path rewritten inside is decided by its old name
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
	cors := corshttp.Middleware(adaptertest.AreaPolicy(t))
	after, before := cors(rewritten(http.HandlerFunc(ok))), rewritten(cors(http.HandlerFunc(ok)))
	adaptertest.WantReadable(t, "trap, rewritten after", adaptertest.Ask(after, "GET", "/in/x"), http.StatusOK)
	adaptertest.WantUnreadable(t, "rewritten before", adaptertest.Ask(before, "GET", "/in/x"), http.StatusOK)
}

// README stdlib: `http.TimeoutHandler` inside: a `Vary` of the handler replaces
func TestTimeoutHandlerReplacesVary(t *testing.T) {
	cors := corshttp.Middleware(adaptertest.AppPolicy(t))
	vary := func(value string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Header().Add("Vary", value) })
	}
	limited := func(h http.Handler) http.Handler { return http.TimeoutHandler(h, time.Hour, "too late") }
	if res := adaptertest.Ask(cors(limited(vary("Accept"))), "GET", "/"); adaptertest.Varies(res.Header, "Origin") {
		t.Errorf("trap: Vary %q, want it without Origin: is the remedy needed still?", res.Header["Vary"])
	}
	res := adaptertest.Ask(cors(limited(vary("Accept, Origin"))), "GET", "/")
	adaptertest.WantReadable(t, "Origin named by the handler", res, http.StatusOK)
	if !adaptertest.Varies(res.Header, "Accept") {
		t.Errorf("Vary %q, want Accept in it", res.Header["Vary"])
	}

	// The handler ends after the answer, so the answer is the 503.
	answered := make(chan struct{})
	defer close(answered)
	late := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-answered })
	soon := func(h http.Handler) http.Handler { return http.TimeoutHandler(h, time.Nanosecond, "too late") }
	adaptertest.WantUnreadable(t, "trap, 503 outside", adaptertest.Ask(soon(cors(late)), "GET", "/"), http.StatusServiceUnavailable)
	adaptertest.WantReadable(t, "503 inside", adaptertest.Ask(cors(soon(late)), "GET", "/"), http.StatusServiceUnavailable)
}

// README stdlib: `w.Header().Set("Vary", "Accept")` deletes `Origin`
func TestVaryIsAddedNotSet(t *testing.T) {
	cors := corshttp.Middleware(adaptertest.AppPolicy(t))
	set := func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Vary", "Accept") }
	if res := adaptertest.Ask(cors(http.HandlerFunc(set)), "GET", "/"); adaptertest.Varies(res.Header, "Origin") {
		t.Errorf("trap: Vary %q, want it without Origin", res.Header["Vary"])
	}
	add := func(w http.ResponseWriter, _ *http.Request) { w.Header().Add("Vary", "Accept") }
	adaptertest.WantReadable(t, "Add", adaptertest.Ask(cors(http.HandlerFunc(add)), "GET", "/"), http.StatusOK)
}

// README stdlib: `OPTIONS *` is answered 200 by the server itself
func TestTheServerAnswersOptionsStarItself(t *testing.T) {
	star := func(server *httptest.Server) *http.Response {
		u, err := url.Parse(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		u.Opaque = "*"
		res, err := server.Client().Do(&http.Request{
			Method: http.MethodOptions, URL: u,
			Header: http.Header{"Origin": {adaptertest.App}, "Access-Control-Request-Method": {"PUT"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		return res
	}
	handler := corshttp.Middleware(adaptertest.AppPolicy(t))(http.HandlerFunc(ok))
	adaptertest.WantUnreadable(t, "by default", star(adaptertest.Serve(t, handler)), http.StatusOK)

	server := httptest.NewUnstartedServer(handler)
	server.Config.DisableGeneralOptionsHandler = true
	server.Start()
	t.Cleanup(server.Close)
	adaptertest.WantReadable(t, "handed on", star(server), http.StatusNoContent)
}

// README stdlib: Authentication outside refuses every preflight
func TestAuthComesAfter(t *testing.T) {
	cors := corshttp.Middleware(adaptertest.AppPolicy(t))
	auth := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if _, _, given := r.BasicAuth(); !given {
				http.Error(w, "who are you?", http.StatusUnauthorized)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
	adaptertest.WantUnreadable(t, "trap", adaptertest.Preflight(auth(cors(http.HandlerFunc(ok))), "/"), http.StatusUnauthorized)
	handler := cors(auth(http.HandlerFunc(ok)))
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(handler, "/"), http.StatusNoContent)
	adaptertest.WantReadable(t, "401", adaptertest.Ask(handler, "PUT", "/"), http.StatusUnauthorized)
}

// README stdlib: For that there is `http.CrossOriginProtection`, inside
func TestCSRFProtectionComesAfter(t *testing.T) {
	csrf := http.NewCrossOriginProtection()
	handler := corshttp.Middleware(adaptertest.AppPolicy(t))(csrf.Handler(http.HandlerFunc(ok)))
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(handler, "/"), http.StatusNoContent)
	crossSite := []string{"Sec-Fetch-Site", "cross-site"}
	adaptertest.WantReadable(t, "refused", adaptertest.Ask(handler, "PUT", "/", crossSite...), http.StatusForbidden)
	if err := csrf.AddTrustedOrigin(adaptertest.App); err != nil {
		t.Fatal(err)
	}
	adaptertest.WantReadable(t, "trusted", adaptertest.Ask(handler, "PUT", "/", crossSite...), http.StatusOK)
}

// README stdlib: A logger inside sees no preflight
func TestLoggersComeBefore(t *testing.T) {
	var logged []int
	logger := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			rec := &recorder{ResponseWriter: w}
			next.ServeHTTP(rec, r)
			logged = append(logged, rec.status)
		})
	}
	cors := corshttp.Middleware(adaptertest.AppPolicy(t))
	adaptertest.Preflight(logger(cors(http.HandlerFunc(ok))), "/")
	adaptertest.Preflight(cors(logger(http.HandlerFunc(ok))), "/")
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
