package browser_test

import (
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

const third = "https://third.example"

// free is a URL that every page may read.
func free(origin string) string { return at(origin+"/end", "acao", "*") }

// to is a URL that redirects.
func to(origin, location string, more ...string) string {
	return at(origin+"/", slices.Concat([]string{"status", "302", "to", location}, more)...)
}

var redirects = []struct {
	why  string
	url  string
	step string
	sent []string // after the first
}{
	{"within the page's origin", to(app, "/end"), "", []string{"GET " + app + "/end"}},
	{"relative to the URL asked", to(app+"/a/b", "../c"), "", []string{"GET " + app + "/a/c"}},
	{"from the page's origin to another, which sees the page", to(app, free(api)), "", []string{"GET " + free(api) + " from " + app}},
	{"from the page's origin to another that allows nobody", to(app, api+"/"), "allow-origin-missing", []string{"GET " + api + "/ from " + app}},
	{"within another origin", to(api, free(api), "acao", "*"), "", []string{"GET " + free(api) + " from " + app}},
	{"from another origin to a third", to(api, free(third), "acao", app), "", []string{"GET " + free(third) + " from null"}},
	{"to a third that allows the page, not null", to(api, at(third+"/", "acao", app), "acao", app), "allow-origin-mismatch",
		[]string{"GET " + at(third+"/", "acao", app) + " from null"}},
	{"to a third that allows null", to(api, at(third+"/", "acao", "null"), "acao", app), "", []string{"GET " + at(third+"/", "acao", "null") + " from null"}},
	{"from another origin back to the page's", to(api, free(app), "acao", app), "", []string{"GET " + free(app) + " from null"}},
	{"back to the page's, which allows nobody", to(api, app+"/", "acao", app), "allow-origin-missing", []string{"GET " + app + "/ from null"}},
	{"from the page's origin to another and on", to(app, to(api, free(third), "acao", "*")), "",
		[]string{"GET " + to(api, free(third), "acao", "*") + " from " + app, "GET " + free(third) + " from null"}},
	{"once null, always null", to(api, to(third, free(third), "acao", "*"), "acao", "*"), "",
		[]string{"GET " + to(third, free(third), "acao", "*") + " from null", "GET " + free(third) + " from null"}},

	{"null even where the page's own origin redirects", to(api, to(app, free(third), "acao", "*"), "acao", "*"), "",
		[]string{"GET " + to(app, free(third), "acao", "*") + " from null", "GET " + free(third) + " from null"}},

	{"the redirect itself must allow the page", to(api, free(api)), "allow-origin-missing", nil},
	{"no Location is an answer", at(api+"/", "status", "302", "acao", "*"), "", nil},
	{"an empty Location is the same URL", at(app+"/", "status", "302", "to", ""), "redirect-count", nil},
	{"two Locations", at(app+"/", "status", "302", "to", "/a", "to", "/a"), "redirect-location", nil},
	{"no host", to(app, "//"), "redirect-location", nil},
	{"no host behind a backslash", to(app, `/\`), "redirect-location", nil},
	{"a % that net/url does not read", to(app, "/100%"), "redirect-location", nil},
	{"escaped dot segments", to(app, "/x/%2e%2e/a"), "", []string{"GET " + app + "/a"}},
	{"the scheme alone", to(app, "https:a"), "", []string{"GET " + app + "/a"}},
	{"not a URL", to(app, "https://"), "redirect-location", nil},
	{"another scheme", to(app, "ftp://app.example.com/"), "redirect-scheme", nil},
	{"no scheme to run", to(app, "javascript:alert(1)"), "redirect-scheme", nil},
	{"mixed content on the way", to(app, "http://api.example.com/"), "mixed-content", nil},
	{"backslashes are slashes", to(app, `/\third.example/`), "allow-origin-missing", []string{"GET " + third + "/ from " + app}},
	{"three slashes are two", to(app, "///third.example/"), "allow-origin-missing", []string{"GET " + third + "/ from " + app}},

	{"a password in the page's own origin", to(app, "https://u:p@app.example.com/"), "", []string{"GET " + app + "/"}},
	{"a password in another origin", to(app, "https://u:p@api.example.com/"), "redirect-credentials", nil},
	{"a user name from another origin", to(api, "https://u@api.example.com/", "acao", "*"), "redirect-credentials", nil},
	{"a password on the way back", to(api, "https://:p@app.example.com/", "acao", "*"), "redirect-credentials", nil},
	{"an empty user name is none", to(api, "https://@api.example.com/end?acao=%2A", "acao", "*"), "", []string{"GET " + free(api) + " from " + app}},
	{"an empty user name and password are none", to(api, "https://:@api.example.com/end?acao=%2A", "acao", "*"), "", []string{"GET " + free(api) + " from " + app}},
}

// Where a redirect leads, and on whose behalf the next server is asked.
func TestRedirect(t *testing.T) {
	b := open(t, script)
	for _, c := range redirects {
		r := ask(t, b, browser.Fetch{Page: app, URL: c.url})
		if step(r) != c.step || c.step != "redirect-count" && !slices.Equal(sent(r)[1:], c.sent) {
			t.Errorf("%s: %s\nwant step %q after %q", c.why, r, c.step, c.sent)
		}
	}
}

// An opaque page is no origin's own.
func TestRedirectFromNull(t *testing.T) {
	b := open(t, script)
	r := ask(t, b, browser.Fetch{Page: "null", URL: at(api+"/", "status", "302", "to", "/end", "acao", "null")})
	if step(r) != "allow-origin-missing" {
		t.Error(r)
	}
}

// Twenty redirects are followed, and no more.
func TestRedirectCount(t *testing.T) {
	b := open(t, func(w http.ResponseWriter, r *http.Request) {
		if n, _ := strconv.Atoi(r.URL.Path[1:]); n > 0 {
			http.Redirect(w, r, "/"+strconv.Itoa(n-1), http.StatusTemporaryRedirect)
		}
	})
	for n, want := range map[int]string{20: "", 21: "redirect-count"} {
		r := ask(t, b, browser.Fetch{Page: app, URL: app + "/" + strconv.Itoa(n)})
		if step(r) != want || len(r.Exchanges) != 21 {
			t.Errorf("%d redirects: %q after %d requests", n, step(r), len(r.Exchanges))
		}
	}
}

// Which method and body go on.
func TestRedirectMethod(t *testing.T) {
	var got []string
	b := open(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.URL.Path == "/end" {
			got = []string{r.Method, string(body), r.Header.Get("Content-Type"), r.Header.Get("Content-Language"), r.Header.Get("X-A")}
			return
		}
		status, _ := strconv.Atoi(r.URL.Path[1:])
		w.Header().Set("Location", "/end")
		w.WriteHeader(status)
	})
	for _, c := range []struct {
		method string
		status int
		want   string
	}{
		{"POST", 301, "GET"}, {"POST", 302, "GET"}, {"POST", 303, "GET"}, {"POST", 307, "POST"}, {"POST", 308, "POST"},
		{"PUT", 301, "PUT"}, {"PUT", 302, "PUT"}, {"PUT", 303, "GET"}, {"PUT", 307, "PUT"}, {"patch", 302, "patch"},
	} {
		r := ask(t, b, browser.Fetch{Page: app, URL: app + "/" + strconv.Itoa(c.status), Method: c.method, Body: "b",
			Header: http.Header{"Content-Type": {"application/json"}, "Content-Language": {"de"}, "X-A": {"1"}}})
		want := []string{c.want, "b", "application/json", "de", "1"}
		if c.want == "GET" {
			want = []string{"GET", "", "", "", "1"}
		}
		if !r.Allowed() || !slices.Equal(got, want) {
			t.Errorf("%s after %d: got %q, want %q", c.method, c.status, got, want)
		}
	}
	for _, status := range []string{"301", "302", "303"} {
		r := ask(t, b, browser.Fetch{Page: app, URL: app + "/" + status, Method: "HEAD"})
		if !r.Allowed() || got[0] != "HEAD" {
			t.Errorf("HEAD after %s: %q", status, got[0])
		}
	}
}

// Authorization stays behind when the origin changes.
func TestRedirectAuthorization(t *testing.T) {
	b := open(t, script)
	header := http.Header{"Authorization": {"Bearer t"}}
	for location, want := range map[string]string{"/end": "Bearer t", at(api+"/end", "acao", "*"): ""} {
		r := ask(t, b, browser.Fetch{Page: app, URL: at(app+"/", "status", "307", "to", location), Header: header})
		if got := r.Exchanges[len(r.Exchanges)-1].Header.Get("Authorization"); !r.Allowed() || got != want || r.Preflights != 0 {
			t.Errorf("to %s: %q goes along, want %q: %s", location, got, want, r)
		}
	}
}

// A preflight precedes each request to another origin that needs one.
func TestRedirectPreflight(t *testing.T) {
	b := open(t, script)
	grant := []string{"acao", "*", "p-acao", "*", "p-acam", "PUT", "p-acah", "x-a"}
	end := at(third+"/end", grant...)
	for _, c := range []struct {
		why, url, step string
		methods        string
	}{
		{"from the page's origin", at(app+"/1", "status", "307", "to", end), "", "PUT OPTIONS PUT"},
		{"from the page's origin to a server that allows nothing", at(app+"/2", "status", "307", "to", third+"/2"),
			"preflight: allow-origin-missing", "PUT OPTIONS"},
		{"after a good preflight", at(api+"/3", slices.Concat(grant, []string{"status", "308", "to", at(third+"/3", grant...)})...), "",
			"OPTIONS PUT OPTIONS PUT"},
		{"after a good preflight, to a server that does not know x-a",
			at(api+"/4", slices.Concat(grant, []string{"status", "307", "to", at(third+"/4", "p-acao", "*", "p-acam", "PUT")})...),
			"preflight: header-not-allowed", "OPTIONS PUT OPTIONS"},
		{"the method changes, the header still needs one", at(api+"/5", slices.Concat(grant, []string{"status", "303", "to", at(third+"/5", grant...)})...), "",
			"OPTIONS PUT OPTIONS GET"},
		{"the preflight is redirected", at(api+"/6", "p-status", "307", "p-to", end, "p-acao", "*"), "preflight: preflight-redirect", "OPTIONS"},
	} {
		r := ask(t, b, browser.Fetch{Page: app, URL: c.url, Method: "PUT", Header: http.Header{"X-A": {"1"}}})
		var methods []string
		for _, e := range r.Exchanges {
			methods = append(methods, e.Method)
		}
		if step(r) != c.step || strings.Join(methods, " ") != c.methods {
			t.Errorf("%s: %s\nwant step %q after %s", c.why, r, c.step, c.methods)
		}
	}
}
