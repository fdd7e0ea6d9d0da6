package browser_test

import (
	"net/http"
	"net/http/cookiejar"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

// Cookies go with credentials, never with a preflight, and are kept likewise.
func TestCookies(t *testing.T) {
	var got map[string]string
	b := open(t, func(w http.ResponseWriter, r *http.Request) {
		got[r.Method+" "+r.Host+r.URL.Path] = r.Header.Get("Cookie")
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		w.Header().Set("Access-Control-Allow-Methods", "PUT")
		w.Header().Set("Set-Cookie", "c=1; Path=/; Secure; HttpOnly")
		if r.URL.Path == "/go" && r.Method != "OPTIONS" {
			http.Redirect(w, r, api+"/end", http.StatusTemporaryRedirect)
		}
	})
	for _, c := range []struct {
		url         string
		credentials browser.Credentials
		want        map[string]string // in the second of two calls
	}{
		{app + "/", "", map[string]string{"PUT app.example.com/": "c=1"}},
		{app + "/", browser.Omit, map[string]string{"PUT app.example.com/": ""}},
		{api + "/", "", map[string]string{"OPTIONS api.example.com/": "", "PUT api.example.com/": ""}},
		{api + "/", browser.Omit, map[string]string{"OPTIONS api.example.com/": "", "PUT api.example.com/": ""}},
		{api + "/", browser.Include, map[string]string{"OPTIONS api.example.com/": "", "PUT api.example.com/": "c=1"}},
		{app + "/go", "", map[string]string{"PUT app.example.com/go": "c=1", "OPTIONS api.example.com/end": "", "PUT api.example.com/end": ""}},
		{app + "/go", browser.Include, map[string]string{"PUT app.example.com/go": "c=1", "OPTIONS api.example.com/end": "", "PUT api.example.com/end": "c=1"}},
	} {
		b.Jar, _ = cookiejar.New(nil)
		b.MaxAge = 1 // a nanosecond: each call sends its preflight
		for range 2 {
			got = map[string]string{}
			if r := ask(t, b, browser.Fetch{Page: app, URL: c.url, Method: "PUT", Credentials: c.credentials}); !r.Allowed() {
				t.Error(r)
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s, %q: %q, want %q", c.url, c.credentials, got, c.want)
		}
		for request, cookie := range c.want {
			if got[request] != cookie {
				t.Errorf("%s, %q: %s had the cookie %q, want %q", c.url, c.credentials, request, got[request], cookie)
			}
		}
	}
}

// A blocked answer's cookies are kept all the same: the check comes later.
func TestCookiesOfBlockedAnswer(t *testing.T) {
	b := open(t, func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Set-Cookie", "c=1") })
	b.Jar, _ = cookiejar.New(nil)
	ask(t, b, browser.Fetch{Page: app, URL: api, Credentials: browser.Include})
	r := ask(t, b, browser.Fetch{Page: app, URL: api, Credentials: browser.Include})
	if r.Allowed() || r.Exchanges[0].Header.Get("Cookie") != "c=1" {
		t.Error(r)
	}
}

// Without credentials nothing is kept, and what a preflight sets never is.
func TestCookiesNotKept(t *testing.T) {
	for _, c := range []struct {
		sets        string // the method whose answer sets a cookie
		credentials browser.Credentials
	}{{"PUT", browser.Omit}, {"PUT", browser.SameOrigin}, {"OPTIONS", browser.Include}} {
		b := open(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Access-Control-Allow-Origin", app)
			w.Header().Set("Access-Control-Allow-Credentials", "true")
			w.Header().Set("Access-Control-Allow-Methods", "PUT")
			if r.Method == c.sets {
				w.Header().Set("Set-Cookie", "c=1; Path=/")
			}
		})
		b.Jar, _ = cookiejar.New(nil)
		ask(t, b, browser.Fetch{Page: app, URL: api, Method: "PUT", Credentials: c.credentials})
		r := ask(t, b, browser.Fetch{Page: app, URL: api, Credentials: browser.Include})
		if cookie := r.Exchanges[0].Header.Get("Cookie"); !r.Allowed() || cookie != "" {
			t.Errorf("%s, %s: kept %q: %s", c.sets, c.credentials, cookie, r)
		}
	}
}
