package browser_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

func TestResultString(t *testing.T) {
	b := open(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Date"] = nil
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Access-Control-Allow-Methods", "PUT")
		w.Header().Set("X-Odd", "a\tb")
		w.WriteHeader(204)
	})
	r := ask(t, b, browser.Fetch{Page: app, URL: api + "/a", Method: "PUT", Header: http.Header{"X-A": {strings.Repeat("a", 300)}}})
	want := `a page from "https://app.example.com" asks for PUT https://api.example.com/a, credentials same-origin
> OPTIONS https://api.example.com/a (preflight)
> Accept: */*
> Accept-Encoding: gzip
> Access-Control-Request-Headers: x-a
> Access-Control-Request-Method: PUT
> Origin: https://app.example.com
> User-Agent: Mozilla/5.0 (compatible; Concors)
< 204 No Content
< Access-Control-Allow-Methods: PUT
< Access-Control-Allow-Origin: *
< X-Odd: "a\tb"
blocked: the answer to the preflight does not allow the header "x-a" in Access-Control-Allow-Headers`
	if got := r.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	r = ask(t, b, browser.Fetch{Page: app, URL: api + "/b", Header: http.Header{"Accept": {strings.Repeat("a", 128)}}, Credentials: browser.Omit})
	if got := r.String(); !strings.HasSuffix(got, "\nallowed: the script reads the status 204") || !strings.Contains(got, ", credentials omit\n> GET") {
		t.Error(got)
	}
	b.Close()
	r = ask(t, b, browser.Fetch{Page: app, URL: api + "/b"})
	if got := r.String(); !strings.Contains(got, "\n< no answer\nblocked: the answer did not come, or not whole: ") {
		t.Error(got)
	}
}

// Pages may share a browser.
func TestConcurrentFetch(t *testing.T) {
	b := open(t, script)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 10 {
				f := call("PUT", granted("/", "p-acam", "PUT"), browser.Include)
				if r, err := b.Fetch(t.Context(), f); err != nil || !r.Allowed() {
					t.Error(r, err)
				}
			}
		})
	}
	wg.Wait()
}
