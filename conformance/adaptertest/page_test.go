package adaptertest

import (
	"io"
	"net/http"
	"testing"
)

// echo answers with what it was asked.
func echo(w http.ResponseWriter, r *http.Request) {
	io.WriteString(w, r.Method+" "+r.URL.Path+" "+r.Header.Get("Origin")+" "+
		r.Header.Get("Access-Control-Request-Method")+" "+r.Header.Get("X-A"))
}

func TestThePageAsks(t *testing.T) {
	server := Serve(t, http.HandlerFunc(echo))
	sent := Send(t, server, "GET", "/a", "X-A", "1")
	defer sent.Body.Close()
	for _, test := range []struct {
		name string
		res  *http.Response
		want string
	}{
		{"Ask", Ask(http.HandlerFunc(echo), "PUT", "/a", "X-A", "1"), "PUT /a " + App + "  1"},
		{"Ask from elsewhere", Ask(http.HandlerFunc(echo), "GET", "/", "Origin", "null"), "GET / null  "},
		{"Preflight", Preflight(http.HandlerFunc(echo), "/a", "X-A", "1"), "OPTIONS /a " + App + " PUT 1"},
		{"Send", sent, "GET /a " + App + "  1"},
		{"Fetch", Fetch(t, server, "PUT", "/a", "X-A", "1"), "PUT /a " + App + "  1"},
	} {
		body, err := io.ReadAll(test.res.Body)
		if err != nil || string(body) != test.want {
			t.Errorf("%s asked %q, %v, want %q", test.name, body, err, test.want)
		}
	}
}

func TestThePageFollowsNoRedirect(t *testing.T) {
	res := Fetch(t, Serve(t, http.RedirectHandler("/b", http.StatusFound)), "GET", "/a")
	WantUnreadable(t, "redirect", res, http.StatusFound)
}

func TestPoliciesOfThePage(t *testing.T) {
	app := server(AppPolicy(t), echo, nil)
	WantReadable(t, "GET", Ask(app, "GET", "/"), http.StatusOK)
	WantReadable(t, "preflight", Preflight(app, "/"), http.StatusNoContent)
	area := server(AreaPolicy(t), echo, nil)
	WantReadable(t, "preflight inside", Preflight(area, "/in/x"), http.StatusNoContent)
	WantUnreadable(t, "preflight outside", Preflight(area, "/x"), http.StatusForbidden)
}
