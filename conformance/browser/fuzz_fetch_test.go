package browser_test

import (
	"net/http"
	"net/http/cookiejar"
	"slices"
	"strings"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

// A hostile handler answers as its bytes say, over and over.
type hostile struct {
	bytes []byte
	next  int
}

// pick takes the next byte for a choice.
func (h *hostile) pick(choices ...string) string {
	if len(h.bytes) == 0 {
		return choices[0]
	}
	b := h.bytes[h.next%len(h.bytes)]
	h.next++
	return choices[int(b)%len(choices)]
}

func (h *hostile) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	set := func(name, value string) {
		switch value {
		case "":
		case "twice":
			w.Header()[name] = []string{"*", "*"}
		default:
			w.Header().Set(name, value)
		}
	}
	set("Access-Control-Allow-Origin", h.pick(r.Header.Get("Origin"), "*", "", "null", app, "twice", third, " "))
	set("Access-Control-Allow-Credentials", h.pick("true", "", "TRUE", "twice"))
	set("Access-Control-Allow-Methods", h.pick("PUT", "*", "", "put, @", "twice"))
	set("Access-Control-Allow-Headers", h.pick("x-a, authorization", "*", "", "x a", "twice"))
	set("Access-Control-Max-Age", h.pick("", "0", "600", "-1"))
	set("Set-Cookie", h.pick("", "c=1"))
	if r.Method == http.MethodOptions && h.pick("yes", "yes", "yes", "no") == "yes" {
		return
	}
	set("Location", h.pick("/", "", app+"/", api+"/?a", third+"/", "http://localhost/", "http://c.example/", "//u:p@a.example", "https://[", "x:y", `\\b.example/`))
	switch h.pick("302", "200", "307", "303", "401", "panic", "407", "101", "308") {
	case "panic":
		panic(http.ErrAbortHandler)
	case "200":
		w.Write([]byte("ok"))
	case "302":
		w.WriteHeader(302)
	case "303":
		w.WriteHeader(303)
	case "307":
		w.WriteHeader(307)
	case "308":
		w.WriteHeader(308)
	case "401":
		w.WriteHeader(401)
	case "407":
		w.WriteHeader(407)
	case "101":
		w.WriteHeader(101)
	}
}

// Whatever a server does, a fetch ends, and what a script reads was allowed.
func FuzzFetch(f *testing.F) {
	f.Add([]byte{}, uint8(0))
	f.Add([]byte{0}, uint8(7))
	f.Add([]byte{1, 0, 1, 1, 2, 1, 0, 4, 1}, uint8(42))
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0, 3, 2, 0, 0, 0, 0, 0, 0, 0, 4, 1}, uint8(96))
	f.Add([]byte("every way the bytes may turn"), uint8(255))
	f.Fuzz(func(t *testing.T, bytes []byte, kind uint8) {
		b := browser.New(&hostile{bytes: bytes})
		defer b.Close()
		b.Jar, _ = cookiejar.New(nil)
		fetch := browser.Fetch{
			Page:           []string{app, "null", "http://localhost"}[kind%3],
			URL:            []string{api + "/", app + "/"}[kind/3%2],
			Method:         []string{"GET", "PUT", "post", "LINK"}[kind/6%4],
			Credentials:    []browser.Credentials{"", browser.Omit, browser.Include}[kind/24%3],
			UploadListener: kind/72%2 == 1,
			Header:         http.Header{"X-A": {"1"}, "Authorization": {"Bearer t"}},
		}
		if kind%2 == 0 {
			fetch.Header = nil
		}
		for range 3 { // the cache and the jar have their say
			judge(t, fetch, ask(t, b, fetch))
		}
	})
}

// judge says what must hold of every result.
func judge(t *testing.T, f browser.Fetch, r *browser.Result) {
	preflights, asked, cors := 0, 0, false
	for i, e := range r.Exchanges {
		if e.Preflight {
			preflights++
			if e.Method != "OPTIONS" || e.Header.Get("Cookie")+e.Header.Get("Authorization") != "" || e.Header.Get("Origin") == "" {
				t.Errorf("preflight %d: %s", i, r)
			}
			continue
		}
		asked++
		foreign := !strings.HasPrefix(e.URL, f.Page+"/")
		cors = cors || foreign
		if cors && len(e.Header["Origin"]) != 1 || e.Header.Get("Cookie") != "" && (cors && f.Credentials != browser.Include || f.Credentials == browser.Omit) {
			t.Errorf("request %d: %s", i, r)
		}
		// Every answer but the last was a redirect that was followed, so it was
		// allowed as the last one was.
		if cors && (i < len(r.Exchanges)-1 || r.Allowed()) {
			fits(t, f, e, r)
		}
	}
	if asked > 21 || preflights != r.Preflights || !r.Allowed() && (r.Status != 0 || r.Header != nil || r.Body != nil || r.Type != "") {
		t.Errorf("%d requests, %d preflights: %s", asked, preflights, r)
	}
	if r.Allowed() && (r.Type == "cors") != cors {
		t.Errorf("type %q: %s", r.Type, r)
	}
}

// fits checks that an answer names the origin that asked, or everyone.
func fits(t *testing.T, f browser.Fetch, e browser.Exchange, r *browser.Result) {
	origins := e.Answer["Access-Control-Allow-Origin"]
	switch {
	case len(origins) != 1,
		origins[0] != e.Header.Get("Origin") && (origins[0] != "*" || f.Credentials == browser.Include),
		f.Credentials == browser.Include && !slices.Equal(e.Answer["Access-Control-Allow-Credentials"], []string{"true"}):
		t.Errorf("%s %s was allowed: %s", e.Method, e.URL, r)
	}
}
