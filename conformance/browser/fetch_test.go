package browser_test

import (
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

// What goes out, and the verdict, for a server that allows nothing or all.
func TestFetch(t *testing.T) {
	b := open(t, script)
	free := free(api)
	put := at(api+"/", "acao", app, "p-acao", app, "p-acam", "PUT, patch, DELETE", "p-acma", "0")
	for _, c := range []struct {
		fetch browser.Fetch
		step  string
		sent  []string
	}{
		{browser.Fetch{Page: app, URL: app + "/"}, "", []string{"GET " + app + "/"}},
		{browser.Fetch{Page: app, URL: app}, "", []string{"GET " + app + "/"}},
		{browser.Fetch{Page: app, URL: "HTTPS://App.Example.Com:443/a/../b#c"}, "", []string{"GET " + app + "/b"}},
		{browser.Fetch{Page: app, URL: app + "/", Method: "head"}, "", []string{"HEAD " + app + "/"}},
		{browser.Fetch{Page: app, URL: app + "/", Method: "put"}, "", []string{"PUT " + app + "/ from " + app}},
		{browser.Fetch{Page: app, URL: app + "/", Method: "post", Credentials: browser.Omit}, "", []string{"POST " + app + "/ from " + app}},
		{browser.Fetch{Page: app, URL: app + "/", Header: http.Header{"X-A": {"1"}}, UploadListener: true}, "", []string{"GET " + app + "/"}},

		{browser.Fetch{Page: app, URL: api + "/"}, "allow-origin-missing", []string{"GET " + api + "/ from " + app}},
		{browser.Fetch{Page: app, URL: free}, "", []string{"GET " + free + " from " + app}},
		{browser.Fetch{Page: "null", URL: free}, "", []string{"GET " + free + " from null"}},
		{browser.Fetch{Page: "moz-extension://0a1b", URL: free}, "", []string{"GET " + free + " from moz-extension://0a1b"}},
		{browser.Fetch{Page: app, URL: free, Credentials: browser.Include}, "allow-origin-wildcard", []string{"GET " + free + " from " + app}},
		{browser.Fetch{Page: app, URL: free, Method: "POST", Body: "a=b"}, "", []string{"POST " + free + " from " + app}},
		{browser.Fetch{Page: app, URL: app + ":8443/"}, "allow-origin-missing", []string{"GET " + app + ":8443/ from " + app}},
		{browser.Fetch{Page: "http://app.example.com", URL: app + "/"}, "allow-origin-missing", []string{"GET " + app + "/ from http://app.example.com"}},

		{browser.Fetch{Page: app, URL: free, Method: "PUT"}, "preflight: allow-origin-missing", []string{"OPTIONS " + free + " from " + app}},
		{browser.Fetch{Page: app, URL: put, Method: "put"}, "", []string{"OPTIONS " + put + " from " + app, "PUT " + put + " from " + app}},
		{browser.Fetch{Page: app, URL: put, Method: "patch"}, "", []string{"OPTIONS " + put + " from " + app, "patch " + put + " from " + app}},
		{browser.Fetch{Page: app, URL: put, Method: "PATCH"}, "preflight: method-not-allowed", []string{"OPTIONS " + put + " from " + app}},
		{browser.Fetch{Page: app, URL: put, Method: "PUT", Credentials: browser.Include}, "preflight: allow-credentials", []string{"OPTIONS " + put + " from " + app}},
		{browser.Fetch{Page: app, URL: put, UploadListener: true}, "", []string{"OPTIONS " + put + " from " + app, "GET " + put + " from " + app}},
		{browser.Fetch{Page: app, URL: free, UploadListener: true}, "preflight: allow-origin-missing", []string{"OPTIONS " + free + " from " + app}},

		{browser.Fetch{Page: app, URL: free, Method: "trace"}, "forbidden-method", nil},
		{browser.Fetch{Page: app, URL: "http://api.example.com/"}, "mixed-content", nil},
		{browser.Fetch{Page: app, URL: "http://127.9.9.9/"}, "allow-origin-missing", []string{"GET http://127.9.9.9/ from " + app}},
	} {
		r := ask(t, b, c.fetch)
		if step(r) != c.step || !slices.Equal(sent(r), c.sent) {
			t.Errorf("%s sent %q, want step %q after %q", r, sent(r), c.step, c.sent)
		}
		if r.Allowed() != (c.step == "") {
			t.Errorf("Allowed() = %v of %s", r.Allowed(), r)
		}
	}
}

// With an upload listener the flag stands in for a list of methods that is
// absent, not for one that is there (Fetch, CORS-preflight fetch, step 7.4).
func TestUploadListener(t *testing.T) {
	b := open(t, script)
	for _, c := range []struct {
		url, step string
		listener  bool
	}{
		{at(api+"/a", "acao", "*", "p-acao", "*"), "", true},
		{at(api+"/b", "acao", "*", "p-acao", "*"), "preflight: method-not-allowed", false},
		{at(api+"/c", "acao", "*", "p-acao", "*", "p-acam", ""), "preflight: method-not-allowed", true},
	} {
		r := ask(t, b, browser.Fetch{Page: app, URL: c.url, Method: "PUT", UploadListener: c.listener})
		if step(r) != c.step {
			t.Errorf("listener %v, want %q: %s", c.listener, c.step, r)
		}
	}
}

// What each request carries.
func TestFetchHeader(t *testing.T) {
	got := map[string]http.Header{}
	bodies := map[string]string{}
	b := open(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got[r.Method], bodies[r.Method] = r.Header, string(body)
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Access-Control-Allow-Headers", "*, Authorization")
		w.Header().Set("Access-Control-Allow-Methods", "*")
	})
	r := ask(t, b, browser.Fetch{Page: app, URL: api + "/", Method: "PUT", Body: "text", Header: http.Header{
		"x-a": {"1", " 2 "}, "Authorization": {"Bearer t"}, "Cookie": {"a=b"}, "Origin": {"https://evil.example"},
		"Sec-Fetch-Site": {"same-origin"}, "Host": {"evil.example"}, "X-HTTP-Method-Override": {"TRACE"},
		"Access-Control-Request-Method": {"GET"}, "Accept-Encoding": {"br"},
	}})
	if !r.Allowed() || r.Preflights != 1 || len(r.Exchanges) != 2 {
		t.Fatal(r)
	}
	const agent = "Mozilla/5.0 (compatible; Concors)"
	for method, want := range map[string]http.Header{
		"OPTIONS": {"Accept": {"*/*"}, "Access-Control-Request-Method": {"PUT"}, "Access-Control-Request-Headers": {"authorization,x-a"},
			"Origin": {app}, "User-Agent": {agent}, "Accept-Encoding": {"gzip"}},
		"PUT": {"Accept": {"*/*"}, "Authorization": {"Bearer t"}, "X-A": {"1, 2"}, "Content-Type": {"text/plain;charset=UTF-8"},
			"Origin": {app}, "User-Agent": {agent}, "Accept-Encoding": {"gzip"}, "Content-Length": {"4"}},
	} {
		if !maps.EqualFunc(got[method], want, slices.Equal) {
			t.Errorf("%s has %q, want %q", method, got[method], want)
		}
	}
	if bodies["OPTIONS"] != "" || bodies["PUT"] != "text" {
		t.Errorf("bodies %q", bodies)
	}
	for _, e := range r.Exchanges {
		delete(got[e.Method], "Content-Length") // net/http adds it
		if e.Preflight != (e.Method == "OPTIONS") || !maps.EqualFunc(e.Header, got[e.Method], slices.Equal) || e.Status != 200 {
			t.Errorf("noted %+v, but %q came", e, got[e.Method])
		}
	}
	if r.Exchanges[0].Answer.Get("Access-Control-Allow-Methods") != "*" {
		t.Errorf("the answer is not noted: %s", r)
	}
}

// What the script reads.
func TestFetchAnswer(t *testing.T) {
	b := open(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", r.FormValue("acao"))
		w.Header().Set("Access-Control-Expose-Headers", "X-R")
		w.Header().Set("X-R", "1")
		w.Header().Set("X-S", "2")
		w.Header().Set("Set-Cookie", "a=b")
		w.WriteHeader(http.StatusNotFound)
		io.WriteString(w, "not here")
	})
	for _, c := range []struct {
		url    string
		typ    string
		r, s   string
		status int
		body   string
	}{
		{app + "/", "basic", "1", "2", 404, "not here"},
		{api + "/?acao=*", "cors", "1", "", 404, "not here"},
		{api + "/?acao=null", "", "", "", 0, ""},
	} {
		r := ask(t, b, browser.Fetch{Page: app, URL: c.url})
		if r.Type != c.typ || r.Header.Get("X-R") != c.r || r.Header.Get("X-S") != c.s || r.Status != c.status || string(r.Body) != c.body ||
			r.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s: the script reads %q, %d, %q, %q", r, r.Type, r.Status, r.Header, r.Body)
		}
		if (r.Header == nil) != (c.typ == "") {
			t.Errorf("%s: header %v", r, r.Header)
		}
	}
}

// What no page could ask is an error, not a verdict.
func TestFetchError(t *testing.T) {
	b := open(t, script)
	for _, c := range []struct {
		fetch browser.Fetch
		want  string
	}{
		{browser.Fetch{URL: api}, `the page ""`},
		{browser.Fetch{Page: app + "/", URL: api}, `the page "https://app.example.com/"`},
		{browser.Fetch{Page: app, URL: "/a"}, `cannot ask for "/a"`},
		{browser.Fetch{Page: app, URL: "ftp://a.example/"}, "neither http nor https"},
		{browser.Fetch{Page: app, URL: "https://"}, "host"},
		{browser.Fetch{Page: app, URL: "https://b\u00fccher.example/"}, "host"},
		{browser.Fetch{Page: app, URL: "https://a:b@api.example.com/"}, "user name or password"},
		{browser.Fetch{Page: app, URL: "https://a.example:99999/"}, "port"},
		{browser.Fetch{Page: app, URL: api, Method: "P T"}, `"P T" is no method`},
		{browser.Fetch{Page: app, URL: api, Body: "x"}, "a GET has no body"},
		{browser.Fetch{Page: app, URL: api, Method: "head", Body: "x"}, "a HEAD has no body"},
		{browser.Fetch{Page: app, URL: api, Credentials: "Include"}, `"Include" is no credentials mode`},
		{browser.Fetch{Page: app, URL: api, Header: http.Header{"X A": {"1"}}}, `"X A" is no header name`},
		{browser.Fetch{Page: app, URL: api, Header: http.Header{"X-A": {"a\r\nX-B: c"}}}, `"a\r\nX-B: c" of X-A`},
		{browser.Fetch{Page: app, URL: api, Header: http.Header{"X-A": {"a\x00b"}}}, "control byte"},
	} {
		r, err := b.Fetch(t.Context(), c.fetch)
		if r != nil || err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "browser: ") {
			t.Errorf("%+v: %v, %v, want an error with %q", c.fetch, r, err, c.want)
		}
	}
}

// Two spellings of a name in a map are taken in the order of their bytes, so
// that no verdict changes from run to run.
func TestSpellings(t *testing.T) {
	b := open(t, script)
	for range 50 {
		r := ask(t, b, browser.Fetch{Page: app, URL: app, Header: http.Header{"x-a": {"2"}, "X-A": {"1"}}})
		if got := r.Exchanges[0].Header["X-A"]; !slices.Equal(got, []string{"1, 2"}) {
			t.Fatalf("X-A: %q", got)
		}
		failure := browser.CheckCORS(app, "", http.Header{"access-control-allow-origin": {"null"}, "Access-Control-Allow-Origin": {"*"}})
		if failure == nil || failure.Detail != "*, null" {
			t.Fatal(failure)
		}
	}
}
